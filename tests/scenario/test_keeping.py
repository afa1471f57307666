"""What is done to a saved scenario leaves its figures, its notes and its journal."""

from decimal import Decimal

import pytest

from clact_model import scenario, store
from clact_model.errors import UsageError
from clact_model.scenario import ScenarioHeldError, ScenarioNameError
from tests.scenario.saved import call as filled
from tests.scenario.saved import keep, load


@pytest.fixture
def call(tmp_path):
    found = filled(tmp_path)
    keep(found, "Mars", "50000", note="Proposé en réunion.")
    return found


def names(call):
    return scenario.names(call.base.cursor(), call.programme)


def notes(call, nom):
    return [note.texte for note in scenario.notes_of(call.base.cursor(), call.programme, nom)]


def test_notes_are_added_to_and_follow_the_name(call):
    scenario.annotate(call.base, call.programme, "Mars", "  La direction préfère Avril.  ")
    scenario.rename(call.base, call.programme, "Mars", "Comité de mars")
    assert notes(call, "Comité de mars") == ["La direction préfère Avril.", "Proposé en réunion."]
    assert names(call) == ["Comité de mars"]


def test_notes_outlive_a_replaced_scenario(call):
    keep(call, "Mars", "10000", replace=True)
    assert notes(call, "Mars") == ["Proposé en réunion."]


@pytest.mark.parametrize("texte", ["", "  \n ", "x" * 4001])
def test_a_note_that_says_nothing_or_too_much_is_refused(call, texte):
    with pytest.raises(UsageError, match="note"):
        scenario.annotate(call.base, call.programme, "Mars", texte)


def test_a_copy_equals_and_says_what_it_is_a_copy_of(call):
    before = load(call, "Mars")
    scenario.lock(call.base, call.programme, "Mars", "Séance du 12 juin")
    scenario.copy(call.base, call.programme, "Mars", "Variante")
    copied = load(call, "Variante")
    assert copied.result == before.result
    assert (copied.basis, copied.facts, copied.auteur, copied.quand, copied.empreinte) == (
        before.basis,
        before.facts,
        before.auteur,
        before.quand,
        before.empreinte,
    )
    assert copied.verrou is None
    assert notes(call, "Variante") == ["Copie du scénario « Mars »."]


@pytest.mark.parametrize("act", [scenario.copy, scenario.rename])
def test_a_taken_name_is_refused(call, act):
    keep(call, "Avril", "10000")
    with pytest.raises(ScenarioNameError, match="Un scénario « Avril » existe déjà"):
        act(call.base, call.programme, "Mars", "Avril")


def test_a_locked_scenario_cannot_be_replaced_renamed_or_deleted(call):
    before = load(call, "Mars").result
    scenario.lock(call.base, call.programme, "Mars", "Séance du 12 juin")
    with pytest.raises(ScenarioHeldError, match=r"verrouillé par .* \(Séance du 12 juin\)"):
        keep(call, "Mars", "10000", replace=True)
    with pytest.raises(ScenarioHeldError, match="avant de le renommer"):
        scenario.rename(call.base, call.programme, "Mars", "Avril")
    with pytest.raises(ScenarioHeldError, match="avant de le supprimer"):
        scenario.delete(call.base, call.programme, "Mars")
    assert load(call, "Mars").result == before
    scenario.annotate(call.base, call.programme, "Mars", "Une note reste possible.")


def test_a_lock_is_signed_and_its_lifting_leaves_the_reason_in_the_journal(call, monkeypatch):
    monkeypatch.setenv("CLACT_UTILISATEUR", "Camille Essai")
    scenario.lock(call.base, call.programme, "Mars", "Séance du 12 juin")
    lock = load(call, "Mars").verrou
    assert (lock.auteur, lock.motif) == ("Camille Essai", "Séance du 12 juin")
    scenario.unlock(call.base, call.programme, "Mars", "Erreur de saisie")
    assert load(call, "Mars").verrou is None
    said = [entry.detail or entry.avant for entry in store.entries(call.base.cursor(), call.programme.id)[:3]]
    assert "Scénario « Mars » déverrouillé : Erreur de saisie" in said
    assert "Camille Essai : Séance du 12 juin" in said
    scenario.delete(call.base, call.programme, "Mars")


@pytest.mark.parametrize("act", [scenario.lock, scenario.unlock])
def test_a_lock_needs_a_reason_and_is_set_and_lifted_once(call, act):
    if act is scenario.unlock:
        scenario.lock(call.base, call.programme, "Mars", "Séance")
    with pytest.raises(UsageError, match="motif"):
        act(call.base, call.programme, "Mars", " ")
    act(call.base, call.programme, "Mars", "Motif")
    with pytest.raises(UsageError, match="Mars"):
        act(call.base, call.programme, "Mars", "Motif")


def test_a_deleted_scenario_leaves_its_notes_in_the_journal_and_none_to_its_successor(call):
    scenario.delete(call.base, call.programme, "Mars")
    assert names(call) == []
    journal = store.entries(call.base.cursor(), call.programme.id)
    assert any(entry.champ == "note_scenario" and "Proposé en réunion." in (entry.avant or "") for entry in journal)
    keep(call, "Mars", "10000")
    assert notes(call, "Mars") == []


@pytest.mark.parametrize("act", [scenario.delete, scenario.copy, scenario.annotate])
def test_an_operation_done_twice_is_done_once(call, act):
    rest = [] if act is scenario.delete else ["Autre"]
    for _ in range(2):
        act(call.base, call.programme, "Mars", *rest, operation="clic-1")
    assert len({entry.quand for entry in store.entries(call.base.cursor()) if entry.operation == "clic-1"}) == 1


def test_the_list_gives_the_figures_of_each(call):
    keep(call, "Avril", "20000", unite="action", reserve=Decimal(5000))
    listed = {one.nom: one for one in scenario.of_programme(call.base.cursor(), call.programme)}
    for nom, one in listed.items():
        result = load(call, nom).result
        assert (one.accorde, one.reste, one.score_total) == (result.granted, result.left, result.score_total)
        assert one.agents == result.agents
        assert one.dossiers_finances == len({outcome.line.numero for outcome in result.funded})
    assert (listed["Mars"].notes, listed["Avril"].notes) == (1, 0)
    assert listed["Avril"].settings.unite == "action"

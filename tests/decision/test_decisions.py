"""From a scenario to what is notified: what is proposed, amended, confirmed, told, and refused with its figures."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from clact_model import decision, eligibility, overview, store
from clact_model.decision import AdoptionQuestionError, DecisionRefusedError, Wish
from clact_model.scenario.since import operations_since
from clact_model.store import Base, backup
from tests.allocation.campaign import TODAY
from tests.decision.builders import COMITE, TOLD, adopt, adopted, held, small_call


@pytest.fixture
def call(tmp_path):
    return small_call(tmp_path)


def words(call) -> dict[str, str]:
    return {one.label: one.words for one in held(call).decisions}


def decided(call, **rest) -> None:
    adopt(call, "60000", **rest)
    decision.confirm(call.base, call.programme, TODAY, None, COMITE)


def amend(call, numero: str, wish: Wish, motif: str = "essai") -> None:
    decision.amend(call.base, call.programme, TODAY, (numero, None), wish, motif)


def test_adopting_proposes_every_line_and_keeps_on_what_it_stands(call):
    found = adopt(call, "45000", reserve=Decimal(5000))
    assert [(d.label, d.words, d.accorde, d.conditionnel) for d in found.decisions] == [
        ("1", "Proposé : retenu", 20_000, False),
        ("2", "Proposé : retenu", 20_000, False),
        ("3", "Proposé : liste d'attente", 0, False),
        ("4", "Proposé : liste d'attente", 0, False),
        ("5", "Proposé : liste d'attente", 0, False),
        ("6", "Proposé : liste d'attente", 0, True),
        ("7", "Proposé : refusé", 0, False),
    ]
    assert found.parts() == {"decide": 0, "propose": 40_000, "reserve": 5000, "reste": 0}
    first = found.decisions[0]
    assert (first.scenario, first.version_programme) == ("Mars", call.programme.version)
    assert first.version_donnees == call.base.version()


def test_adopting_again_replaces_proposals_only(call):
    adopt(call, "60000")
    assert adopt(call, "20000", "Avril").proposed == 20_000
    assert {d.scenario for d in held(call).decisions} == {"Avril"}


def test_what_is_decided_is_asked_about_and_stays(call):
    adopt(call, "60000")
    decision.decide(call.base, call.programme, TODAY, ("1", None), Wish("refuse"), "Retrait", COMITE)
    before = held(call)
    with pytest.raises(AdoptionQuestionError, match=r"1 : refusé, le scénario disait retenu \(20.000,00.€\)"):
        adopt(call, "60000")
    assert held(call) == before
    after = adopt(call, "60000", accept=True)
    assert after.get(("1", None)).words == "Refusé"
    assert after.get(("1", None)).motif == "Retrait"


def test_a_scenario_that_does_not_fit_beside_what_is_decided_is_refused(call):
    decided(call)
    decision.step_back(call.base, call.programme, [("1", None)], "à revoir")
    with pytest.raises(DecisionRefusedError, match=r"00.€ proposés ou décidés en tout, pour 30.000,00.€"):
        adopt(call, "30000", accept=True)


def test_a_dossier_decided_whole_is_not_proposed_line_by_line(call):
    decided(call)
    with pytest.raises(DecisionRefusedError, match=r"déjà décidées par dossier .* et ce scénario est par action"):
        adopt(call, "60000", accept=True, unite="action")


def test_lines_of_a_dossier_are_decided_one_by_one(call):
    found = adopt(call, "60000", unite="action")
    assert found.decisions[0].label == "1/1"
    decision.decide(call.base, call.programme, TODAY, ("1", 1), Wish("liste_attente"), "Après les autres", COMITE)
    assert decision.of_dossier(call.base.cursor(), call.programme, "1")[0].words == "Liste d'attente"


def test_what_is_left_is_known_before_anything_is_written(call):
    found = adopt(call, "60000")
    allowed = decision.possible(call.base.cursor(), call.programme, TODAY, "dossier", found.committee.basis)
    shown = decision.preview_amendment(found, allowed, ("1", None), Wish("retenu", Decimal("12000.50")))
    assert (shown.left_before, shown.left_after) == (0, Decimal("7999.50"))
    assert held(call) == found


@pytest.mark.parametrize(
    ("numero", "wish", "said"),
    [
        ("1", Wish("retenu", Decimal("20000.01")), "dépassent les 20 000,00 € demandés. Réduisez le montant."),
        ("1", Wish("retenu", Decimal(0)), "plus grand que zéro"),
        ("1", Wish("retenu", Decimal("10.005")), "euros et centimes"),
        ("3", Wish("retenu", Decimal(5000)), "Il manque 5 000,00 €"),
        ("9", Wish("refuse"), "« 9 » n'est pas dans la sélection"),
    ],
)
def test_an_amendment_that_cannot_be_is_refused_with_its_figures(call, numero, wish, said):
    before = adopt(call, "40000")
    wish = replace(wish)
    if "dépassent" in said:
        before = adopt(call, "90000")
    with pytest.raises(DecisionRefusedError) as refused:
        amend(call, numero, wish)
    assert said in str(refused.value).replace("\u202f", " ").replace("\u00a0", " ")
    assert held(call) == before


def test_an_ineligible_dossier_is_funded_only_after_an_override(call):
    adopt(call, "130000")
    with pytest.raises(DecisionRefusedError, match="le dossier est irrecevable, rien ne peut lui être accordé"):
        amend(call, "7", Wish("retenu", Decimal(1000), derogation=True))
    eligibility.override(call.base, call.programme, TODAY, "7", "recevable", "Panne de la plateforme.")
    amend(call, "7", Wish("retenu", Decimal(1000)))
    assert held(call).get(("7", None)).accorde == 1000


def test_above_the_aide_maximale_only_by_a_written_word_and_never_above_what_is_asked(call):
    found = adopt(call, "60000")
    allowed = dict(decision.possible(call.base.cursor(), call.programme, TODAY, "dossier", found.committee.basis))
    key = ("1", None)
    allowed[key] = replace(allowed[key], aide_maximale=Decimal(15_000), limit=Decimal(15_000), sure=Decimal(15_000))
    with pytest.raises(DecisionRefusedError, match="dépassent l'aide maximale"):
        decision.preview_amendment(found, allowed, key, Wish("retenu", Decimal(16_000)))
    above = decision.preview_amendment(found, allowed, key, Wish("retenu", Decimal(16_000), derogation=True))
    assert (above.after.accorde, above.after.conditionnel) == (16_000, False)
    with pytest.raises(DecisionRefusedError, match="demandés"):
        decision.preview_amendment(found, allowed, key, Wish("retenu", Decimal(20_001), derogation=True))


def test_without_a_reason_nothing_is_amended_taken_back_or_locked(call):
    adopt(call, "60000")
    base, programme = call.base, call.programme
    for write in (
        lambda: amend(call, "1", Wish("refuse"), "  "),
        lambda: decision.step_back(base, programme, [("1", None)], ""),
        lambda: decision.lock(base, programme, " "),
        lambda: decision.unlock(base, programme, ""),
    ):
        with pytest.raises(DecisionRefusedError, match="Écrivez un motif"):
            write()


def test_a_conditional_line_is_told_only_once_its_verdict_is_settled(call):
    decided(call, inclure=frozenset({"a_verifier"}))
    with pytest.raises(DecisionRefusedError, match="6 est sous condition"):
        decision.notify(call.base, call.programme, TODAY, [("6", None)], TOLD)
    decision.notify(call.base, call.programme, TODAY, None, TOLD)
    assert words(call)["6"] == "Liste d'attente"
    assert words(call)["1"] == "Notifié : retenu"
    eligibility.override(call.base, call.programme, TODAY, "6", "recevable", "RIB reçu.")
    decision.notify(call.base, call.programme, TODAY, [("6", None)], TOLD)
    assert words(call)["6"] == "Notifié : liste d'attente"


def test_a_dossier_refused_since_is_not_told_that_it_is_retained(call):
    decided(call)
    eligibility.override(call.base, call.programme, TODAY, "1", "irrecevable", "Retrait.")
    with pytest.raises(DecisionRefusedError, match="rien ne peut lui être accordé"):
        decision.notify(call.base, call.programme, TODAY, [("1", None)], TOLD)


def test_nothing_is_told_before_it_is_decided(call):
    decided(call)
    with pytest.raises(DecisionRefusedError, match="la notification ne peut pas le précéder"):
        decision.notify(call.base, call.programme, TODAY, [("1", None)], date(2024, 6, 19))


def test_what_is_told_is_amended_only_after_a_step_back_with_a_reason(call):
    decided(call)
    decision.notify(call.base, call.programme, TODAY, [("1", None)], TOLD)
    with pytest.raises(DecisionRefusedError, match="revenez d'abord sur la notification"):
        amend(call, "1", Wish("refuse"))
    decision.step_back(call.base, call.programme, [("1", None)], "Lettre fausse")
    amend(call, "1", Wish("refuse"))
    found = held(call).get(("1", None))
    assert (found.words, found.notifie_le, found.decide_le) == ("Refusé", None, COMITE)


def test_the_waiting_list_moves_up_when_one_is_retained(call):
    adopt(call, "80000")
    assert held(call).waiting_places() == {("5", None): 1, ("6", None): 2}
    amend(call, "4", Wish("retenu", Decimal(1000)))
    amend(call, "5", Wish("retenu", Decimal(1000)))
    assert held(call).waiting_places() == {("6", None): 1}


def test_who_when_from_what_to_what_and_why_are_in_the_journal(call, monkeypatch):
    monkeypatch.setenv("CLACT_UTILISATEUR", "Camille Essai")
    adopt(call, "60000")
    amend(call, "1", Wish("retenu", Decimal(15_000)), "Coût revu")
    step = decision.steps(call.base.cursor(), call.programme)[0]
    assert (step.auteur, step.nature, step.numero, step.detail) == ("Camille Essai", "amender", "1", "Coût revu")
    change = next(c for c in step.changes if c.champ == "decision_accorde")
    assert (change.avant, change.apres) == ("20\u202f000,00\u00a0€", "15\u202f000,00\u00a0€")
    entry = next(e for e in store.entries(call.base.cursor(), numero="1") if e.champ == "decision_accorde")
    assert overview.field_label(call.programme.dictionary, entry.champ, None) == "Montant accordé"


def test_the_same_operation_is_done_once(call):
    adopt(call, "60000")
    for _ in range(2):
        wish = Wish("retenu", Decimal(15_000))
        decision.amend(call.base, call.programme, TODAY, ("1", None), wish, "essai", operation="clic")
    assert held(call).committee.version == 2


def test_decisions_make_no_verdict_and_no_scenario_old(call):
    from clact_model import scenario

    what = adopted(call, call.run("60000"))
    scenario.save(call.base, call.programme, "Mars", what.result, what.basis)
    before = call.base.version()
    decision.adopt(call.base, call.programme, TODAY, what)
    decision.confirm(call.base, call.programme, TODAY, None, COMITE)
    assert call.base.version() == before
    kept = scenario.load(call.base.cursor(), call.programme, "Mars")
    assert operations_since(call.base.cursor(), call.programme, kept) == []


def test_the_bar_of_the_dashboard_shows_decided_proposed_and_left(call):
    adopt(call, "45000", reserve=Decimal(5000))
    decision.confirm(call.base, call.programme, TODAY, [("1", None)], COMITE)
    found = overview.envelope(call.base.cursor(), call.programme, Decimal(9), TODAY)
    assert found.parts == {"Décidé": 20_000, "Proposé": 20_000, "Réserve": 5000, "Reste": 0}
    assert sum(found.parts.values()) == found.total == 45_000


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE decision SET accorde = accorde + 1 WHERE numero = '1'",
        "DELETE FROM decision WHERE numero = '3'",
        "UPDATE comite SET enveloppe = enveloppe + 1",
        "DELETE FROM comite",
    ],
)
def test_decisions_that_changed_by_themselves_are_noticed_at_start_and_in_a_backup(call, tmp_path, harm):
    adopt(call, "60000")
    assert call.base.faults() == []
    call.base.cursor().execute(harm)
    path = call.base.path
    call.base.close()
    with pytest.raises(backup.BackupError, match="les décisions ne sont plus celles"):
        backup.save_copy(path, tmp_path / "copie.duckdb")
    again = Base(path)
    assert "les décisions ne sont plus celles qui ont été prises" in again.faults_at_opening[0]
    again.close()


def test_a_backup_brings_the_decisions_back(call, tmp_path):
    before = adopt(call, "60000")
    path, programme = call.base.path, call.programme
    call.base.close()
    backup.save_copy(path, tmp_path / "copie.duckdb")
    backup.restore_copy(tmp_path / "copie.duckdb", path)
    again = Base(path)
    assert decision.held(again.cursor(), programme) == before
    assert again.faults() == []
    again.close()

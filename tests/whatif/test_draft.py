"""What was tried, kept as the draft of next year's programme: it is checked like any other, and judges as the trial did."""

from decimal import Decimal

import pytest

from clact_model import whatif
from clact_model.errors import UsageError
from clact_model.programme import DraftError, Programme, check_text, differences, next_identifier
from clact_model.store import Base
from clact_model.whatif import State, draft, lend, moved
from tests.whatif.trials import SHIPPED, another, day, looker, shipped, start

each = pytest.mark.parametrize("programme", SHIPPED, ids=lambda p: p.id)


def tried(programme: Programme) -> State:
    begun = start(programme)
    names = list(programme.file.parametres)[:3]
    return State(
        programme,
        begun.settings,
        {programme.file.critere[0].id: Decimal("2.5")},
        {name: another(programme, name) for name in names},
        frozenset({programme.file.regle[2].id, programme.file.regle[-1].id}),
    )


def kept(state: State, enveloppe: Decimal | None = None, move_dates: bool = False) -> Programme:
    programme = state.programme
    name = next_identifier(programme)
    text = draft(state, enveloppe, name, "Brouillon", programme.file.annee + 1, move_dates)
    checked = check_text(text, name)
    assert checked.programme is not None, checked.faults
    return checked.programme


@each
def test_a_draft_passes_the_checks_and_judges_as_the_trial_did(base: Base, programme: Programme) -> None:
    state = tried(programme)
    found = kept(state)
    assert found.parameters() == programme.parameters(state.parameters)
    assert found.weights() == programme.weights(state.weights)
    cursor = base.cursor()
    lend(cursor, programme, found)
    cursor.execute("DROP TABLE derogation")
    on_draft = whatif.look(cursor, State(found, state.settings), day(programme))
    on_trial = looker(base, programme)(state)
    assert on_draft.totals == on_trial.totals
    assert not moved(on_trial, on_draft)


@each
def test_a_value_on_trial_says_that_the_text_gives_another(programme: Programme) -> None:
    state = tried(programme)
    found = kept(state)
    for name in state.parameters:
        former, now = programme.file.parametres[name], found.file.parametres[name]
        assert now.citation == former.citation
        assert "Valeur à l'essai" in (now.interpretation or "")
        assert (former.interpretation or "") in (now.interpretation or "")
    untouched = set(programme.file.parametres) - set(state.parameters)
    assert all(found.file.parametres[name] == programme.file.parametres[name] for name in untouched)


def test_only_what_was_tried_differs() -> None:
    programme = shipped("grand_est_2024")
    found = kept(State(programme, start(programme).settings, parameters={"taux": Decimal("0.4")}))
    changed = {(d.partie, d.cle) for d in differences(programme, found)}
    assert changed == {
        ("paramètre « taux »", "valeur"),
        ("paramètre « taux »", "interpretation"),
        ("programme", "id"),
        ("programme", "titre"),
        ("programme", "annee"),
    }


def test_an_envelope_on_trial_leaves_the_quote_that_says_another() -> None:
    found = kept(tried(shipped("grand_est_2024")), Decimal("3600000.50"))
    assert found.file.enveloppe == Decimal("3600000.50")
    assert not found.file.enveloppe_citation
    assert "enveloppe à l'essai" in found.text
    assert kept(tried(shipped("guadeloupe_2023")), Decimal(900_000)).file.enveloppe == 900_000


def test_dates_on_trial_move_with_the_others_when_asked() -> None:
    programme = shipped("normandie_2025")
    state = tried(programme)
    value = state.parameters["date_limite"]
    assert kept(state).file.parametres["date_limite"].valeur == value
    moved_on = kept(state, move_dates=True).file.parametres["date_limite"].valeur
    assert str(moved_on)[:4] == "2026"
    assert str(moved_on)[4:] == str(value)[4:]


def test_what_a_file_cannot_bear_is_refused() -> None:
    state = tried(shipped("normandie_2025"))
    with pytest.raises(DraftError):
        draft(state, None, "Pas un nom", "Titre", 2026)
    with pytest.raises(UsageError):
        draft(State(state.programme, state.settings, parameters={"taux": Decimal(4)}), None, "essai_2026", "T", 2026)

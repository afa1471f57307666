"""Who is in charge: of one dossier or of several, changed, taken away, journaled."""

import pytest

from clact_model.errors import UsageError
from clact_model.instruction import assignment
from clact_model.store import Base, entries
from tests.pages.walk import programme

PROGRAMME = programme()


def test_several_dossiers_are_put_in_one_charge_at_once(base: Base) -> None:
    assert assignment.assign(base, PROGRAMME, ["1", "2", "1"], " Dominique  Lefèvre ") == 2
    assert assignment.in_charge(base.cursor(), PROGRAMME) == {"1": "Dominique Lefèvre", "2": "Dominique Lefèvre"}


def test_a_change_says_before_and_after_and_only_where_something_changes(base: Base) -> None:
    assignment.assign(base, PROGRAMME, ["1"], "Dominique")
    assert assignment.assign(base, PROGRAMME, ["1", "2"], "Dominique") == 1
    assert assignment.assign(base, PROGRAMME, ["1"], None) == 1
    assert assignment.in_charge(base.cursor(), PROGRAMME) == {"2": "Dominique"}
    told = [(e.numero, e.avant, e.apres) for e in entries(base.cursor(), PROGRAMME.id) if e.champ == "instructeur"]
    assert told == [("1", "Dominique", None), ("2", None, "Dominique"), ("1", None, "Dominique")]


def test_nothing_is_written_when_one_dossier_is_unknown(base: Base) -> None:
    with pytest.raises(UsageError, match="« 9 » n'est pas dans la base"):
        assignment.assign(base, PROGRAMME, ["1", "9"], "Dominique")
    assert assignment.in_charge(base.cursor(), PROGRAMME) == {}


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\x00b"])
def test_a_name_that_is_none_is_refused(base: Base, name: str) -> None:
    with pytest.raises(UsageError, match="nom de l'instructeur"):
        assignment.assign(base, PROGRAMME, ["1"], name)


def test_the_names_proposed_are_those_who_work_here(base: Base) -> None:
    assignment.assign(base, PROGRAMME, ["1"], "Dominique")
    assert {"Camille Essai", "Dominique"} <= set(assignment.known(base.cursor()))

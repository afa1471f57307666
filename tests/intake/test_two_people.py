"""Two people import at once: nothing is lost, nothing is there twice, and whoever comes second is told."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier
from typing import TypeVar

from clact_model import intake
from clact_model.programme import Programme
from clact_model.store import Base
from tests import imports
from tests.intake import builders
from tests.intake.builders import everything, flat_xlsx, held, imported, messages, upload, with_cell

Answer = TypeVar("Answer")
OUTRUN = "La base a changé depuis cet aperçu"


def at_once(base: Base, programme: Programme, *contents: bytes) -> list[list[intake.Report]]:
    """Everyone has seen a preview before anyone writes. What each was answered until it was written."""
    ready = Barrier(len(contents))

    def person(content: bytes) -> list[intake.Report]:
        answers = [intake.preview(base, programme, [upload(content)], partial=True)]
        ready.wait(60)
        answers.append(intake.write(base, programme, answers[-1]))
        while answers[-1].resultat == "question":
            answers.append(intake.write(base, programme, answers[-1], accept=True))
        return answers

    return _side_by_side([lambda content=content: person(content) for content in contents])


def _side_by_side(actions: Sequence[Callable[[], Answer]]) -> list[Answer]:
    with ThreadPoolExecutor(len(actions)) as threads:
        return [future.result() for future in [threads.submit(action) for action in actions]]


def changes(base: Base, champ: str) -> list[tuple[str, str]]:
    """What the journal says of one field of dossier 2026-0003, in the order of the writes."""
    return (
        base.cursor()
        .execute("SELECT avant, apres FROM journal WHERE numero = '2026-0003' AND champ = ? ORDER BY id", [champ])
        .fetchall()
    )


def named(name: str, first: int, last: int) -> bytes:
    """The dossiers from one place to another; the third, which files share, is called ``name``."""
    return flat_xlsx(with_cell(4, "Raison sociale", name, builders.flat_rows())[first:last])


def test_two_files_that_share_a_dossier_are_both_in_and_the_second_is_told(base: Base, programme: Programme) -> None:
    both = at_once(base, programme, named("Vu par Anne", 0, 3), named("Vu par Bruno", 2, 5))
    assert held(base, "numero") == [(f"2026-{number:04}",) for number in range(1, 6)]
    assert held(base, "numero, ligne", "action") == [(f"2026-{number:04}", 1) for number in range(1, 6)]
    (asked,) = (answers for answers in both if len(answers) > 2)
    assert OUTRUN in messages(asked[1])
    ((before, after),) = changes(base, "raison_sociale")
    assert {before, after} == {"Vu par Anne", "Vu par Bruno"}
    assert [(change.avant, change.apres) for change in asked[1].changes] == [(before, after)]
    assert held(base, "raison_sociale")[2] == (after,)
    imports = base.cursor().execute("SELECT nouveaux, modifies FROM importation ORDER BY quand, nouveaux").fetchall()
    assert sorted(imports) == [(2, 1), (3, 0)]


def test_one_preview_confirmed_twice_at_once_is_in_once(base: Base, programme: Programme) -> None:
    both = at_once(base, programme, flat_xlsx(), flat_xlsx())
    assert sorted(answers[-1].counts.nouveaux for answers in both) == [0, 5]
    assert sorted(answers[-1].counts.inchanges for answers in both) == [0, 5]
    assert len(held(base, "numero")) == len(held(base, "numero", "action")) == 5


def test_one_operation_sent_twice_at_once_is_written_once(base: Base, programme: Programme) -> None:
    report = intake.preview(base, programme, [upload(flat_xlsx())])
    answers = _side_by_side([lambda: intake.write(base, programme, report, operation="un clic") for _ in range(4)])
    assert {answer.counts.nouveaux for answer in answers} == {5}
    assert base.cursor().execute("SELECT count(*) FROM importation").fetchall() == [(1,)]


def test_an_answer_given_to_a_stale_preview_is_asked_for_again(base: Base, programme: Programme) -> None:
    imported(base, programme, flat_xlsx())
    # Both lack dossiers: a question, which each person answers without having seen what the other writes.
    stale = intake.preview(base, programme, [upload(named("Vu par Anne", 0, 3))])
    imported(base, programme, named("Vu par Bruno", 1, 4), accept=True)
    before = everything(base)
    answer = intake.write(base, programme, stale, accept=True)
    assert answer.resultat == "question"
    assert OUTRUN in messages(answer)
    assert everything(base) == before
    assert [change.avant for change in answer.changes] == ["Vu par Bruno"]
    assert intake.write(base, programme, answer, accept=True).resultat == "accepte_avec_avertissement"
    assert held(base, "raison_sociale")[2] == ("Vu par Anne",)


def test_lines_whose_dossier_was_taken_back_meanwhile_are_refused_and_not_left_alone(
    base: Base, programme: Programme
) -> None:
    first = imports.take_in(base, programme, imports.files({"D1": imports.Sent("CH A"), "D2": imports.Sent("CH B")}))
    lines = [imports.ACTIONS, ["D1", "Action 1", 1000, None], ["D1", "Action 2", 700, None]]
    stale = intake.preview(base, programme, [upload(builders.xlsx({"Actions": lines}))])
    assert stale.modifies == 1
    intake.undo(base, programme, first)
    answer = intake.write(base, programme, stale, accept=True)
    assert (answer.resultat, answer.nouveaux, answer.rejetes) == ("question", 0, 1)
    assert OUTRUN in messages(answer)
    assert "Le dossier D1 est inconnu" in messages(answer)
    assert intake.write(base, programme, answer, accept=True).resultat == "lignes_rejetees"
    assert everything(base) == {"dossier": [], "action": [], "contact": []}


def test_lines_are_not_left_alone_when_the_counts_stay_the_same(base: Base, programme: Programme) -> None:
    """One dossier of the file leaves the base while another of it enters: as many new ones as was shown."""
    first = imports.take_in(base, programme, imports.files({"D1": imports.Sent("CH A")}))
    other = [imports.DOSSIERS, ["D2", "CH B", builders.FINESS[1], None, "Oui", None]]
    lines = [[numero, "Action 1", 1000, None] for numero in ("D1", "D2")]
    both = builders.xlsx({"Dossiers": other, "Actions": [imports.ACTIONS, *lines]})
    stale = intake.preview(base, programme, [upload(both)])
    assert (stale.nouveaux, stale.inchanges) == (1, 1)
    intake.undo(base, programme, first)
    imported(base, programme, builders.xlsx({"Dossiers": other, "Actions": [imports.ACTIONS, lines[1]]}), accept=True)
    answer = intake.write(base, programme, stale, accept=True)
    assert (answer.resultat, answer.inchanges, answer.rejetes) == ("question", 1, 1)
    assert held(base, "numero", "action") == [("D2",)]


def test_the_journal_of_many_imports_at_once_is_one_chain(base: Base, programme: Programme) -> None:
    imported(base, programme, named("Départ", 0, 5))
    at_once(base, programme, *(named(f"Personne {number}", 1, 4) for number in range(4)))
    told = changes(base, "raison_sociale")
    assert len(told) == 4
    assert told[0][0] == "Départ"
    assert all(after == before for (_, after), (before, _) in pairwise(told))
    assert held(base, "raison_sociale")[2] == (told[-1][1],)
    assert base.faults() == []

"""Lists show who is in charge and what is awaited, and what awaits someone counts it, without a new judgement."""

from datetime import date, timedelta

from clact_model import eligibility, overview
from clact_model.instruction import assignment, requests
from clact_model.instruction.requests import Wanted
from clact_model.overview import Filters, Summary
from clact_model.store import Base
from tests.pages.walk import DAY, programme

PROGRAMME = programme()
DUE = date(2025, 6, 1)


def _rows(base: Base, rows: list[Summary], day: date = DAY) -> dict[str, Summary]:
    return {row.numero: row for row in overview.followed(base.cursor(), PROGRAMME, day, rows)}


def _judged(base: Base) -> list[Summary]:
    return list(overview.overview(eligibility.judge(base.cursor(), PROGRAMME, DAY)).rows)


def test_a_list_shows_the_instructor_and_the_nearest_due_date(base: Base) -> None:
    rows = _judged(base)
    assignment.assign(base, PROGRAMME, ["1"], "Dominique")
    requests.ask(base, PROGRAMME, DAY, "1", [Wanted("RIB", DUE, "rib"), Wanted("Lettre", DUE + timedelta(days=9))])
    found = _rows(base, rows)
    assert (found["1"].instructeur, found["1"].pieces_attendues, found["1"].echeance) == ("Dominique", 2, DUE)
    assert found["2"] == rows[1]
    assert [row.numero for row in overview.filtered(list(found.values()), Filters(instructeur=("Dominique",)))] == ["1"]
    assert [row.numero for row in overview.filtered(list(found.values()), Filters(instructeur=("",)))] == ["2"]


def test_what_is_taken_away_leaves_the_list_too(base: Base) -> None:
    assignment.assign(base, PROGRAMME, ["1"], "Dominique")
    requests.ask(base, PROGRAMME, DAY, "1", [Wanted("RIB", DUE, "rib")])
    shown_before = _judged(base)
    assignment.assign(base, PROGRAMME, ["1"], None)
    requests.cancel(base, PROGRAMME, requests.of_programme(base.cursor(), PROGRAMME)[0].id)
    row = _rows(base, shown_before)["1"]
    assert (row.instructeur, row.pieces_attendues, row.echeance) == (None, 0, None)


def test_a_piece_past_its_day_awaits_someone_with_that_day(base: Base) -> None:
    requests.ask(base, PROGRAMME, DAY, "1", [Wanted("RIB", DUE, "rib")])
    for day, codes in ((DUE, {"piece_attendue"}), (DUE + timedelta(days=1), {"piece_attendue", "piece_en_retard"})):
        rows = list(_rows(base, _judged(base), day).values())
        told = {task.code: task for task in overview.tasks(rows, PROGRAMME.file.ligne) if "piece" in task.code}
        assert set(told) == codes
        assert {task.jusqu_au for task in told.values()} == {DUE}
        for code, task in told.items():
            assert len(overview.filtered(rows, Filters(attente=(code,)))) == task.dossiers == 1

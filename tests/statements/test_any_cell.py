"""Whatever the cells of a statement hold, it is taken in or refused in French: nothing is lost, nothing is guessed."""

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from clact_model.reading import Content, Sheet
from clact_model.store import Base
from tests.intake.test_any_cell import TEXTS
from tests.statements.builders import GRANTED, HEADERS, IMPORTED, RECEIVED, programme, row

from clact_model.intake.sources.consumption import STATEMENT  # isort: skip
from clact_model.intake.sources import Reader, Recognition  # isort: skip

CELLS: st.SearchStrategy[Any] = st.one_of(
    TEXTS,
    st.integers(-3000, 3000),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.none(),
    st.sampled_from([GRANTED, IMPORTED, "F-1", "f-1", 1000, 900, -400, date(2026, 5, 4), "12.500", "T1", "#N/A"]),
)
GOOD = st.sampled_from([row(), row(admis=900), row(facture="F-2", admis=0, motif="Non"), row(IMPORTED, "A-1", -400)])
ROWS = st.lists(st.one_of(GOOD, GOOD, st.lists(CELLS, min_size=1, max_size=len(HEADERS))), max_size=6)


@settings(max_examples=150, derandomize=True, deadline=None, database=None)
@given(rows=ROWS, damaged=st.dictionaries(st.tuples(st.integers(0, 5), st.integers(0, 10)), CELLS, max_size=4))
def test_every_row_is_in_refused_or_a_double(untouched: Base, rows: list[Any], damaged: dict[Any, Any]) -> None:
    cells = [list(one) for one in rows]
    for (line, column), value in damaged.items():
        if line < len(cells) and column < len(cells[line]):
            cells[line][column] = value
    report = checked(untouched, [list(HEADERS), *cells])
    filled = report.nouveaux + report.modifies + report.inchanges + report.rejetes
    told = sum("compté" in a.message or "passée" in a.message for a in report.anomalies)
    blank = sum(
        1 for one in cells if all(value in (None, "") or str(value).strip(" \t\n\u00a0-") == "" for value in one)
    )
    assert len(cells) - blank - told <= filled <= len(cells)
    for anomaly in report.anomalies:
        assert anomaly.message.endswith((".", "?")), anomaly.message
        assert not {"error", "Error", "None", "Decimal"} & set(anomaly.message.split())


def checked(base: Base, cells: list[list[Any]]) -> Any:
    """The checks alone, without the process that reads a file."""
    from clact_model.intake.mapping import Correspondence
    from clact_model.intake.report import FileSeen, Report
    from clact_model.statements import taking

    content = Content("etat.xlsx", (Sheet("etat.xlsx", "Consommation", cells),))
    found = STATEMENT.read(content, Reader(programme().dictionary))
    recognition = Recognition({"x": STATEMENT}, (found,), found.anomalies, Correspondence())
    report = Report("accepte", (FileSeen("etat.xlsx", "x"),), recognition=recognition)
    cursor = base.cursor()
    try:
        return taking.checked(cursor, programme(), report, RECEIVED)
    finally:
        cursor.close()

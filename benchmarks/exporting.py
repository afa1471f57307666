"""The selection list as a workbook, beside bare xlsxwriter writing the same cells."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from benchmarks import bases
from benchmarks.measuring import Line, in_child, interleaved, seconds
from clact_model import allocation, documents, selection, simulation
from clact_model.documents import Context
from clact_model.selection import Selection

DOSSIERS = 5_000
"""Of two lines: 10,000 lines by action."""


def lines() -> Iterator[Line]:
    """10,000 lines."""
    baseline, ours = in_child(compare, bases.filled(DOSSIERS))
    yield Line("export of the selection, 10,000 lines", ours, baseline, "bare xlsxwriter, same cells", limit=1.5)


def compare(path: Path) -> list[float]:
    """Median seconds of the bare writing and of ours."""
    with bases.opened(path) as base:
        cursor, programme = base.cursor(), bases.programme()
        prepared = simulation.prepare(cursor, programme, bases.today(), "action")
        settings = allocation.Settings(Decimal(50_000_000), unite="action")
        chosen = selection.lists(cursor, programme, allocation.run(prepared.lines, settings))
        context = Context(
            programme_id=programme.id,
            programme_titre=programme.titre,
            programme_version=programme.version,
            version_donnees=prepared.basis.version_donnees,
            aujourdhui=bases.today(),
            auteur="mesure",
            quand=datetime.now(UTC),
            settings=settings,
        )
    return interleaved(
        lambda: seconds(lambda: _bare(chosen)),
        lambda: seconds(lambda: documents.selection_xlsx(chosen, context, io.BytesIO())),
        runs=5,
    )


def _bare(chosen: Selection) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for part in chosen.parts:
            sheet = book.add_worksheet(part.titre)
            for r, row in enumerate(part.rows):
                for c, column in enumerate(chosen.columns):
                    value = getattr(row, column.champ)
                    if isinstance(value, str):
                        if value:
                            sheet.write_string(r, c, value)
                    elif value is not None:
                        sheet.write_number(r, c, value)
    return content.getvalue()

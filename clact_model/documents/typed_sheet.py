"""A sheet of typed cells: amounts and counts are numbers, days are dates, a text is never a formula."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from clact_model.documents.cells import shown, would_run
from clact_model.programme import Programme

EUROS = '#,##0.00\\ "€"'
WIDTH = 14
NUMBER_FORMATS: Mapping[str, str] = {
    "identifiant": "@",
    "entier": "#,##0",
    "numero": "0",
    "score": "0.00",
    "part": "0.0 %",
    "euros": EUROS,
    "date": "dd/mm/yyyy",
    "moment": "dd/mm/yyyy hh:mm",
}

Fact = tuple[str, str | int | Decimal | date | datetime, str]
"""A label, its value and its kind."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column: ``champ`` is its key in the rows; ``kind`` one of NUMBER_FORMATS, else a text; ``width`` in characters."""

    champ: str
    libelle: str
    kind: str = "texte"
    width: int = WIDTH


class Formats:
    """The formats of the workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self.header = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.label = book.add_format({"bold": True, "valign": "top"})
        self.total = book.add_format({"bold": True, "top": 1, "num_format": EUROS})
        # Text even if someone edits the cell: Excel would otherwise run it on Enter.
        self.quoted = book.add_format({"valign": "top", "text_wrap": True, "quote_prefix": True})
        self.text = book.add_format({"valign": "top", "text_wrap": True})
        self._kinds = {kind: book.add_format({"valign": "top", "num_format": n}) for kind, n in NUMBER_FORMATS.items()}

    def of(self, kind: str, value: object) -> Format:
        """The format of a cell of that kind."""
        if kind in self._kinds:
            return self._kinds[kind]
        return self.quoted if isinstance(value, str) and would_run(value) else self.text


def write_rows(
    sheet: Worksheet,
    columns: Sequence[SheetColumn],
    rows: Iterable[Mapping[str, Any]],
    formats: Formats,
    totals: Mapping[str, Decimal] | None = None,
) -> None:
    """Headers, rows, and under them the totals of some columns. The two first columns stay in sight; it prints across."""
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width)
        sheet.write_string(0, index, column.libelle, formats.header)
    last = 0
    for last, cells in enumerate(rows, start=1):
        for index, column in enumerate(columns):
            write_cell(sheet, last, index, cells[column.champ], column.kind, formats)
    if last:
        sheet.autofilter(0, 0, last, len(columns) - 1)
    if totals:
        _write_totals(sheet, last + 1, columns, totals, formats)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def about(programme: Programme, facts: Sequence[Fact], auteur: str, quand: datetime) -> list[Fact]:
    """The facts of a workbook between which call it tells of, and who made it, when."""
    return [
        ("Programme", programme.titre, "texte"),
        ("Identifiant du programme", programme.id, "texte"),
        ("Version du programme", programme.version, "texte"),
        *facts,
        ("Auteur", auteur, "texte"),
        (f"Établi le (heure de {quand.tzinfo or 'ce poste'})", quand, "moment"),
    ]


def write_facts(sheet: Worksheet, facts: Iterable[Fact], formats: Formats) -> None:
    """One fact a row, its label before it."""
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 1, 80)
    for number, (label, value, kind) in enumerate(facts):
        sheet.write_string(number, 0, label, formats.label)
        write_cell(sheet, number, 1, value, kind, formats)


def write_cell(sheet: Worksheet, row: int, column: int, value: Any, kind: str, formats: Formats) -> None:
    """One value; nothing when it is unknown."""
    if value is None or value == "":
        return
    if isinstance(value, str):
        text = shown(value)
        sheet.write_string(row, column, text, formats.of(kind, text))
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, value.replace(tzinfo=None), formats.of("moment", value))
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, formats.of("date", value))
    else:
        sheet.write_number(row, column, value, formats.of(kind, value))


def _write_totals(
    sheet: Worksheet, last: int, columns: Sequence[SheetColumn], totals: Mapping[str, Decimal], formats: Formats
) -> None:
    sheet.write_string(last, 0, "Total", formats.total)
    for index, column in enumerate(columns):
        if column.champ in totals:
            sheet.write_number(last, index, totals[column.champ], formats.total)

"""A list of dossiers as a workbook: exactly what the screen shows, and a sheet that says what it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from clact_model import overview
from clact_model.documents.book import written_to
from clact_model.documents.cells import shown, would_run
from clact_model.documents.target import Target
from clact_model.overview import Column, Summary
from clact_model.programme import Programme

EUROS = '#,##0.00\\ "€"'
WIDTH = 14
WIDTHS: Mapping[str, int] = {
    "raison_sociale": 36,
    "non": 60,
    "inconnu": 60,
    "intitules": 60,
    "siret": 17,
    "departement": 22,
}
"""Characters; WIDTH for the others."""
NUMBER_FORMATS: Mapping[str, str] = {
    "identifiant": "@",
    "entier": "#,##0",
    "score": "0.00",
    "euros": EUROS,
    "date": "dd/mm/yyyy",
    "moment": "dd/mm/yyyy hh:mm",
}


@dataclass(frozen=True, slots=True)
class ListContext:
    """Where a list of dossiers comes from. ``quand``: with its zone, the programme's."""

    version_donnees: int
    aujourdhui: date
    """The day judged."""
    auteur: str
    quand: datetime
    filtres: Mapping[str, str] = field(default_factory=dict)
    """Label of each filter → what it lets through; empty: every dossier."""


def dossiers_xlsx(programme: Programme, rows: Sequence[Summary], context: ListContext, target: Target) -> None:
    """Sheets « Dossiers » and « Contexte ». Amounts in EUR.

    Amounts and counts are numbers, days are dates, identifiers are text cells, nothing is a formula or a link. The same
    rows and context give the same bytes. Raises TargetError.
    """
    with written_to(target, "Dossiers", context.quand) as book:
        formats = _Formats(book)
        _list_sheet(book.add_worksheet("Dossiers"), programme, rows, formats)
        _context_sheet(book.add_worksheet("Contexte"), programme, rows, context, formats)


def list_file_name(programme: Programme, context: ListContext) -> str:
    """``dossiers_<programme>_2024-10-09.xlsx``."""
    return f"dossiers_{programme.id}_{context.quand.date().isoformat()}.xlsx"


class _Formats:
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
        if kind in self._kinds:
            return self._kinds[kind]
        return self.quoted if isinstance(value, str) and would_run(value) else self.text


def _list_sheet(sheet: Worksheet, programme: Programme, rows: Sequence[Summary], formats: _Formats) -> None:
    columns = overview.columns(programme)
    for index, column in enumerate(columns):
        sheet.set_column(index, index, WIDTHS.get(column.champ, WIDTH))
        sheet.write_string(0, index, column.libelle, formats.header)
    for number, cells in enumerate(overview.table(programme, rows), start=1):
        for index, column in enumerate(columns):
            _write(sheet, number, index, cells[column.champ], column.kind, formats)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    _write_totals(sheet, len(rows) + 1, columns, rows, formats)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write_totals(
    sheet: Worksheet, last: int, columns: Sequence[Column], rows: Sequence[Summary], formats: _Formats
) -> None:
    totals = {"demande": overview.asked(rows), "aide_maximale": overview.aid(rows)}
    sheet.write_string(last, 0, "Total", formats.total)
    for index, column in enumerate(columns):
        if column.champ in totals:
            sheet.write_number(last, index, totals[column.champ], formats.total)


def _write(sheet: Worksheet, row: int, column: int, value: Any, kind: str, formats: _Formats) -> None:
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


def _context_sheet(
    sheet: Worksheet, programme: Programme, rows: Sequence[Summary], context: ListContext, formats: _Formats
) -> None:
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 1, 80)
    facts: list[tuple[str, str | int | Decimal | date | datetime, str]] = [
        ("Programme", programme.titre, "texte"),
        ("Identifiant du programme", programme.id, "texte"),
        ("Version du programme", programme.version, "texte"),
        ("Version des données", context.version_donnees, "entier"),
        ("Jour de l'instruction", context.aujourdhui, "date"),
        (
            "Filtres",
            " ; ".join(f"{k} : {v}" for k, v in context.filtres.items()) or "Aucun : tous les dossiers",
            "texte",
        ),
        ("Dossiers", len(rows), "entier"),
        ("Montant demandé (€)", overview.asked(rows), "euros"),
        ("Aide maximale (€)", overview.aid(rows), "euros"),
        ("Auteur", context.auteur, "texte"),
        (f"Établi le (heure de {context.quand.tzinfo or 'ce poste'})", context.quand, "moment"),
    ]
    for number, (label, value, kind) in enumerate(facts):
        sheet.write_string(number, 0, label, formats.label)
        _write(sheet, number, 1, value, kind, formats)

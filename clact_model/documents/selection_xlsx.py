"""The lists of a simulation as a workbook: one sheet a list, and one that says where they come from."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from clact_model.documents.book import written_to
from clact_model.documents.cells import shown, would_run
from clact_model.documents.context import Context, Value
from clact_model.documents.target import Target
from clact_model.selection import Column, Kind, Part, Row, Selection

EUROS = '#,##0.00\\ "€"'
WIDTHS: Mapping[str, int] = {
    "numero": 16,
    "raison_sociale": 36,
    "finess": 12,
    "siret": 17,
    "secteur": 16,
    "statut_juridique": 18,
    "intitule": 48,
    "demande": 18,
    "aide_maximale": 18,
    "accorde": 18,
    "statut": 22,
    "raison": 90,
}
"""Characters; WIDTH for the others."""
WIDTH = 13
NUMBERS: Mapping[Kind, str] = {"entier": "#,##0", "score": "0.00", "euros": EUROS}
TOTALS = ("demande", "aide_maximale", "accorde")


def selection_xlsx(selection: Selection, context: Context, target: Target) -> None:
    """Sheets « Sélection », « Liste d'attente », « Non retenus », « Contexte ».

    Amounts and counts are numbers, days are dates, identifiers are text cells, nothing is a formula or a link. The same
    selection and context give the same bytes. Raises TargetError.
    """
    with written_to(target, "Sélection", context.quand) as book:
        formats = _Formats(book)
        for part in selection.parts:
            _list_sheet(book.add_worksheet(part.titre), part, selection.columns, formats)
        _context_sheet(book.add_worksheet("Contexte"), selection, context, formats)


class _Formats:
    """The formats of the workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self.header = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.label = book.add_format({"bold": True, "valign": "top"})
        self.text = book.add_format({"valign": "top", "text_wrap": True})
        # Text even if someone edits the cell: Excel would otherwise run it on Enter.
        self.quoted = book.add_format({"valign": "top", "text_wrap": True, "quote_prefix": True})
        self.identifier = book.add_format({"valign": "top", "num_format": "@"})
        self.day = book.add_format({"valign": "top", "num_format": "dd/mm/yyyy", "align": "left"})
        self.moment = book.add_format({"valign": "top", "num_format": "dd/mm/yyyy hh:mm", "align": "left"})
        self.numbers = {kind: book.add_format({"valign": "top", "num_format": n}) for kind, n in NUMBERS.items()}
        self.totals = {kind: book.add_format({"bold": True, "top": 1, "num_format": n}) for kind, n in NUMBERS.items()}
        self.total = book.add_format({"bold": True, "top": 1})

    def of(self, text: str) -> Format:
        """The format of a free text."""
        return self.quoted if would_run(text) else self.text


def _list_sheet(sheet: Worksheet, part: Part, columns: Sequence[Column], formats: _Formats) -> None:
    for index, column in enumerate(columns):
        sheet.set_column(index, index, WIDTHS.get(column.champ, WIDTH))
        sheet.write_string(0, index, column.libelle, formats.header)
    for number, row in enumerate(part.rows, start=1):
        _write_row(sheet, number, row, columns, formats)
    if part.rows:
        sheet.autofilter(0, 0, len(part.rows), len(columns) - 1)
    _write_totals(sheet, part, columns, formats)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write_row(sheet: Worksheet, number: int, row: Row, columns: Sequence[Column], formats: _Formats) -> None:
    for index, column in enumerate(columns):
        value = getattr(row, column.champ)
        if value is None or value == "":
            continue
        if column.kind == "texte":
            text = shown(value)
            sheet.write_string(number, index, text, formats.of(text))
        elif column.kind == "identifiant":
            sheet.write_string(number, index, shown(value), formats.identifier)
        else:
            sheet.write_number(number, index, value, formats.numbers[column.kind])


def _write_totals(sheet: Worksheet, part: Part, columns: Sequence[Column], formats: _Formats) -> None:
    """One row under the list, apart from what the filter sorts."""
    last = len(part.rows) + 1
    sheet.write_string(last, 0, "Total", formats.total)
    for index, column in enumerate(columns):
        if column.champ in TOTALS:
            sheet.write_number(last, index, getattr(part, column.champ), formats.totals["euros"])


def _context_sheet(sheet: Worksheet, selection: Selection, context: Context, formats: _Formats) -> None:
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 5, 20)
    facts = [*context.facts(), ("Reste à répartir (€)", context.left(selection.retenus.accorde))]
    for number, (label, value) in enumerate(facts):
        sheet.write_string(number, 0, label, formats.label)
        _write_value(sheet, number, value, formats)
    _write_summary(sheet, len(facts) + 1, selection, formats)


def _write_value(sheet: Worksheet, number: int, value: Value, formats: _Formats) -> None:
    if isinstance(value, str):
        text = shown(value)
        sheet.write_string(number, 1, text, formats.quoted if would_run(text) else None)
    elif isinstance(value, datetime):
        sheet.write_datetime(number, 1, value.replace(tzinfo=None), formats.moment)
    elif isinstance(value, date):
        sheet.write_datetime(number, 1, value, formats.day)
    elif value is not None:
        sheet.write_number(number, 1, value, formats.numbers["euros" if isinstance(value, Decimal) else "entier"])


def _write_summary(sheet: Worksheet, top: int, selection: Selection, formats: _Formats) -> None:
    """What each list adds up to: the totals of its sheet."""
    headers = ("Liste", "Dossiers", "Lignes", "Montant demandé (€)", "Aide maximale (€)", "Montant accordé (€)")
    for index, header in enumerate(headers):
        sheet.write_string(top, index, header, formats.header)
    for number, part in enumerate(selection.parts, start=top + 1):
        sheet.write_string(number, 0, part.titre, formats.text)
        sheet.write_number(number, 1, part.dossiers, formats.numbers["entier"])
        sheet.write_number(number, 2, len(part.rows), formats.numbers["entier"])
        for index, champ in enumerate(TOTALS, start=3):
            sheet.write_number(number, index, getattr(part, champ), formats.numbers["euros"])

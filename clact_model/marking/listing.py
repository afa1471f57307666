"""The first sheet of a marked workbook: every note, with a link to its cell."""

from collections.abc import Collection, Mapping, Sequence

from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from clact_model.marking.cells import FILLS
from clact_model.marking.note import Note
from clact_model.reading.contents import OWN_NOTES, is_own_notes

NAME = "Remarques"
COLUMNS: Mapping[str, float] = {
    "Effet": 18,
    "Feuille": 16,
    "Ligne": 8,
    "Colonne": 12,
    "Cellule": 10,
    "Dossier": 18,
    "Valeur lue": 28,
    "Ce qui est dit, et le remède": 90,
}
"""Titles of the list → widths, in characters."""
LINKS = 60_000
"""A sheet of Excel holds at most 65 530 links."""
_TITLES_ROW = 5
_LINK = list(COLUMNS).index("Cellule") + 1
_LONGEST = 32_767


def write(book: Workbook, notes: Sequence[Note], sheets: Mapping[str | None, Worksheet], remark: str) -> None:
    """Put the list first in the workbook, open on it."""
    sheet = book.create_sheet(_free_name(book.sheetnames), 0)
    put_text(sheet["A1"], OWN_NOTES)
    sheet["A1"].font = Font(bold=True, size=14)
    put_text(sheet["A2"], remark)
    sheet["A3"].value = len(notes)
    sheet["A3"].number_format = '0" remarque(s)"'
    sheet["A3"].alignment = Alignment(horizontal="left")
    for index, (title, width) in enumerate(COLUMNS.items(), start=1):
        cell = sheet.cell(_TITLES_ROW, index, title)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="FFE3E9F5")
        sheet.column_dimensions[get_column_letter(index)].width = width
    for row, note in enumerate(notes, start=_TITLES_ROW + 1):
        _write_note(sheet, row, note, sheets.get(note.feuille))
    sheet.freeze_panes = sheet.cell(_TITLES_ROW + 1, 1)
    sheet.auto_filter.ref = f"A{_TITLES_ROW}:{get_column_letter(len(COLUMNS))}{_TITLES_ROW + max(len(notes), 1)}"
    _show_first(book)


def _write_note(sheet: Worksheet, row: int, note: Note, target: Worksheet | None) -> None:
    link = f"{get_column_letter(note.column or 1)}{note.row}" if target is not None and note.row else None
    given = (note.effet, note.feuille, note.ligne, note.colonne, link, note.numero, note.valeur, note.message)
    for index, value in enumerate(given, start=1):
        cell = sheet.cell(row, index)
        if isinstance(value, str):
            put_text(cell, value)
        else:
            cell.value = value
        cell.alignment = _WRAPPED
    sheet.cell(row, 1).fill = FILLS[note.gravite]
    if link and target is not None and row <= LINKS:
        _link(sheet.cell(row, _LINK), target.title, link)


def _link(cell: Cell, sheet: str, reference: str) -> None:
    quoted = sheet.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{reference}", tooltip="Aller à la cellule")
    cell.font = Font(color="FF0B57D0", underline="single")


def put_text(cell: Cell, text: str) -> None:
    """Write a text that stays one, whatever it begins with and even if someone edits the cell."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST]
    cell.data_type = "s"
    cell.number_format = "@"


def remove(book: Workbook) -> None:
    """Take away the lists of earlier copies."""
    for sheet in list(book.worksheets):
        if is_own_notes(sheet["A1"].value) and len(book.sheetnames) > 1:
            book.remove(sheet)


def _free_name(taken: Collection[str]) -> str:
    names = {name.casefold() for name in taken}
    number, name = 1, NAME
    while name.casefold() in names:
        number += 1
        name = f"{NAME} ({number})"
    return name


def _show_first(book: Workbook) -> None:
    book.active = 0
    for view in book.views:
        view.firstSheet = 0
    for place, sheet in enumerate(book.worksheets):
        # Two sheets left selected would be edited together.
        sheet.sheet_view.tabSelected = place == 0


_WRAPPED = Alignment(wrap_text=True, vertical="top")

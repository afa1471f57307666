"""The sheets of a file as they were read → a workbook with the same cells: what stands for a csv or an ods file."""

import re
from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from clact_model.marking.listing import put_text
from clact_model.reading import Cell as Read
from clact_model.reading import Content, Sheet
from clact_model.reading.contents import OF_A_TEXT

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")
_LONGEST_NAME = 31
_WIDEST, _LOOKED_AT = 45, 60


def copied(content: Content) -> tuple[Workbook, dict[str | None, Worksheet]]:
    """The workbook, and name of each sheet as the file says it → its sheet. Text stays text, nothing is a formula."""
    book = Workbook()
    book.remove(book.active)
    sheets: dict[str | None, Worksheet] = {}
    for sheet in content.sheets:
        sheets[sheet.nom] = book.create_sheet(_name(sheet.nom or OF_A_TEXT, book.sheetnames))
        _copy(sheet, sheets[sheet.nom])
    return book, sheets


def _copy(sheet: Sheet, target: Worksheet) -> None:
    for row, cells in enumerate(sheet.rows, start=1):
        for column, value in enumerate(cells, start=1):
            if value is not None and value != "":
                _put(target.cell(row, column), value)
    for (row, column), (shown, _) in sheet.faults.items():
        if shown:
            put_text(target.cell(row, column), shown)
    for column in range(1, max((len(cells) for cells in sheet.rows), default=0) + 1):
        target.column_dimensions[get_column_letter(column)].width = _width(sheet, column)


def _put(cell: Cell, value: Read) -> None:
    match value:
        case str():
            put_text(cell, value)
        case datetime() | date():
            cell.value = value
            cell.number_format = "dd/mm/yyyy hh:mm" if isinstance(value, datetime) and value.time() != time() else _DAY
        case time() | timedelta() | bool() | int() | float():
            cell.value = value


_DAY = "dd/mm/yyyy"


def _width(sheet: Sheet, column: int) -> float:
    cells = (sheet.cell(row, column) for row in range(1, min(len(sheet.rows), _LOOKED_AT) + 1))
    return min(_WIDEST, max((len(str(cell)) for cell in cells if cell is not None), default=0) + 3)


def _name(wanted: str, taken: Collection[str]) -> str:
    """A name that Excel takes: 31 characters, some forbidden, none twice."""
    clean = _FORBIDDEN.sub("_", wanted)[:_LONGEST_NAME] or OF_A_TEXT
    names = {name.casefold() for name in taken}
    number, name = 1, clean
    while name.casefold() in names:
        number += 1
        end = f" ({number})"
        name = clean[: _LONGEST_NAME - len(end)] + end
    return name

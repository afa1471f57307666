"""Sheets spoilt by hand, from a good one."""

import re
from collections.abc import Callable
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from tests.intake import builders
from tests.intake.builders import (
    HEADERS,
    flat_rows,
    flat_xlsx,
    part,
    patched,
    saved,
    workbook,
)

SHEET = "xl/worksheets/sheet1.xml"


def patched_sheet(pattern: bytes, by: bytes, content: bytes | None = None) -> bytes:
    """The correct workbook with the XML of its sheet changed."""
    content = content or flat_xlsx()
    changed, count = re.subn(pattern, by, part(content, SHEET))
    assert count
    return patched(content, {SHEET: changed})


def edited(change: Callable[[Worksheet], Any], rows: list[builders.Row] | None = None) -> bytes:
    """The correct workbook, changed through openpyxl."""
    book = workbook({"Dossiers": [HEADERS, *(rows or flat_rows())]})
    change(book["Dossiers"])
    return saved(book)


def many_sheets(count: int) -> bytes:
    return builders.xlsx({f"F{number}": [["a"]] for number in range(count)})


def transposed() -> bytes:
    return builders.xlsx({"Dossiers": list(zip(*[HEADERS, *flat_rows()], strict=True))})

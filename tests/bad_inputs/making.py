"""The files of the list, each made by the function that bears its name."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from tests.intake import builders
from tests.intake.builders import HEADERS, Row, archive, csv_text, flat_rows, part, patched, saved, workbook

MAKERS: dict[str, Callable[[], bytes]] = {}
"""Name of the list → what makes the file."""

SHEET = "xl/worksheets/sheet1.xml"
K = "Montant demandé"


def makes(name: str) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Register the maker of one line of the list."""

    def register(maker: Callable[[], bytes]) -> Callable[[], bytes]:
        MAKERS[name] = maker
        return maker

    return register


def plain(rows: Iterable[Row] | None = None, headers: Iterable[Any] = HEADERS) -> bytes:
    """The correct workbook, with other rows or titles."""
    return builders.xlsx({"Dossiers": [list(headers), *(flat_rows() if rows is None else rows)]})


def column(header: str, values: Iterable[Any]) -> list[Row]:
    """Correct rows, one a value, with these values in one column; the rate is left out of rows whose amounts change."""
    given = list(values)
    rows = []
    for number, (row, value) in enumerate(zip(_many_rows(len(given)), given, strict=True)):
        row[0] = f"2026-{number + 1:04}"
        row[HEADERS.index(header)] = value
        if header in (K, "Coût total"):
            row[HEADERS.index("Taux demandé")] = None
        rows.append(row)
    return rows


def _many_rows(count: int) -> list[Row]:
    rows: list[Row] = []
    while len(rows) < count:
        rows += flat_rows()
    return rows[:count]


def text(rows: Iterable[Row] | None = None, delimiter: str = ";", headers: Iterable[Any] = HEADERS) -> str:
    """The correct csv file, with other rows or titles."""
    return csv_text([list(headers), *(flat_rows() if rows is None else rows)], delimiter)


def sheet_xml(pattern: bytes, by: bytes, content: bytes | None = None, part_name: str = SHEET) -> bytes:
    """The correct workbook, a part of it changed where the pattern is found."""
    content = content or plain()
    changed, count = re.subn(pattern, lambda _: by, part(content, part_name), count=1)
    assert count
    return patched(content, {part_name: changed})


def edited(change: Callable[[Worksheet], Any], rows: list[Row] | None = None) -> bytes:
    """The correct workbook, changed through openpyxl."""
    book = workbook({"Dossiers": [HEADERS, *(rows or flat_rows())]})
    change(book["Dossiers"])
    return saved(book)


def from_parts(content: bytes, change: Callable[[dict[str, bytes]], Mapping[str, bytes]]) -> bytes:
    """An archive whose parts are changed all together."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    return archive(change(parts))

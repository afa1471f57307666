"""The processes that write marks into a file: openpyxl spreads out whatever ranges a workbook names, without limit."""

import sys
from collections.abc import Mapping
from io import BytesIO

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from clact_model.marking import cells, listing
from clact_model.marking.copy import copied
from clact_model.marking.note import Job
from clact_model.reading import answer
from clact_model.reading.child import allow

_PROGRAM = "import sys; sys.path += sys.argv[1:]; from clact_model.marking import child; child.{}()"
OWN_WORKBOOK, OF_VALUES = _PROGRAM.format("mark_own_workbook"), _PROGRAM.format("mark_values")
_CELLS_A_NOTE = 20
_MEMORY, _MEMORY_A_CELL = 20 * 1024**2, 400
_WORK, _WORK_A_CELL = 20 * 1024**2, 1_000
"""In the bytes that :func:`allow` counts in: several times what was measured, for a busy machine."""


def mark_own_workbook() -> None:
    """Read the notes and a workbook from the standard input, write the marked workbook; die of what cannot be opened."""
    job, file = _asked()
    # Without rich_text, a cell with a word in bold would lose it.
    book = openpyxl.load_workbook(BytesIO(file), rich_text=True)
    listing.remove(book)
    for sheet in book.worksheets:
        cells.clear(sheet)
    _mark(book, {sheet.title: sheet for sheet in book.worksheets}, job)


def mark_values() -> None:
    """The same of cells as they were read: they make the workbook."""
    job, said = _asked()
    book, sheets = copied(answer.understood(said, ""))
    _mark(book, sheets, job)


def _asked() -> tuple[Job, bytes]:
    """The notes, and what they speak of; from here on under limits."""
    sys.stdout = sys.stderr  # What a library prints is no answer.
    job = Job.unpacked(sys.stdin.buffer.readline())
    count = job.cells + len(job.notes) * _CELLS_A_NOTE
    allow(memory=_MEMORY + _MEMORY_A_CELL * count, work=_WORK + _WORK_A_CELL * count)
    return job, sys.stdin.buffer.read()


def _mark(book: Workbook, sheets: Mapping[str | None, Worksheet], job: Job) -> None:
    cells.mark(sheets, cells.places(job.notes))
    listing.write(book, job.notes, sheets, job.remark)
    assert sys.__stdout__ is not None
    sys.__stdout__.buffer.write(saved(book))
    sys.__stdout__.buffer.flush()


def saved(book: Workbook) -> bytes:
    """The bytes of the workbook."""
    content = BytesIO()
    book.save(content)
    return content.getvalue()

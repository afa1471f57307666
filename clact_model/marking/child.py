"""The process that opens a person's own workbook: openpyxl spreads out whatever ranges the file names, without limit."""

import sys
from io import BytesIO

import openpyxl
from openpyxl.workbook import Workbook

from clact_model.marking import cells, listing
from clact_model.marking.note import Job
from clact_model.reading.child import allow

PROGRAM = "import sys; sys.path += sys.argv[1:]; from clact_model.marking import child; child.main()"
_CELLS_A_NOTE = 20
_MEMORY, _MEMORY_A_CELL = 20 * 1024**2, 400
_WORK, _WORK_A_CELL = 20 * 1024**2, 1_000
"""In the bytes that :func:`allow` counts in: several times what was measured, for a busy machine."""


def main() -> None:
    """Read the notes and a workbook from the standard input, write the marked workbook; die of what cannot be opened."""
    said, sys.stdout = sys.stdout.buffer, sys.stderr
    job = Job.unpacked(sys.stdin.buffer.readline())
    count = job.cells + len(job.notes) * _CELLS_A_NOTE
    allow(memory=_MEMORY + _MEMORY_A_CELL * count, work=_WORK + _WORK_A_CELL * count)
    # Without rich_text, a cell with a word in bold would lose it.
    book = openpyxl.load_workbook(BytesIO(sys.stdin.buffer.read()), rich_text=True)
    listing.remove(book)
    for sheet in book.worksheets:
        cells.clear(sheet)
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    cells.mark(sheets, cells.places(job.notes))
    listing.write(book, job.notes, sheets, job.remark)
    said.write(saved(book))
    said.flush()


def saved(book: Workbook) -> bytes:
    """The bytes of the workbook."""
    content = BytesIO()
    book.save(content)
    return content.getvalue()

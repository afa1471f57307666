"""A file handed over → its sheets of raw cells, by what it contains. Nothing here knows what the cells mean."""

from clact_model.reading.children import prepare
from clact_model.reading.guard import read, read_all
from clact_model.reading.limits import FileRefusedError
from clact_model.reading.sheet import EXCEL_ERRORS, Cell, Content, Sheet, distinguished
from clact_model.reading.uploads import UploadedFile

__all__ = [
    "EXCEL_ERRORS",
    "Cell",
    "Content",
    "FileRefusedError",
    "Sheet",
    "UploadedFile",
    "distinguished",
    "prepare",
    "read",
    "read_all",
]

"""A workbook under way, with the options that no document may do without."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import xlsxwriter
from xlsxwriter.workbook import Workbook

from clact_model.documents.target import Target, deliver


@contextmanager
def written_to(target: Target, title: str, quand: datetime) -> Iterator[Workbook]:
    """A new workbook, delivered whole at the end of the block: no text becomes a formula, a link or a number.

    ``quand`` is its date of creation: the same content gives the same bytes. Raises TargetError.
    """
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"title": title, "created": quand.replace(tzinfo=None)})
        yield book
    deliver(content.getvalue(), target)

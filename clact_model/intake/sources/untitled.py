"""A table whose titles nobody knows: which row they stand in, for a person to say what each column is."""

from clact_model.intake.mapping import Titles
from clact_model.intake.mapping.headers import ENOUGH_TITLES
from clact_model.reading import Sheet
from clact_model.reading.limits import HEADER_WITHIN

WORDS = 3
"""Cells of text that make a row of titles likely."""


def titles_at(sheet: Sheet, titles: Titles) -> int | None:
    """The first row, from 1, that may be one of titles; None where known titles tell it, or where no row may be."""
    rows = sheet.rows[:HEADER_WITHIN]
    if max((titles.count(row) for row in rows), default=0) >= ENOUGH_TITLES:
        return None
    words = [sum(isinstance(cell, str) and bool(cell.strip()) for cell in row) for row in rows]
    return next((place for place, count in enumerate(words, start=1) if count >= WORDS), None)

"""Tranches of a payment: their number, as establishments write it."""

import re

from clact_model.intake.values.outcome import Read, RefusalError, quoted
from clact_model.intake.values.text import one_line
from clact_model.reading import Cell
from clact_model.wording import folded

MOST = 99
_WRITING = re.compile(
    r"(?:t(?:ranche)?\s*(?:no?)?\s*)?(?P<number>\d{1,2})(?:\s*(?:re|ere|e|eme|nde?)(?:\s+tranche)?)?", re.ASCII
)


def parse(cell: Cell) -> Read[int]:
    """``2``, ``T2``, ``Tranche 2``, ``2e tranche`` → 2. Raises RefusalError for the rest, and out of 1..99."""
    whole = isinstance(cell, int) or (isinstance(cell, float) and cell.is_integer())
    if isinstance(cell, str) or (whole and not isinstance(cell, bool)):
        found = _WRITING.fullmatch(folded(one_line(cell)))
        if found and 1 <= int(found["number"]) <= MOST:
            return Read(int(found["number"]))
    raise RefusalError(f"{quoted(cell)} n'est pas un numéro de tranche : écrivez 1, 2, 3…, ou laissez la cellule vide.")

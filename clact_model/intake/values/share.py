"""Percentages, kept as shares 0..1 with six decimals."""

import re
from decimal import Decimal

from clact_model import formats
from clact_model.intake.values.numeral import exact, rounded, within
from clact_model.intake.values.outcome import Read, RefusalError, quoted
from clact_model.intake.values.text import one_line
from clact_model.reading import Cell

NOUN = "un pourcentage"
EXAMPLE = "9,5 %"


def parse(cell: Cell) -> Read[Decimal]:
    """``9,5 %`` and 0.095 give 0.095; 9.5 without a sign is taken for per cent, and said; so is more than 100 %.

    Raises RefusalError for words, negative shares, more than 100 without a sign or 1000 % with one.
    """
    text = one_line(cell)
    if isinstance(cell, str) and text.endswith("%"):
        value = _number(text.removesuffix("%").strip()) / 100
        within(value, 0, 10, cell, NOUN)
        return Read(rounded(value, 6), f"{quoted(cell)} dépasse 100 % : vérifiez ce taux." if value > 1 else None)
    value = _number(cell)
    within(value, 0, 100, cell, NOUN)
    if value < 1:
        return Read(rounded(value, 6))
    if value == 1:
        if isinstance(cell, float | int):
            return Read(rounded(value, 6))
        raise RefusalError(f"{quoted(cell)} se lit de deux façons : écrivez 1 % ou 100 %.")
    percent = rounded(value / 100, 6)
    return Read(
        percent, f"{quoted(cell)} est lu comme {formats.number(value)} % : écrivez le signe % pour le confirmer."
    )


def _number(cell: Cell) -> Decimal:
    # No percentage has thousands: « 12,345 » is read in one way only.
    if isinstance(cell, str) and re.fullmatch(r"[0-9]{1,3}[.,][0-9]{1,12}", one_line(cell)):
        return Decimal(one_line(cell).replace(",", "."))
    return exact(cell, NOUN, EXAMPLE)

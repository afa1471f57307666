"""Amounts in euros: ``Decimal`` with two places, rounded half up on the shortest decimal form."""

import re
from decimal import Decimal

from clact_model import formats
from clact_model.intake.values.numeral import decimals, exact, rounded, within
from clact_model.intake.values.outcome import Read
from clact_model.intake.values.text import one_line
from clact_model.reading import Cell

LARGEST = Decimal("999999999999.99")
_UNIT = re.compile(r"\s*(?P<unit>k\s?€|k\s?eur(?:os?)?|€|eur|euros?)?\s*(?:ttc|ht|t\.t\.c\.|h\.t\.)?\s*", re.IGNORECASE)
_WORDS = re.compile(rf"(?:(?P<before>€|eur)\s*)?(?P<number>[^a-zA-Z€]*?){_UNIT.pattern}", re.IGNORECASE)


def parse(cell: Cell) -> Read[Decimal]:
    """``12 500,00 €``, ``12.500,00``, ``12,5 k€``, a number cell.

    Raises RefusalError for words, booleans, negative amounts, and ``12.500``, which could be two amounts.
    """
    exact_value = _exact(cell)
    within(exact_value, 0, LARGEST, cell, "un montant")
    return _to_the_cent(exact_value, cell)


def parse_signed(cell: Cell) -> Read[Decimal]:
    """An amount that may be below 0, as a credit note writes it. Raises RefusalError as :func:`parse` does otherwise."""
    exact_value = _exact(cell)
    within(exact_value, -LARGEST, LARGEST, cell, "un montant")
    return _to_the_cent(exact_value, cell)


def _exact(cell: Cell) -> Decimal:
    number, factor = _without_unit(cell)
    return exact(number, "un montant", "12 500,00") * factor


def _to_the_cent(exact_value: Decimal, cell: Cell) -> Read[Decimal]:
    value = rounded(exact_value, 2)
    if isinstance(cell, str) and decimals(exact_value.normalize()) > 2:
        return Read(value, f"Le montant a plus de deux décimales : arrondi à {formats.euros(value)}.")
    return Read(value)


def parse_thousands(cell: Cell) -> Read[Decimal]:
    """An amount under a header in k€. Raises RefusalError as :func:`parse` does."""
    value, notice, gravite = parse(cell)
    within(value * 1000, 0, LARGEST, cell, "un montant")
    return Read(value * 1000, notice, gravite)


def _without_unit(cell: Cell) -> tuple[Cell, int]:
    """The number alone, and what its unit multiplies it by; a cell of another shape goes on as it is."""
    if not isinstance(cell, str):
        return cell, 1
    words = _WORDS.fullmatch(one_line(cell))
    if words is None or not words["number"].strip():
        return cell, 1
    unit = (words["unit"] or "").casefold()
    if words["before"] and unit:
        return cell, 1
    return words["number"].strip(), 1000 if unit.startswith("k") else 1

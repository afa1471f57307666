"""Numbers as French people write them, read exactly and never guessed."""

import math
import re
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from clact_model.intake.values.outcome import Read, RefusalError, quoted
from clact_model.intake.values.text import one_line
from clact_model.reading import Cell

# Only these writings can be read in one way. « 12.500 » and « 12,500 » cannot: thousands or decimals?
_PLAIN = r"[0-9]+(?:[.,][0-9]{1,2})?"
_LONG_DECIMALS = r"(?:0|[0-9]{4,})[.,][0-9]{3,}|[0-9]+[.,][0-9]{4,}"
LONGEST = 40
_UNITS = [Decimal(1).scaleb(-places) for places in range(7)]
_SPACED = r"[0-9]{1,3}(?:[ '’][0-9]{3})+(?:[.,][0-9]+)?"
_DOTTED = r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,2}|[0-9]{1,3}(?:\.[0-9]{3}){2,}"
_NUMBER = re.compile(rf"[-−+]?(?:{_PLAIN}|{_LONG_DECIMALS}|{_SPACED}|{_DOTTED})")
_AMBIGUOUS = re.compile(r"[0-9]{1,3}[.,][0-9]{3}")


class AmbiguousError(RefusalError):
    """A number that can be read in two ways: ``12.500``. Another cell of its row may tell which."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{quoted(text)} se lit de deux façons (milliers ou décimales) : "
            f"écrivez {text[:-4]} {text[-3:]} ou {text[:-4]},{text[-3:-1]}."
        )
        self.readings = Decimal(text[:-4] + text[-3:]), Decimal(f"{text[:-4]}.{text[-3:]}")
        """As thousands, as decimals."""


def exact(cell: Cell, noun: str, example: str) -> Decimal:
    """The one number that a cell holds: the shortest decimal form of a float.

    ``noun`` names what was expected (« un montant »). Raises RefusalError for words, booleans, dates, and what could be
    read in two ways.
    """
    match cell:
        case bool() | date() | time() | timedelta() | None:
            pass
        case int():
            return Decimal(cell)
        case float():
            if math.isfinite(cell):
                return Decimal(repr(cell))
        case str():
            return _from_text(one_line(cell), noun, example)
    raise RefusalError(f"{quoted(cell)} n'est pas {noun} : écrivez un nombre seul, par exemple {example}.")


def _from_text(text: str, noun: str, example: str) -> Decimal:
    if _AMBIGUOUS.fullmatch(text) and text[0] != "0":
        raise AmbiguousError(text)
    if len(text) > LONGEST or not _NUMBER.fullmatch(text):
        raise RefusalError(f"{quoted(text)} n'est pas {noun} : écrivez un nombre seul, par exemple {example}.")
    digits = re.sub("[ '’]", "", text).replace("−", "-")
    if "," in digits or digits.count(".") > 1:
        digits = digits.replace(".", "").replace(",", ".")
    return Decimal(digits)


def rounded(value: Decimal, places: int) -> Decimal:
    """Half up, as an accountant rounds."""
    return value.quantize(_UNITS[places], ROUND_HALF_UP)


def decimals(value: Decimal) -> int:
    """How many decimals were written."""
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def within(value: Decimal, least: Decimal | int, most: Decimal | int, cell: Cell, noun: str) -> None:
    """Raises RefusalError for a value outside of what the field can hold."""
    if value < least == 0:
        raise RefusalError(f"{quoted(cell)} est négatif : {noun} ne peut pas l'être, corrigez le signe.")
    if not least <= value <= most:
        raise RefusalError(f"{quoted(cell)} est trop grand pour {noun} : vérifiez l'unité et les décimales.")


def parse_whole(cell: Cell) -> Read[int]:
    """A count, never negative. Raises RefusalError for decimals too."""
    value = exact(cell, "un nombre entier", "120")
    if value != value.to_integral_value():
        raise RefusalError(
            f"{quoted(cell)} n'est pas un nombre entier : écrivez un nombre sans décimales, par exemple 120."
        )
    within(value, 0, 10**12, cell, "un nombre entier")
    return Read(int(value))


def parse_number(cell: Cell) -> Read[Decimal]:
    """A number with two decimals, never negative."""
    value = exact(cell, "un nombre", "12,5")
    within(value, 0, Decimal("9999999999.99"), cell, "un nombre")
    return Read(rounded(value, 2))


def parse_grade(cell: Cell) -> Read[Decimal]:
    """A grade from 0 to 5. Raises RefusalError outside."""
    value = exact(cell, "une note", "3,5")
    if not 0 <= value <= 5:
        raise RefusalError(f"{quoted(cell)} n'est pas une note de 0 à 5 : corrigez la note.")
    return Read(rounded(value, 2))

"""Amounts, shares, counts and dates as French people write them (CLDR, through Babel).

Shares and days are remembered: the same parameters are worded thousands of times in the messages of a call.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal, format_percent

LOCALE = "fr_FR"
CENT = Decimal("0.01")
UNKNOWN = "—"
"""What stands for an unknown value, never 0."""


def euros(amount: Decimal | int | None) -> str:
    """``Decimal("1234.5")`` → ``1 234,50 €``; None → ``—``."""
    if amount is None:
        return UNKNOWN
    # By hand: Babel, whose text this is (a test holds them equal), takes a tenth of a millisecond for each.
    rounded = Decimal(amount).quantize(CENT, ROUND_HALF_EVEN)
    return f"{rounded:,}".replace(",", "\u202f").replace(".", ",") + "\u00a0€"


def whole_euros(amount: Decimal | int | None) -> str:
    """``Decimal("1234.60")`` → ``1 235 €``: for headline figures only."""
    if amount is None:
        return UNKNOWN
    return format_currency(amount, "EUR", format="#,##0 ¤", locale=LOCALE, currency_digits=False)


@lru_cache(maxsize=4096)
def share(value: Decimal | None) -> str:
    """A share 0..1 → ``12,3 %``."""
    return UNKNOWN if value is None else format_percent(value, format="#,##0.#\u202f%", locale=LOCALE)


def rate(value: Decimal | None) -> str:
    """A rate 0..1 solved to the cent of an envelope → ``38,4127 %``: four decimals, where a share has one."""
    return UNKNOWN if value is None else format_percent(value, format="#,##0.####\u202f%", locale=LOCALE)


def number(value: Decimal | int | None) -> str:
    """``12345`` → ``12 345``; decimals kept as they are."""
    return UNKNOWN if value is None else format_decimal(value, locale=LOCALE, decimal_quantization=False)


@lru_cache(maxsize=4096)
def day(value: date | None) -> str:
    """``31/01/2026``."""
    return UNKNOWN if value is None else format_date(value, "dd/MM/yyyy", locale=LOCALE)


def long_day(value: date | None) -> str:
    """``31 janvier 2026``, ``1er janvier 2026``."""
    return UNKNOWN if value is None else _first(format_date(value, "long", locale=LOCALE))


def day_of_year(value: date) -> str:
    """``30 mars``, ``1er mars``, whatever the year."""
    return _first(format_date(value, "d MMMM", locale=LOCALE))


def _first(words: str) -> str:
    # The locale counts the first of a month as any other day; French does not.
    return f"1er{words[1:]}" if words.startswith("1 ") else words


def moment(value: datetime | None) -> str:
    """``31/01/2026 à 14:05``, in the zone that the value carries."""
    return (
        UNKNOWN if value is None else format_datetime(value, "dd/MM/yyyy 'à' HH:mm", tzinfo=value.tzinfo, locale=LOCALE)
    )


def yes_no(value: bool | None) -> str:
    """``oui``, ``non``, or ``—`` when unknown."""
    return UNKNOWN if value is None else ("oui" if value else "non")


def plural(count: int, singular: str, many: str | None = None) -> str:
    """``1 dossier``, ``2 dossiers``, ``0 dossier``."""
    return f"{number(count)} {singular if count < 2 else (many or singular + 's')}"

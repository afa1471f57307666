"""Amounts, shares and dates as French people write them."""

from datetime import date
from decimal import Decimal

from babel.numbers import format_currency
from hypothesis import given
from hypothesis import strategies as st

from clact_model import formats


@given(st.decimals("-999999999999.99", "999999999999.99", places=2))
def test_an_amount_reads_as_the_french_standard_says(amount: Decimal) -> None:
    assert formats.euros(amount) == format_currency(amount, "EUR", locale="fr_FR")


def test_unknown_is_a_dash_and_never_zero() -> None:
    assert formats.euros(None) == formats.share(None) == formats.number(None) == formats.day(None) == "—"


def test_shares_dates_and_plurals() -> None:
    assert formats.share(Decimal("0.123")) == "12,3\u202f%"
    assert formats.day(date(2026, 1, 31)) == "31/01/2026"
    assert formats.plural(0, "dossier") == "0 dossier"
    assert formats.plural(2, "dossier") == "2 dossiers"
    assert formats.plural(1200, "cheval", "chevaux") == "1\u202f200 chevaux"


def test_the_first_of_a_month_is_an_ordinal() -> None:
    assert formats.long_day(date(2026, 3, 1)) == "1er mars 2026"
    assert formats.long_day(date(2026, 3, 11)) == "11 mars 2026"
    assert formats.day_of_year(date(2024, 9, 1)) == "1er septembre"
    assert formats.day_of_year(date(2024, 9, 21)) == "21 septembre"

"""Amounts, shares, counts: what one cell is read as, and what is refused rather than guessed."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clact_model import formats
from clact_model.intake.values import (
    Cell,
    amount,
    numeral,
    share,
)
from tests.intake.cells import refused


@pytest.mark.parametrize(
    ("written", "cents"),
    [
        ("1 234,56", 123456),
        ("1\u00a0234,56 €", 123456),
        ("1\u202f234,56\u00a0€", 123456),
        ("1234,5", 123450),
        ("12 500", 1250000),
        ("12.500,00", 1250000),
        ("12 500 € TTC", 1250000),
        ("12 500 euros HT", 1250000),
        ("1.234.567,89 EUR", 123456789),
        ("1234.56", 123456),
        ("1'234,56", 123456),
        ("0,5 k€", 50000),
        ("12 k€", 1200000),
        ("0", 0),
        (1234.565, 123457),
        (2.675, 268),
        (0.1 + 0.2, 30),
        (8000.000000001, 800000),
        (12, 1200),
    ],
)
def test_french_writings_of_an_amount_give_it_to_the_cent(written: Cell, cents: int) -> None:
    assert amount.parse(written).value * 100 == cents


@pytest.mark.parametrize(
    "written",
    [
        "voir devis",
        "environ 5000",
        "5000-6000",
        "12 500 + 3 000",
        "12.500",
        "12,500",
        "1,234.56",
        "-500",
        "1e5",
        "NaN",
        "12 5",
        "10 %",
        "cinq mille",
        "5000 $",
        "1²",
        "٣",
        True,
        False,
        float("nan"),
        float("inf"),
        -1,
        1e13,
        "9" * 5000,
        date(2026, 1, 1),
        time(9, 30),
        timedelta(hours=30),
    ],
)
def test_what_is_not_one_amount_is_refused(written: Cell) -> None:
    assert "«" in refused(amount.parse, written)


def test_an_ambiguous_amount_is_refused_with_its_two_readings() -> None:
    assert "12 500 ou 12,50" in refused(amount.parse, "12.500")


def test_an_amount_written_with_more_than_two_decimals_is_rounded_and_said() -> None:
    assert amount.parse("1234,567") == (
        Decimal("1234.57"),
        f"Le montant a plus de deux décimales : arrondi à {formats.euros(Decimal('1234.57'))}.",
        "avertissement",
    )


@pytest.mark.parametrize(
    ("written", "value"),
    [("9,5 %", "0.095"), ("9.5%", "0.095"), (0.095, "0.095"), ("12,345 %", "0.12345"), (1.0, "1"), ("100 %", "1")],
)
def test_a_percentage_is_kept_as_a_share(written: Cell, value: str) -> None:
    assert share.parse(written) == (Decimal(value), None, "avertissement")


def test_a_percentage_above_1_without_its_sign_is_taken_for_per_cent_and_said() -> None:
    value, notice, _ = share.parse(9.5)
    assert value == Decimal("0.095")
    assert notice


@pytest.mark.parametrize("written", ["1", "beaucoup", -0.1, 250, "1001 %", True])
def test_a_percentage_that_could_be_two_or_none_is_refused(written: Cell) -> None:
    assert refused(share.parse, written)


def test_counts_numbers_and_grades() -> None:
    assert numeral.parse_whole("1 200").value == 1200
    assert numeral.parse_whole(120.0).value == 120
    assert numeral.parse_number("12,5").value == Decimal("12.50")
    assert numeral.parse_grade(3.5).value == Decimal("3.50")
    assert "entier" in refused(numeral.parse_whole, 1.5)
    assert "0 à 5" in refused(numeral.parse_grade, 6)


AMOUNTS = st.decimals(0, 999_999_999_999, places=2)


@given(AMOUNTS)
def test_an_amount_shown_and_read_again_is_the_same(value: Decimal) -> None:
    assert amount.parse(formats.euros(value)).value == value
    assert amount.parse(str(value)).value == value


def test_a_share_above_100_per_cent_is_said() -> None:
    value, notice, gravite = share.parse("950 %")
    assert (value, gravite) == (Decimal("9.5"), "avertissement")
    assert notice is not None and "dépasse 100 %" in notice
    assert share.parse("100 %").notice is None


@given(st.decimals(0, 10, places=4))
def test_a_share_written_with_its_sign_and_read_again_is_the_same(value: Decimal) -> None:
    assert share.parse(f"{str(value * 100).replace('.', ',')} %").value == value

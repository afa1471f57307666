"""The forecast: the same for a seed, never more than the grant, silent on too few cases."""

from datetime import date
from decimal import Decimal

import pytest

from clact_model.consumption import FEWEST, Pace, forecast
from clact_model.consumption.pace import TENTHS

LAST = date(2026, 12, 31)


def over(name: str, shares: list[float]) -> Pace:
    """An account whose time is over: its share at each tenth."""
    return Pace((name, "aide"), LAST, 100_000_00, shares[-1], shares[-1], TENTHS, tuple(shares), True)


def running(name: str, shares: list[float], kept: float = 1.0) -> Pace:
    return Pace((name, "aide"), LAST, 100_000_00, kept, shares[-1], len(shares) - 1, tuple(shares), False)


def steady(last: float) -> list[float]:
    return [last * tenth / TENTHS for tenth in range(TENTHS + 1)]


PAST = [over(f"P{n}", steady(0.5 + n / 60)) for n in range(30)]
"""From half of the grant to nearly all of it."""


def test_the_same_seed_gives_the_same_figures_and_another_one_others() -> None:
    one = running("A", steady(0.7)[:6])
    first, again = (forecast([one], PAST, seed=1).of([one.account]) for _ in range(2))
    assert first == again
    assert forecast([one], PAST, seed=2).of([one.account]) != first


def test_an_account_fully_consumed_is_forecast_as_it_stands() -> None:
    one = running("A", [0.0, 0.4, 1.0])
    spread = forecast([one], PAST).of([one.account])
    assert spread is not None
    assert spread.low == spread.median == spread.high == 100_000


def test_an_account_that_is_over_stays_where_it_is_without_any_case() -> None:
    spread = forecast([over("A", steady(0.62))], []).of([("A", "aide")])
    assert spread is not None
    assert (spread.median, spread.cases) == (62_000, 0)


@pytest.mark.parametrize("others", [0, FEWEST - 1])
def test_too_few_cases_give_no_forecast(others: int) -> None:
    one = running("A", steady(0.7)[:6])
    found = forecast([one], PAST[:others])
    assert found.of([one.account]) is None
    assert not found.cases


def test_it_says_how_many_cases_it_rests_on() -> None:
    one = running("A", steady(0.7)[:6])
    assert forecast([one], PAST[:12]).cases == {one.account: 12}


def test_who_consumed_more_so_far_is_forecast_no_less() -> None:
    medians = []
    for last in (0.5, 0.6, 0.7, 0.8, 0.9):
        one = running("A", steady(last)[:6])
        spread = forecast([one], PAST).of([one.account])
        assert spread is not None
        assert spread.low <= spread.median <= spread.high
        medians.append(spread.median)
    assert medians == sorted(medians)


def test_the_end_lies_near_that_of_those_who_went_the_same_way() -> None:
    one = running("A", steady(0.75)[:6])
    spread = forecast([one], PAST).of([one.account])
    assert spread is not None
    assert abs(spread.median - 75_000) < 5_000


def test_what_was_freed_is_not_forecast() -> None:
    one = running("A", steady(0.9)[:6], kept=0.5)
    spread = forecast([one], PAST).of([one.account])
    assert spread is not None
    assert spread.high <= 50_000


def test_those_that_start_alike_are_drawn_from_alike() -> None:
    """Half of those that had consumed nothing consumed all of it in the end, half nothing: neither half comes first."""
    flat = [over(f"N{n}", [0.0] * (TENTHS + 1)) for n in range(50)]
    late = [over(f"L{n}", [0.0] * TENTHS + [1.0]) for n in range(50)]
    many = [running(f"A{n}", [0.0] * 6) for n in range(40)]
    spread = forecast(many, [*flat, *late]).of([one.account for one in many])
    assert spread is not None
    assert Decimal(40) < spread.median / 4_000_000 * 100 < Decimal(60)


def test_a_half_of_accounts_known_to_the_end_is_forecast_by_the_other_half() -> None:
    """What they really consumed lies in the interval, looked at from halfway."""
    hidden = [running(one.account[0], list(one.shares[:6])) for one in PAST[::2]]
    spread = forecast(hidden, PAST[1::2]).of([one.account for one in hidden])
    truth = sum(Decimal(str(one.now)) for one in PAST[::2]) * 100_000
    assert spread is not None
    assert spread.low <= truth <= spread.high

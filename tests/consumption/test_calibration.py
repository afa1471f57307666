"""The spread holds what happened about as often as it says: eight times in ten, of the same kind of accounts."""

from datetime import date
from pathlib import Path
from random import Random

from clact_model import tracking
from clact_model.consumption import Pace, forecast
from clact_model.consumption.pace import TENTHS, paces
from clact_model.consumption.steps import steps
from clact_model.tracking.situation import situations
from tests.consumption.test_watching import paid
from tests.tracking.owing import Owing, d

LAST = date(2026, 12, 31)
PROMISED = 0.8
HALFWAY = 5
TRIALS = 30


def account(name: str, shares: list[float], settled_from: int, upto: int | None = None) -> Pace:
    """Known to its end, or seen up to a tenth."""
    seen = shares if upto is None else shares[: upto + 1]
    settled = settled_from < len(seen)
    kept = shares[settled_from] if settled else 1.0
    last = TENTHS + 1 if not settled else settled_from
    over = settled or len(seen) > TENTHS
    return Pace((name, "aide"), LAST, 10_000_00, kept, seen[-1], len(seen) - 1, tuple(seen), over, last)


def life(random: Random) -> tuple[list[float], int]:
    """One account: it gives up early what it does not consume, or goes on by whole invoices until all is consumed or time is over."""
    if random.random() < 0.35:
        end, stop = random.uniform(0.4, 0.9), random.randint(2, 6)
        return [min(end, end * tenth / stop) for tenth in range(TENTHS + 1)], stop
    shares = [0.0]
    for _ in range(TENTHS):
        shares.append(min(1.0, shares[-1] + random.choice([0.0, 0.0, random.uniform(0.1, 0.4)])))
    return shares, next((tenth for tenth, share in enumerate(shares) if share == 1.0), TENTHS + 1)


def test_the_spread_of_a_sum_holds_the_outcome_about_as_often_as_it_promises() -> None:
    held = 0
    for trial in range(TRIALS):
        random = Random(trial)
        past = [account(f"P{n}", *life(random)) for n in range(100)]
        lives = {(f"A{n}", "aide"): life(random) for n in range(40)}
        found = forecast([account(name, *one, upto=HALFWAY) for (name, _), one in lives.items()], past)
        accounts = list(found.cases)
        spread = found.of(accounts)
        assert spread is not None
        held += spread.low <= sum(round(lives[key][0][-1] * 10_000) for key in accounts) <= spread.high
    assert abs(held / TRIALS - PROMISED) <= 0.15


def test_what_was_settled_lends_its_standstill_to_nobody() -> None:
    """Half gave back the rest at the second tenth, half went on to all of it: who still has something to come is of these."""
    settled = [account(f"S{n}", [0.0, 0.25] + [0.5] * 9, 2) for n in range(20)]
    going = [account(f"G{n}", [0.0, 0.25] + [0.5] * 5 + [0.6, 0.8, 1.0, 1.0], 9) for n in range(20)]
    one = account("A", [0.0, 0.25] + [0.5] * 4, TENTHS + 1)
    spread = forecast([one], [*settled, *going]).of([one.account])
    assert spread is not None
    assert (spread.low, spread.median) == (10_000, 10_000)


def test_who_draws_one_that_gave_up_the_rest_stays_where_it_stood_then() -> None:
    """All that reached the half gave up the rest at the next tenth: nobody goes beyond, whoever else did."""
    settled = [account(f"S{n}", [0.0, 0.5] + [0.5] * 9, 2) for n in range(20)]
    later = [account(f"L{n}", [0.0, 0.0, 0.5] + [1.0] * 8, 3) for n in range(20)]
    one = account("A", [0.0, 0.5], TENTHS + 1)
    spread = forecast([one], [*settled, *later]).of([one.account])
    assert spread is not None
    assert (spread.low, spread.high) == (5_000, 5_000)


def test_what_is_left_of_a_tenth_brings_a_whole_invoice_or_none() -> None:
    nothing = [account(f"N{n}", [0.5] * 11, TENTHS + 1) for n in range(10)]
    all_of_it = [account(f"T{n}", [0.5] * 10 + [1.0], TENTHS) for n in range(10)]
    one = Pace(("A", "aide"), LAST, 10_000_00, 1.0, 0.5, 9.5, (0.5,) * 10, False)
    spread = forecast([one], [*nothing, *all_of_it]).of([one.account])
    assert spread is not None
    assert (spread.low, spread.median, spread.high) == (5_000, 5_000, 10_000)


def test_it_rests_on_those_that_still_had_something_to_come_where_it_is_now() -> None:
    settled = [account(f"S{n}", [0.0, 0.5] + [0.5] * 9, 1) for n in range(30)]
    going = [account(f"G{n}", [0.0, 0.5] + [0.5] * 8 + [1.0], TENTHS) for n in range(12)]
    one = account("A", [0.0, 0.5], TENTHS + 1)
    assert forecast([one], [*settled, *going]).cases == {one.account: 12}
    assert not forecast([one], [*settled, *going[:9]]).cases


def test_an_account_is_settled_from_the_tenth_at_which_the_ledger_says_so(tmp_path: Path) -> None:
    """Signed on 1 November 2024, to be consumed by the end of 2026: a tenth is 88 days."""
    one = paid(tmp_path)
    one.spend("2025-03-01", "6000.00")
    assert _pace(one, "2025-12-01").settled_from > TENTHS
    one.do("2026-01-10", tracking.Claim(one.numero, d("2026-01-10"), "Renonce au reste"))
    pace = _pace(one, "2026-03-01")
    assert (pace.settled_from, pace.now, pace.over) == (5, 0.6, True)


def _pace(one: Owing, day: str) -> Pace:
    cursor, seen = one.base.cursor(), d(day)
    known = situations(cursor, one.programme, seen)
    (pace,) = paces(known, steps(cursor, one.programme.id, seen), {(one.numero, "aide"): LAST}, seen)
    return pace

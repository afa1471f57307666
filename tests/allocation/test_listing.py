"""Listing the sets that lose little, against trying every set and against the solver."""

from decimal import Decimal
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clact_model.allocation import Constraint, Settings, by_value, exact, listing, problem, run
from clact_model.allocation.listing import Row
from tests.allocation.builders import line

MOST_LINES = 8
"""Lines of a question that can be tried set by set."""


@st.composite
def questions(draw: st.DrawFn) -> tuple[list[int], list[Row], list[float]]:
    """Values, the money, up to three bounds that may cross, and prices as good as any."""
    count = draw(st.integers(1, MOST_LINES))
    values = draw(st.lists(st.integers(0, 9), min_size=count, max_size=count))
    costs = draw(st.lists(st.integers(1, 12), min_size=count, max_size=count))
    rows = [Row(dict(enumerate(costs)), high=draw(st.integers(0, 40)))]
    for _ in range(draw(st.integers(0, 3))):
        members = draw(st.sets(st.integers(0, count - 1), min_size=1))
        counted = {column: costs[column] for column in sorted(members)}
        low = draw(st.booleans())
        rows.append(Row(counted, low=draw(st.integers(1, 15))) if low else Row(counted, high=draw(st.integers(0, 25))))
    return values, rows, [draw(st.integers(-4, 4)) / 4 for _ in rows]


def _holds(rows: list[Row], columns: tuple[int, ...]) -> bool:
    totals = [sum(row.counted.get(column, 0) for column in columns) for row in rows]
    return all((r.low or 0) <= t and (r.high is None or t <= r.high) for r, t in zip(rows, totals, strict=True))


@settings(max_examples=120)
@given(questions())
def test_whatever_the_prices_the_best_of_all_sets_is_found_and_among_equals_the_cheapest(question):
    values, rows, prices = question
    every = (tuple(c for c, kept in enumerate(bits) if kept) for bits in product((0, 1), repeat=len(values)))
    holding = [columns for columns in every if _holds(rows, columns)]
    found = listing.best(values, rows, prices, lambda columns: _holds(rows, tuple(columns)))
    if not holding:
        assert found is None
        return

    def worth(columns: tuple[int, ...]) -> tuple[int, int]:
        return sum(values[c] for c in columns), -sum(rows[0].counted[c] for c in columns)

    assert found is not None
    assert tuple(found) in holding
    assert worth(tuple(found)) == max(map(worth, holding))


def _call(seed: int, count: int) -> tuple[list, Settings]:
    """Lines of ten départements, each under a bound that binds."""
    random = Random(seed)
    lines = [
        line(
            f"D{place:04}",
            str(Decimal(random.randrange(200_000, 9_000_000)) / 100),
            place,
            score=Decimal(random.randrange(1_000_000)) / 10_000,
            groups={"departement": str(random.randrange(10))},
        )
        for place in range(1, count + 1)
    ]
    envelope = Decimal(sum(own.limit for own in lines) * 2 // 5) / 100
    bounds = tuple(
        Constraint("departement", str(i), "min" if i < 5 else "max", part=Decimal("0.11" if i < 5 else "0.09"))
        for i in range(10)
    )
    return lines, Settings(envelope, strategie="optimum", contraintes=bounds)


@pytest.mark.parametrize("seed", range(3))
def test_under_ten_bounds_that_bind_the_list_is_short_and_the_solver_finds_no_better(seed):
    lines, asked = _call(seed, 120)
    bounds = problem.bounds(lines, asked.contraintes, asked.enveloppe)
    posed = problem.Problem(lines, int(asked.enveloppe * 100), asked, bounds)
    values = by_value.values(posed)
    model = exact._Model(posed, {})
    listed = model.listed(values)
    assert listed is not None
    model.maximise(exact._objective(posed, values))
    solved = model.solve().amounts
    assert sum(values[place] for place in listed) == sum(values[place] for place in solved)
    assert run(lines, asked).proven


def test_a_thousand_lines_under_ten_bounds_that_bind_need_no_solver_but_for_the_prices():
    lines, asked = _call(7, 1_000)
    bounds = problem.bounds(lines, asked.contraintes, asked.enveloppe)
    posed = problem.Problem(lines, int(asked.enveloppe * 100), asked, bounds)
    assert exact._Model(posed, {}).listed(by_value.values(posed)) is not None

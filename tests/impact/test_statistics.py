"""The difference between two groups on cases worked out by hand."""

from decimal import Decimal

import pytest

from clact_model.impact import TOO_FEW, statistics
from clact_model.impact.comparing import MEASURES, NO_PROOF, Comparison, Group
from clact_model.impact.statistics import difference

SMALLEST = Decimal("0.01")


def test_the_gap_is_the_mean_change_of_one_group_less_that_of_the_other():
    found = difference([-2, -1, -3], [1, 0])
    assert found is not None
    assert found.ecart == pytest.approx(-2.5)
    assert found.bas is not None
    assert found.haut is not None
    assert found.bas <= found.ecart <= found.haut


def test_groups_that_never_vary_have_an_interval_of_nothing():
    found = difference([-1, -1, -1], [2, 2])
    assert found == statistics.Difference(-3, -3, -3)


def test_the_interval_is_that_of_two_coins():
    # Each mean of two draws from {0, 1} is 0, ½ or 1 with ¼, ½, ¼; their difference is ±1 once in sixteen: 95 % spans it all.
    found = difference([0, 1], [0, 1])
    assert found is not None
    assert (found.ecart, found.bas, found.haut) == (0, -1, 1)


def test_one_value_gives_a_gap_and_no_interval_and_none_gives_nothing():
    found = difference([1], [0, 2])
    assert found == statistics.Difference(0, None, None)
    assert difference([], [1, 2]) is None
    assert difference([1, 2], []) is None


def test_the_same_seed_gives_the_same_interval_and_groups_of_any_size_are_drawn():
    many = [float(n % 7) for n in range(3000)]
    first, again, other = difference(many, [1, 2, 4]), difference(many, [1, 2, 4]), difference(many, [1, 2, 4], seed=2)
    assert first == again
    assert first != other


def comparison(n: int, bas: str, haut: str) -> Comparison:
    group = Group(n, 2, SMALLEST, SMALLEST, SMALLEST)
    return Comparison(MEASURES[0], group, group, SMALLEST, Decimal(bas), Decimal(haut))


def test_too_few_is_said_with_the_threshold_and_no_proof_is_always_said():
    few, enough = comparison(TOO_FEW - 1, "0.01", "0.02"), comparison(TOO_FEW, "0.01", "0.02")
    assert few.too_few
    assert f"il en faut au moins {TOO_FEW}" in few.warnings[0]
    assert enough.warnings == [NO_PROOF]


def test_an_interval_that_holds_zero_is_said_to_tell_nothing():
    assert "contient zéro" in comparison(TOO_FEW, "-0.01", "0.02").warnings[0]

"""Missing data bounded: nothing that it may turn out to be leads further."""

from dataclasses import replace
from decimal import Decimal
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import settings as tried
from hypothesis import strategies as st

from clact_model import allocation, robustness
from clact_model.allocation import Settings
from clact_model.robustness import Law, Subject
from tests.robustness.builders import BY_RANK, funded, ranked, settings, subject, subjects

MOST_GAPS = 5


def completed(subject: Subject, values: np.ndarray) -> list[allocation.Line]:
    return ranked(subject, values, list(subject.weights.values()))


def case(subject: Subject, row: int, own: np.ndarray, others: np.ndarray) -> list[allocation.Line]:
    values = others.copy()
    values[row] = own[row]
    return completed(subject, values)


@tried(max_examples=40)
@given(st.data())
def test_the_bounds_are_the_extreme_places_over_all_that_the_data_may_turn_out_to_be(data):
    studied = data.draw(subjects(most=5))
    gaps = np.argwhere(studied.values.low != studied.values.high)
    assume(len(gaps) <= MOST_GAPS)
    found = robustness.run(studied, data.draw(settings(studied, "classement")), Law(1))
    reached: dict[str, set[int]] = {line.numero: set() for line in studied.lines}
    for filling in product((0.0, 0.4, 1.0), repeat=len(gaps)):
        values = studied.values.low.copy()
        for (row, criterion), value in zip(gaps, filling, strict=True):
            values[row, criterion] = value
        for line in completed(studied, values):
            reached[line.numero].add(line.position or 0)
    for line in found.lines:
        places = reached[line.today.line.numero]
        assert (line.missing.best, line.missing.worst) == (min(places), max(places))


@pytest.mark.parametrize("strategie", BY_RANK)
@tried(max_examples=30)
@given(st.data())
def test_the_best_and_worst_cases_are_funded_as_the_allocation_says(strategie, data):
    studied = data.draw(subjects())
    chosen = data.draw(settings(studied, strategie))
    values = studied.values
    by_numero = {line.today.line.numero: line.missing for line in robustness.run(studied, chosen, Law(1)).lines}
    for row, (numero, _) in enumerate(values.keys):
        best = allocation.run(case(studied, row, own=values.high, others=values.low), chosen)
        worst = allocation.run(case(studied, row, own=values.low, others=values.high), chosen)
        assert by_numero[numero].funded_at_best == (numero in funded(best))
        assert by_numero[numero].funded_at_worst == (numero in funded(worst))


@tried(max_examples=30)
@given(st.data())
def test_without_a_gap_nothing_is_uncertain(data):
    studied = data.draw(subjects())
    whole = replace(studied, values=replace(studied.values, high=studied.values.low))
    for line in robustness.run(whole, data.draw(settings(studied, "classement_continu")), Law(1)).lines:
        missing = line.missing
        assert missing.criteria == ()
        assert {missing.best, missing.worst} == {line.today.line.position}
        assert {missing.funded_at_best, missing.funded_at_worst} == {line.today.funded}


def test_what_the_others_lack_may_put_a_line_out_and_what_it_lacks_may_bring_it_in():
    two = subject(["60", "60"], low=[0.5, 0.0], high=[0.5, 1.0])
    one, other = (line.missing for line in robustness.run(two, Settings(Decimal(100)), Law(1)).lines)
    assert (one.best, one.worst, one.funded_at_best, one.funded_at_worst) == (1, 2, True, False)
    assert (other.best, other.worst, other.funded_at_best, other.funded_at_worst) == (1, 2, True, False)
    assert (one.criteria, other.criteria) == ((), ("c0",))

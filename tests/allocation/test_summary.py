"""The figures of a screen add up to what the allocation says."""

from decimal import Decimal

from hypothesis import given

from clact_model.allocation import summary
from tests.allocation.builders import allocate, calls, codes, euros, line


@given(calls(), codes, euros(300), euros(50))
def test_the_parts_of_the_envelope_always_add_up_to_it(lines, strategie, enveloppe, reserve):
    reserve = min(reserve, enveloppe)
    result = allocate(lines, str(enveloppe), strategie, reserve=reserve)
    assert sum(summary.parts(result).values()) == enveloppe


@given(calls(), codes, euros(300))
def test_what_capping_takes_away_is_the_sum_of_what_it_takes_from_each(lines, strategie, enveloppe):
    result = allocate(lines, str(enveloppe), strategie)
    asked = summary.demand(outcome.line for outcome in result.lines)
    capped = summary.capped(result)
    assert sum(one.taken_away for one in capped) == asked.taken_away
    assert len(capped) == asked.capped_lines


@given(calls(), codes, euros(300))
def test_never_more_is_granted_than_is_possible(lines, strategie, enveloppe):
    asked = summary.demand(lines)
    assert allocate(lines, str(enveloppe), strategie).granted <= asked.possible <= asked.fundable_requested
    assert asked.fundable_requested <= asked.requested


def test_what_is_conditional_is_a_part_of_its_own():
    lines = [line("A", "10", 1), line("B", "5", 2, standing="conditionnel")]
    parts = summary.parts(allocate(lines, "20", inclure=frozenset({"a_verifier"})))
    assert parts == {"accorde": 10, "conditionnel": 5, "reserve": 0, "reste": 5}


def test_a_dossier_with_two_funded_lines_counts_once():
    lines = [line("A", "10", 1, ligne=1), line("A", "5", 2, ligne=2)]
    assert summary.funded_dossiers(allocate(lines, "20", unite="action")) == 1
    assert summary.demand(lines).dossiers == 1


@given(calls(), euros(9_000_000))
def test_the_slider_reaches_twice_the_envelope_and_all_that_may_be_granted(lines, enveloppe):
    asked = summary.demand(lines)
    largest, step = summary.span(asked, enveloppe)
    assert largest >= 2 * enveloppe
    assert largest >= asked.possible
    assert largest % step == 0
    assert 100 <= largest / step <= 1000


def test_the_largest_loss_comes_first():
    lines = [line("A", "10", 1, requested=Decimal(12)), line("B", "10", 2, requested=Decimal(20)), line("C", "5", 3)]
    result = allocate(lines, "30")
    assert [(one.outcome.line.numero, one.taken_away) for one in summary.capped(result)] == [("B", 10), ("A", 2)]

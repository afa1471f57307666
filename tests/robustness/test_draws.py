"""Many draws at once say what the allocation says of each, one after the other."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st

from clact_model import allocation, robustness
from clact_model.allocation import Settings
from clact_model.errors import UsageError
from clact_model.robustness import Law, Robustness, law, serving, tally
from clact_model.robustness.values import Values
from tests.robustness.builders import BY_RANK, laws, long_way, settings, subject, subjects


def shares(found: Robustness) -> dict[str, Decimal]:
    return {line.today.line.numero: line.share for line in found.lines}


@pytest.mark.parametrize("strategie", BY_RANK)
@tried(max_examples=60)
@given(st.data())
def test_shares_and_places_are_those_of_the_allocation_run_draw_by_draw(strategie, data):
    studied = data.draw(subjects())
    chosen = data.draw(settings(studied, strategie))
    drawn = data.draw(laws)
    found = robustness.run(studied, chosen, drawn)
    expected = long_way(studied, chosen, drawn)
    assert not found.one_by_one
    for line in found.lines:
        numero = line.today.line.numero
        places = expected.places[numero]
        assert line.share * drawn.tirages == expected.funded[numero]
        assert (line.ranks.lowest, line.ranks.highest) == (places[0], places[-1])
        for rank, percent in ((line.ranks.low, 5), (line.ranks.median, 50), (line.ranks.high, 95)):
            assert sum(place <= rank for place in places) * 100 >= percent * drawn.tirages
            assert sum(place < rank for place in places) * 100 < percent * drawn.tirages


@pytest.mark.parametrize("strategie", sorted(allocation.STRATEGIES))
@tried(max_examples=15)
@given(st.data())
def test_a_spread_of_nothing_is_the_chosen_allocation_in_every_draw(strategie, data):
    studied = data.draw(subjects())
    chosen = data.draw(settings(studied, strategie))
    found = robustness.run(studied, chosen, Law(3, Decimal(0)))
    for line in found.lines:
        assert line.share == int(line.today.funded)
        assert {line.ranks.lowest, line.ranks.highest} == {line.today.line.position}


@tried(max_examples=40)
@given(st.data())
def test_what_must_hold_of_every_answer(data):
    studied = data.draw(subjects())
    found = robustness.run(studied, data.draw(settings(studied, data.draw(st.sampled_from(BY_RANK)))), data.draw(laws))
    for line in found.lines:
        ranks = line.ranks
        assert 0 <= line.share <= 1
        assert 1 <= ranks.lowest <= ranks.low <= ranks.median <= ranks.high <= ranks.highest <= len(found.lines)
        assert line.share > 0 or line.classe == "hors"
        assert line.share < 1 or line.classe == "noyau"
        assert line.today.line.fundable or line.share == 0
    classes = [line for classe in robustness.CLASSES for line in found.of(classe)]
    assert len(classes) + len(found.out_of_the_running) == len(found.lines)
    assert sum((found.granted(classe) for classe in robustness.CLASSES), Decimal(0)) == found.result.granted


@tried(max_examples=40)
@given(st.data())
def test_the_order_of_the_lines_changes_nothing_and_the_seed_gives_the_same_again(data):
    studied = data.draw(subjects())
    chosen = data.draw(settings(studied, "classement_continu"))
    drawn = data.draw(laws)
    shuffled = replace(studied, lines=tuple(data.draw(st.permutations(studied.lines))))
    assert robustness.run(shuffled, chosen, drawn).to_json() == robustness.run(studied, chosen, drawn).to_json()


@tried(max_examples=40)
@given(st.data())
def test_a_larger_envelope_lowers_no_share_where_the_ranking_is_followed_without_a_gap(data):
    studied = data.draw(subjects())
    chosen = data.draw(settings(studied, "classement"))
    drawn = data.draw(laws)
    larger = replace(chosen, enveloppe=chosen.enveloppe + data.draw(st.integers(0, 50)))
    before, after = (shares(robustness.run(studied, each, drawn)) for each in (chosen, larger))
    assert all(after[numero] >= share for numero, share in before.items())


@tried(max_examples=20)
@given(st.data())
def test_what_can_only_be_allocated_draw_by_draw_is_and_says_so(data):
    """A line that may be funded though it has no place: the ranking alone does not say when it is served."""
    studied = data.draw(subjects())
    chosen = data.draw(settings(studied, "classement_continu"))
    drawn = data.draw(laws)
    unplaced = replace(studied.lines[0], numero="Z", position=None, standing="finançable", ceiling=Decimal(1))
    wider = replace(studied, lines=(*studied.lines, replace(unplaced, requested=Decimal(1))))
    found = robustness.run(wider, chosen, drawn)
    assert found.one_by_one
    # Served after all the others, it takes nothing from them.
    assert shares(found) == shares(robustness.run(studied, chosen, drawn))


@pytest.mark.parametrize("strategie", sorted(allocation.STRATEGIES))
def test_a_draw_that_is_costly_is_made_fewer_times(strategie):
    chosen = Settings(Decimal(100), strategie=strategie)
    most = tally.possible(330, chosen, at_once=serving.follows(chosen))
    assert most == (20_000_000 // 330 if strategie in BY_RANK else 50 if strategie == "optimum" else 200)
    assert tally.possible(10_000, replace(chosen, strategie="classement"), at_once=True) == 2000


def test_draws_lie_evenly_within_the_spread_and_a_weight_of_nothing_stays():
    grids = law.draws([Decimal(2), Decimal(0), Decimal("0.5")], Law(ecart=Decimal("0.3")), 4000)
    factors = grids[:, [0, 2]] / (law.whole([Decimal(2), Decimal("0.5")]) * law.STEPS)
    assert not grids[:, 1].any()
    assert factors.min() >= 0.7
    assert factors.max() <= 1.3
    thirds, _ = np.histogram(factors, bins=3, range=(0.7, 1.3))
    assert thirds.min() > 0.95 * factors.size / 3


def test_the_first_draws_of_a_seed_are_the_same_however_many_are_made():
    weights = [Decimal(1), Decimal(3)]
    assert (law.draws(weights, Law(), 10) == law.draws(weights, Law(), 1000)[:10]).all()
    assert (law.draws(weights, Law(graine=2), 10) != law.draws(weights, Law(), 10)).any()


@pytest.mark.parametrize(
    ("strategie", "enveloppe", "funded"),
    [
        ("classement_continu", "110", "AB"),
        ("classement_continu", "109.99", "AC"),
        ("classement", "110", "AB"),
        ("classement", "109.99", "A"),
        ("dernier_reduit", "85", "AB"),
        ("dernier_reduit", "84.99", "A"),
        ("dernier_reduit", "60", "A"),
    ],
)
def test_to_the_cent_what_just_fits_is_funded_and_one_cent_less_is_not(strategie, enveloppe, funded):
    three = subject(["60", "50", "30"], [0.9, 0.6, 0.3])
    found = shares(robustness.run(three, Settings(Decimal(enveloppe), strategie=strategie), Law(4)))
    assert found == {numero: int(numero in funded) for numero in "ABC"}


def test_no_grid_is_made_of_nothing_even_with_the_widest_spread():
    assert law.draws([Decimal(1)], Law(ecart=Decimal(1)), 100_000).min() > 0


def test_nobody_has_a_place():
    values = Values((), np.zeros(0, dtype=bool), np.zeros((0, 1)), np.zeros((0, 1)))
    nobody = robustness.Subject((), values, {"c0": Decimal(1)})
    for strategie in BY_RANK:
        assert robustness.run(nobody, Settings(Decimal(5), strategie=strategie), Law(10)).lines == []


@pytest.mark.parametrize(
    "wrong",
    [{"tirages": 0}, {"tirages": 100_001}, {"ecart": Decimal("1.01")}, {"ecart": Decimal("-0.1")}, {"graine": -1}],
)
def test_a_law_that_cannot_be_followed_is_refused_in_a_sentence(wrong):
    with pytest.raises(UsageError, match="refusé"):
        Law(**wrong)

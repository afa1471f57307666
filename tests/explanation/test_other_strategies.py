"""Where the ranking alone does not decide: what is given is verified, and what is called smallest is."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from clact_model.allocation import STRATEGIES, Constraint, Settings, run
from clact_model.allocation.settings import SettingsError
from clact_model.explanation import BY_RANK, curve, explain, inversions, prices
from clact_model.explanation.changes import points
from tests.explanation.rankings import Call, cents, simulation

OTHERS = sorted(set(STRATEGIES) - BY_RANK)


def with_ceiling(seed: int, code: str) -> tuple[Call, Settings]:
    """A simulation in which one sector receives at most a share of the envelope, and nobody less than five cents."""
    call, settings = simulation(seed, "classement")
    ceiling = Constraint("secteur", "sanitaire", "max", part=Decimal("0.4"))
    bounded = replace(settings, strategie=code, contraintes=(ceiling,), plancher=cents(5), forced_in=frozenset())
    return call, bounded


bounded = st.builds(with_ceiling, st.integers(0, 2**32), st.sampled_from(sorted(STRATEGIES)))


@given(bounded)
@tries(max_examples=25)
def test_under_constraints_too_each_change_funds_the_request(simulated):
    call, settings = simulated
    for line in [o.line for o in run(call.lines, settings).lines if o.statut == "liste_attente"][:2]:
        trial = call.trial(settings, line.key)
        found = explain(trial).changes
        if less := found["euros_en_moins"]:
            assert trial.funded(trial.with_request(int((line.requested - less.by) * 100)))
        if more := found["enveloppe_en_plus"]:
            assert trial.funded(trial.with_envelope(int((settings.enveloppe + more.by) * 100)))
        if better := found["points"]:
            assert trial.funded(trial.with_score((line.score or Decimal(0)) + better.by))


@pytest.mark.parametrize("seed", range(8))
def test_under_the_optimum_one_ten_thousandth_of_a_point_less_is_not_enough(seed):
    call, settings = simulation(seed, "optimum")
    for outcome in [o for o in run(call.lines, settings).lines if o.statut == "liste_attente"][:2]:
        trial = call.trial(settings, outcome.line.key)
        found, own = points(trial), outcome.line.score or Decimal(0)
        if found is None:
            assert not trial.funded(trial.with_score(Decimal(100)))
            continue
        assert found.smallest
        assert not trial.funded(trial.with_score(own + found.by - Decimal("0.0001")))


@pytest.mark.parametrize("code", OTHERS)
def test_the_curve_of_the_other_strategies_is_run_at_regular_steps(code):
    call, settings = simulation(3, code)
    settings = replace(settings, enveloppe=Decimal(5000), reserve=Decimal(0), forced_in=frozenset())
    drawn = curve(call.lines, settings)
    assert drawn.pas == 200
    assert 40 <= len(drawn.points) <= 80
    for point in drawn.points[::10]:
        result = run(call.lines, replace(settings, enveloppe=point.enveloppe))
        assert (point.accorde, point.score, point.agents) == (result.granted, result.score_total, result.agents)


@given(bounded)
@tries(max_examples=25)
def test_a_constraint_costs_what_the_simulation_without_it_gains(simulated):
    call, settings = simulated
    lifted = {"Au plus": {"contraintes": ()}, "Rien en": {"plancher": Decimal(0)}}
    found = prices(call.lines, settings)
    for words, change in lifted.items():
        price = next(price for price in found if price.libelle.startswith(words))
        now, without = run(call.lines, settings), run(call.lines, replace(settings, **change))
        assert (price.score, price.accorde) == (without.score_total - now.score_total, without.granted - now.granted)
        if settings.strategie == "optimum":
            assert price.score >= 0


def test_the_optimum_passes_over_a_better_ranked_request_and_says_so():
    for seed in range(40):
        call, settings = simulation(seed, "optimum")
        for inversion in inversions(run(call.lines, settings)):
            assert inversion.behind
            assert inversion.granted_behind > 0
            assert "meilleur total" in inversion.outcome.reason
            return
    pytest.fail("no inversion in forty simulations")


def test_settings_that_cannot_hold_at_small_envelopes_leave_those_out_of_the_curve():
    call, settings = simulation(5, "classement_continu")
    floor = Constraint("secteur", "sanitaire", "min", montant=cents(1))
    settings = replace(settings, contraintes=(floor,), enveloppe=Decimal(5000), forced_in=frozenset())
    drawn = curve(call.lines, settings)
    assert drawn.pas == 200
    with pytest.raises(SettingsError):
        run(call.lines, replace(settings, enveloppe=settings.reserve))
    assert drawn.points[0].enveloppe > settings.reserve

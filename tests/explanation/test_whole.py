"""The curve, the prices, the pressure and the inversions of a simulation: each agrees with the allocation itself."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import settings as tries

from clact_model.allocation import Result, Settings, run
from clact_model.allocation.settings import SettingsError
from clact_model.explanation import BY_RANK, curve, inversions, pressures, prices, slices, whole
from tests.allocation.builders import line, ranked
from tests.explanation.rankings import cents, simulations

by_rank = simulations(sorted(BY_RANK))


def facts(result: Result) -> tuple:
    dossiers = {outcome.line.numero for outcome in result.funded}
    return result.granted, result.score_total, len(dossiers), result.agents, dossiers


def at(lines, settings: Settings, enveloppe: Decimal) -> Result | None:
    try:
        return run(lines, replace(settings, enveloppe=enveloppe))
    except SettingsError:
        return None


@given(by_rank)
@tries(max_examples=60)
def test_the_curve_is_the_allocation_at_each_of_its_points_and_who_is_funded_changes_nowhere_else(simulation):
    call, settings = simulation
    drawn = curve(call.lines, settings)
    assert drawn.pas is None
    points = {point.enveloppe: point for point in drawn.points}
    funded: set[str] = set()
    for step in range(int(settings.enveloppe * 200) + 1):
        result = at(call.lines, settings, cents(step))
        if result is None:
            continue
        if point := points.pop(cents(step), None):
            funded = (funded | {o.numero for o in point.entrants}) - {o.numero for o in point.sortants}
            figures = point.accorde, point.score, point.dossiers, point.agents
            assert facts(result) == (*figures, funded)
        assert facts(result)[-1] == funded
    assert not points


@pytest.mark.parametrize("amount", ["350000", "1500000", "60000000"])
def test_the_slices_follow_each_other_and_add_up_to_what_the_last_envelope_gives(amount):
    lines = ranked("90000", "250000", "60000", "800000", "7000000")
    settings = Settings(Decimal(amount), reserve=Decimal(20_000))
    found = slices(lines, settings)
    assert 9 <= len(found) <= 100
    assert found[0].de >= settings.reserve
    assert all(one.a == next_one.de for one, next_one in pairwise(found))
    assert found[-1].a <= 2 * settings.enveloppe
    last = at(lines, settings, found[-1].a)
    assert last is not None
    gained = sum(one.accorde for one in found), sum(one.score for one in found), sum(one.dossiers for one in found)
    assert gained == facts(last)[:3]


def test_a_slice_is_of_100_000_euros_where_that_makes_some_dozens_of_them():
    found = slices(ranked("90000", "250000"), Settings(Decimal(2_000_000)))
    assert [(one.de, one.a) for one in found[:2]] == [(0, 100_000), (100_000, 200_000)]
    assert [[entered.numero for entered in one.entrants] for one in found[:4]] == [["A"], [], [], ["B"]]


def test_where_too_many_changes_would_be_listed_regular_steps_are_run_and_said():
    # Powers of two: every further 16 € changes who is served.
    few = ranked(*(str(2**power) for power in range(10, 3, -1)))
    many = ranked(*(str(2**power) for power in range(17, 3, -1)))
    assert curve(few, Settings(Decimal(1000))).pas is None
    drawn = curve(many, Settings(Decimal(100_000)))
    assert drawn.pas == 5_000
    assert [point.enveloppe for point in drawn.points] == [5_000 * place for place in range(41)]


@given(by_rank)
@tries(max_examples=60)
def test_the_price_of_a_setting_is_the_difference_of_two_runs(simulation):
    call, settings = simulation
    found = {price.libelle: price for price in prices(call.lines, settings)}
    lifted = {
        "Réserve": {"reserve": Decimal(0)},
        "Retenu": {"forced_in": frozenset()},
        "Écarté": {"forced_out": frozenset()},
    }
    for word, change in lifted.items():
        set_now = any(getattr(settings, name) for name in change)
        price = next((price for libelle, price in found.items() if libelle.startswith(word)), None)
        assert (price is not None) == set_now
        if price is None:
            continue
        now, without = run(call.lines, settings), run(call.lines, replace(settings, **change))
        assert (price.accorde, price.score) == (without.granted - now.granted, without.score_total - now.score_total)
        assert {line.numero for line in price.entrants} == facts(without)[-1] - facts(now)[-1]
        assert {line.numero for line in price.sortants} == facts(now)[-1] - facts(without)[-1]
        gained = {o.line.key: o.granted for o in without.lines}
        lost = [o.granted - gained[o.line.key] for o in now.lines if o.granted > gained[o.line.key]]
        assert price.deplace == sum(lost, Decimal(0))


@given(by_rank)
@tries(max_examples=40)
def test_the_groups_of_the_pressure_add_up_to_the_whole(simulation):
    call, settings = simulation
    result = run(call.lines, settings)
    groups, together = pressures(result, "secteur"), whole(result)
    for name in ("demandes", "demande", "demande_recevable", "accorde"):
        assert sum(getattr(group, name) for group in groups) == getattr(together, name)
    assert together.accorde == result.granted


def test_the_rate_of_pressure_is_what_is_asked_for_over_what_is_received_and_unknown_when_that_is_nothing():
    lines = [
        line("A", "50", 1, requested=Decimal(80), groups={"secteur": "sanitaire"}),
        line("B", "60", 2, groups={"secteur": "medico_social"}),
        line("C", "20", 3, groups={"secteur": "sanitaire"}, standing="refuse", cause="Hors délai."),
    ]
    social, health = pressures(run(lines, Settings(Decimal(100))), "secteur")
    assert (social.code, social.taux, social.taux_recevable) == ("medico_social", None, None)
    assert (health.taux, health.taux_recevable) == (Decimal("2.0000"), Decimal("1.6000"))


def test_a_request_passed_over_is_shown_with_those_funded_behind_it():
    found = inversions(run(ranked("60", "50", "30", "20"), Settings(Decimal(100))))
    assert [(i.outcome.line.numero, [o.line.numero for o in i.behind]) for i in found] == [("B", ["C"])]
    assert not inversions(run(ranked("60", "50", "30"), Settings(Decimal(100), strategie="classement")))

"""Scenarios side by side: who comes in, who goes out, by group; the parts of a difference add up to it."""

import random
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clact_model.allocation import Line, Result, Settings, run
from clact_model.allocation.money import split
from clact_model.comparison import CHAMPS, Side, by_group, compare, figures, totals, waterfall
from clact_model.errors import UsageError
from clact_model.scenario import Facts, Part
from tests.allocation.builders import allocate, calls, codes, euros, line, ranked


def side(nom: str, result: Result, **facts: Facts) -> Side:
    return Side(nom, result, facts)


def numbers(rows):
    return [row.key[0] for row in rows]


FEW = settings(max_examples=40)
ABC = ranked("100", "60", "50")
"""A, B and C in rank order."""


def test_who_comes_in_and_who_goes_out():
    first = side("Mars", allocate(ABC, "160"))
    second = side("Avril", allocate(ABC, "160", forced_out=frozenset({("A", None)})))
    found = compare([first, second])
    assert (numbers(found.entrants), numbers(found.sortants), numbers(found.changes)) == (["C"], ["A"], [])
    assert not found.same


def test_a_changed_amount_and_a_new_place_are_told():
    later = [replace(one, position=place) for one, place in zip(ABC, (2, 1, 3), strict=True)]
    cheaper = [replace(one, ceiling=min(one.ceiling, Decimal(80))) for one in later]
    found = compare([side("Mars", allocate(ABC, "300")), side("Avril", allocate(cheaper, "300"))])
    assert numbers(found.changes) == ["A"]
    assert found.changes[0].granted == (Decimal("100.00"), Decimal("80.00"))
    assert [(row.key[0], row.positions) for row in found.deplaces] == [("A", (1, 2)), ("B", (2, 1))]


def test_of_four_scenarios_the_first_is_the_reference():
    sides = [side(envelope, allocate(ABC, envelope)) for envelope in ("160", "210", "100", "0")]
    found = compare(sides)
    assert (numbers(found.entrants), numbers(found.sortants)) == (["C"], ["A", "B"])
    assert [len(row.cells) for row in found.rows] == [4, 4, 4]


@pytest.mark.parametrize("count", [0, 1, 5])
def test_two_to_four_scenarios_are_compared(count):
    with pytest.raises(UsageError, match=f"2 à 4 scénarios : {count}"):
        compare([side("Mars", allocate(ABC, "160"))] * count)


def test_scenarios_of_different_units_are_compared_by_dossier():
    actions = [
        line("A", "60", 1, ligne=1, rang=1),
        line("A", "40", 3, ligne=2, rang=2),
        line("B", "60", 2, ligne=1, rang=1),
    ]
    by_action = side("Mars", allocate(actions, "130", unite="action"))
    by_dossier = side("Avril", allocate(ranked("100", "60"), "160"))
    found = compare([by_action, by_dossier])
    assert found.unite == "dossier"
    first, second = found.rows
    assert first.granted == (Decimal("60.00"), Decimal("100.00"))
    assert (first.cells[0].statut, first.cells[0].raison) == ("partiel", "1 ligne financée sur 2.")
    assert second.granted == (Decimal("60.00"), Decimal("60.00"))
    assert not found.deplaces
    assert compare([by_action, by_action]).unite == "action"


@st.composite
def pairs(draw):
    """The same call under two settings, with facts of its dossiers; in between one line may have left, others have changed."""
    lines = draw(calls())
    sides = []
    for nom in ("Mars", "Avril"):
        settings = Settings(draw(euros(300)), strategie=draw(codes))
        kept = lines
        if nom == "Avril" and draw(st.booleans()):
            kept = [replace(one, ceiling=draw(euros(60))) if draw(st.booleans()) else one for one in lines[1:]]
        sides.append(Side(nom, run(kept, settings), {one.numero: draw(facts) for one in kept if draw(st.booleans())}))
    return sides


axes = st.sampled_from(["axe_1", "axe_2", None])
parts = st.builds(Part, st.integers(1, 3), axes, axes, st.none() | euros(60))
facts = st.builds(
    Facts,
    st.just("recevable"),
    st.sampled_from(["510000029", "510000037", None]),
    st.none() | st.integers(0, 3000),
    st.sampled_from(["aucun", "acheve", None]),
    st.lists(parts, max_size=3).map(tuple),
)


@FEW
@given(pairs())
def test_the_parts_of_a_difference_add_up_to_the_cent(sides):
    found = waterfall(*sides)
    assert found.depart + sum(step.montant for step in found.steps.values()) == found.arrivee
    assert (found.depart, found.arrivee) == tuple(side.result.granted for side in sides)
    assert found.entrants.montant >= 0 >= found.sortants.montant
    assert found.hausses.montant >= 0 >= found.baisses.montant


@FEW
@given(pairs())
def test_every_split_by_group_adds_up_to_what_is_granted(sides):
    for champ in CHAMPS:
        groups = by_group(sides, champ)
        for place, one in enumerate(sides):
            assert sum(parts[place] for parts in groups.values()) == one.result.granted


@FEW
@given(pairs())
def test_a_scenario_beside_itself_shows_nothing(sides):
    found = compare([sides[0], sides[0]])
    assert found.same
    assert all(not step.demandes for step in waterfall(sides[0], sides[0]).steps.values())


@FEW
@given(pairs(), st.randoms(use_true_random=False))
def test_the_order_of_the_lines_plays_no_part(sides, chance: random.Random):
    shuffled = [
        replace(s, result=replace(s.result, lines=chance.sample(s.result.lines, len(s.result.lines)))) for s in sides
    ]
    assert compare(shuffled).rows == compare(sides).rows
    assert waterfall(*shuffled) == waterfall(*sides)
    assert [figures(one) for one in shuffled] == [figures(one) for one in sides]
    assert [totals(one, "axe") for one in shuffled] == [totals(one, "axe") for one in sides]


@FEW
@given(pairs())
def test_the_other_way_round_everything_is_turned(sides):
    first, second = sides
    there, back = waterfall(first, second), waterfall(second, first)
    assert (there.entrants.montant, there.hausses.montant) == (-back.sortants.montant, -back.baisses.montant)


@given(st.integers(0, 10**6), st.lists(st.integers(0, 1000), min_size=1).filter(any))
def test_cents_are_split_whole_and_in_proportion(whole, weights):
    shares = split(whole, weights)
    assert sum(shares) == whole
    assert all(
        abs(part * sum(weights) - whole * weight) < sum(weights) for part, weight in zip(shares, weights, strict=True)
    )


def in_axes(*aids: str | None) -> Facts:
    return Facts(
        "recevable",
        None,
        None,
        None,
        tuple(Part(i, f"axe_{i}", None, None if aid is None else Decimal(aid)) for i, aid in enumerate(aids, 1)),
    )


def test_a_dossier_in_several_axes_counts_under_each_by_the_aid_of_its_lines():
    reduced = allocate(ranked("100"), "50", "dernier_reduit")
    assert totals(side("Mars", reduced, A=in_axes("75", "25")), "axe") == {
        "axe_1": Decimal("37.50"),
        "axe_2": Decimal("12.50"),
    }


def test_one_aid_unknown_makes_it_several():
    assert list(totals(side("Mars", allocate(ranked("100"), "100"), A=in_axes("75", None)), "axe")) == ["plusieurs"]


def test_a_line_of_a_scenario_by_action_counts_under_its_own_axis():
    actions = [line("A", "60", 1, ligne=1), line("A", "40", 2, ligne=2, groups={"axe": "axe_9"})]
    found = side("Mars", allocate(actions, "100", unite="action"), A=in_axes("60"))
    assert totals(found, "axe") == {"axe_1": Decimal("60.00"), "axe_9": Decimal("40.00")}


def test_cost_per_agent_rests_on_the_requests_whose_staff_is_known():
    lines: list[Line] = [replace(one, agents=agents) for one, agents in zip(ABC, (30, None, 10), strict=True)]
    found = figures(side("Mars", allocate(lines, "210")))
    assert (found.agents, found.agents_inconnus, found.cout_par_agent) == (40, 1, Decimal("3.75"))
    unknown = figures(side("Mars", allocate(ABC, "210")))
    assert (unknown.agents, unknown.cout_par_agent) == (None, None)


def test_first_applications_repeated_ones_and_the_unknown_are_counted_apart():
    def before(code):
        return Facts("recevable", "510000029", None, code)

    found = figures(side("Mars", allocate(ABC, "210"), A=before("aucun"), B=before("non_realise"), C=before(None)))
    assert (found.primo.accorde, found.deja.accorde, found.anterieur_inconnu.accorde) == (100, 60, 50)
    assert (found.etablissements, found.etablissements_inconnus) == (1, 0)

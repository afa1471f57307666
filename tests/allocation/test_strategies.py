"""Each strategy against what its definition says, by trying everything on small calls."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clact_model.allocation import OBJECTIVES, STRATEGIES, Constraint
from tests.allocation.builders import allocate, calls, codes, euros, grants, line, of, ranked

amounts = st.lists(st.integers(1, 60).map(str), min_size=1, max_size=7)


def brute_force_by_rank(limits: list[int], available: int, forced: frozenset[int] = frozenset()) -> tuple[bool, ...]:
    """Of all the affordable sets, the one that the ranking prefers: first with the first, then with the second…"""
    sets = product((True, False), repeat=len(limits))
    affordable = (s for s in sets if sum(n for n, kept in zip(limits, s, strict=True) if kept) <= available)
    return max(s for s in affordable if all(s[i] for i in forced))


@given(amounts, st.integers(0, 200))
def test_classement_continu_is_the_affordable_set_that_the_ranking_prefers(ceilings, enveloppe):
    expected = brute_force_by_rank([int(c) for c in ceilings], enveloppe)
    result = allocate(ranked(*ceilings), str(enveloppe))
    assert tuple(outcome.funded for outcome in result.lines) == expected


@given(st.data(), amounts, st.integers(0, 200))
def test_with_some_forced_in_it_is_the_preferred_set_among_those_that_hold_them(data, ceilings, enveloppe):
    forced = data.draw(st.frozensets(st.integers(0, len(ceilings) - 1), max_size=2))
    if sum(int(ceilings[i]) for i in forced) > enveloppe:
        return
    lines = ranked(*ceilings)
    result = allocate(lines, str(enveloppe), forced_in=frozenset(lines[i].key for i in forced))
    expected = brute_force_by_rank([int(c) for c in ceilings], enveloppe, forced)
    assert tuple(outcome.funded for outcome in result.lines) == expected


@given(amounts, st.integers(0, 200))
def test_classement_is_the_longest_beginning_of_the_ranking_that_fits(ceilings, enveloppe):
    longest = max(n for n in range(len(ceilings) + 1) if sum(map(int, ceilings[:n])) <= enveloppe)
    result = allocate(ranked(*ceilings), str(enveloppe), "classement")
    assert [outcome.funded for outcome in result.lines] == [i < longest for i in range(len(ceilings))]


@given(amounts, st.integers(0, 200), st.sampled_from(["0.01", "0.5", "0.75", "1"]))
def test_dernier_reduit_adds_to_classement_what_is_left_when_it_is_a_useful_share(ceilings, enveloppe, part):
    strict = allocate(ranked(*ceilings), str(enveloppe), "classement")
    reduced = allocate(ranked(*ceilings), str(enveloppe), "dernier_reduit", part_utile=Decimal(part))
    expected = [outcome.granted for outcome in strict.lines]
    first_out = next((i for i, outcome in enumerate(strict.lines) if not outcome.funded), None)
    if first_out is not None and strict.left > 0 and strict.left >= Decimal(part) * int(ceilings[first_out]):
        expected[first_out] = strict.left
    assert [outcome.granted for outcome in reduced.lines] == expected


def test_classement_stops_where_classement_continu_goes_on():
    lines = ranked("60", "50", "30")
    assert grants(allocate(lines, "100", "classement")) == {"A": "60.00"}
    assert grants(allocate(lines, "100", "classement_continu")) == {"A": "60.00", "C": "30.00"}


def test_the_last_one_served_receives_what_is_left_and_is_said_to_be_funded_in_part():
    result = allocate(ranked("60", "50", "30"), "100", "dernier_reduit")
    assert grants(result) == {"A": "60.00", "B": "40.00"}
    assert [outcome.statut for outcome in result.lines] == ["finance", "partiel", "liste_attente"]
    assert of(result, "B").reason == (
        "2e place du classement : l'aide pouvait atteindre 50,00\u00a0€, "
        "40,00\u00a0€ accordés en dernier : tout ce qui restait pour cette demande."
    )


def test_under_a_floor_the_last_one_served_receives_what_is_left_beside_it():
    lines = [
        line(numero, ceiling, place, groups={"secteur": secteur})
        for place, (numero, ceiling, secteur) in enumerate(
            [("A", "60", "sanitaire"), ("B", "50", "sanitaire"), ("C", "20", "social"), ("D", "15", "social")], start=1
        )
    ]
    floor = Constraint("secteur", "social", "min", montant=Decimal("14.99"))
    result = allocate(lines, "100", "dernier_reduit", part_utile=Decimal("0.3"), contraintes=(floor,))
    assert grants(result) == {"A": "60.00", "B": "20.00", "C": "20.00"}
    assert "20,00\u00a0€ accordés en dernier" in of(result, "B").reason


def test_nobody_receives_less_than_the_useful_share():
    result = allocate(ranked("60", "50", "30"), "84.99", "dernier_reduit")
    assert grants(result) == {"A": "60.00"}
    assert "moins que la part utile minimale (50\u202f%)" in of(result, "B").reason


def test_exactly_the_useful_share_is_granted():
    assert grants(allocate(ranked("60", "50", "30"), "85", "dernier_reduit")) == {"A": "60.00", "B": "25.00"}


def test_to_the_cent_what_just_fits_is_funded_and_one_cent_less_is_not():
    assert grants(allocate(ranked("0.10", "0.20"), "0.30")) == {"A": "0.10", "B": "0.20"}
    assert grants(allocate(ranked("0.10", "0.20"), "0.29")) == {"A": "0.10"}


@given(calls(), codes, euros(300), euros(50))
def test_a_larger_envelope_never_lowers_the_total_granted(lines, strategie, enveloppe, more):
    small = allocate(lines, str(enveloppe), strategie)
    large = allocate(lines, str(enveloppe + more), strategie)
    assert large.granted >= small.granted


def test_a_larger_envelope_may_put_someone_out_and_lower_the_score_under_classement_continu():
    """True of the total granted, the promise is not true of the score nor of each line: 10 € more let A in, which costs
    what B and C cost together. A committee must see it; ``optimum`` is what does not do it to the score."""
    lines = [line("A", "110", 1, score=Decimal(90)), line("B", "50", 2, score=Decimal(80)), line("C", "50", 3)]
    small, large = allocate(lines, "100"), allocate(lines, "110")
    assert (grants(small), grants(large)) == ({"B": "50.00", "C": "50.00"}, {"A": "110.00"})
    assert (small.score_total, large.score_total) == (130, 90)


@pytest.mark.parametrize("code", sorted(STRATEGIES))
def test_every_strategy_has_a_name_and_a_sentence(code):
    assert STRATEGIES[code].libelle
    assert STRATEGIES[code].sens.endswith(".")


@pytest.mark.parametrize("enveloppe", [Decimal(cents).scaleb(-2) for cents in range(20, 140)])
def test_with_one_forced_in_the_last_one_receives_no_more_than_what_is_left(enveloppe):
    lines = ranked("0.25", "0.37", "0.17", "0.13", "0.25", "0.23", "0.01")
    forced = frozenset({("G", None)})
    result = allocate(lines, str(enveloppe), "dernier_reduit", part_utile=Decimal(1), forced_in=forced)
    without = allocate(lines[:-1], str(enveloppe - Decimal("0.01")), "dernier_reduit", part_utile=Decimal(1))
    assert grants(result) == grants(without) | {"G": "0.01"}


@pytest.mark.parametrize("objectif", sorted(OBJECTIVES))
def test_what_adds_nothing_to_the_total_is_not_said_to_lose_to_others(objectif):
    lines = [line("A", "50", 1, agents=3), line("B", "10", 2, score=Decimal(0))]
    result = allocate(lines, "1000", "optimum", objectif=objectif)
    assert grants(result) == {"A": "50.00"}
    assert "d'autres demandes" not in of(result, "B").reason
    assert "n'ajoute rien au meilleur total" in of(result, "B").reason


def test_of_requests_that_nothing_else_tells_apart_the_optimum_funds_the_better_ranked():
    alike = [line(f"D{place:03}", "10", place) for place in range(1, 41)]
    result = allocate(alike[::-1], "155", "optimum")
    assert list(grants(result)) == [f"D{place:03}" for place in range(1, 16)]

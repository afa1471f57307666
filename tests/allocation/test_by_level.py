"""The strategies that serve everyone in proportion, against what their definitions say."""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clact_model import simulation
from clact_model.allocation import Constraint, Settings, run
from clact_model.programme import load_all
from clact_model.store import Base
from tests.allocation.builders import allocate, euros, grants, line, of
from tests.allocation.campaign import campaign, dossier
from tests.facts import put


@st.composite
def lines_with_bases(draw: st.DrawFn, most: int = 8) -> list:
    """Lines of one or two actions, each with its assiette and what it may receive whatever the rate."""
    found = []
    for place in range(1, draw(st.integers(1, most)) + 1):
        pairs = draw(st.lists(st.tuples(st.integers(1, 9_000), st.integers(0, 9_000)), min_size=1, max_size=2))
        bases = tuple((base, min(base, cap)) for base, cap in pairs)
        asked = Decimal(sum(cap for _, cap in bases)).scaleb(-2)
        found.append(line(f"D{place}", str(asked), place, requested=asked, bases=bases))
    return found


@settings(max_examples=150)
@given(lines_with_bases(), euros(200))
def test_one_rate_uses_the_envelope_to_the_cent_unless_everyone_has_all_it_may_have(lines, enveloppe):
    result = allocate(lines, str(enveloppe), "taux_commun")
    most = sum(own.limit for own in lines)
    assert result.granted * 100 == min(int(enveloppe * 100), most)
    for outcome in result.lines:
        at_the_rate = sum(min(int(base * result.taux), cap) for base, cap in outcome.line.bases)
        assert 0 <= at_the_rate - int(outcome.granted * 100) <= len(outcome.line.bases)
        assert outcome.granted <= outcome.line.ceiling


@settings(max_examples=100)
@given(lines_with_bases(), euros(200), euros(50))
def test_under_a_common_rate_more_money_takes_nothing_from_anyone_but_a_cent_of_rounding(lines, enveloppe, more):
    small, large = (allocate(lines, str(e), "taux_commun") for e in (enveloppe, enveloppe + more))
    for one, other in zip(small.lines, large.lines, strict=True):
        assert other.granted >= one.granted - Decimal("0.02")


def test_a_request_smaller_than_its_aid_counts_on_its_axis_for_what_it_asks():
    asked = line("A", "100", 1, requested=Decimal(50), bases=((10_000, 10_000),), shares={("axe", "axe_1"): 5_000})
    ceiling = Constraint("axe", "axe_1", "max", montant=Decimal(40))
    assert grants(allocate([asked], "1000", "taux_commun", contraintes=(ceiling,))) == {"A": "40.00"}


def test_a_rate_goes_above_that_of_the_text_only_where_the_call_says_so_and_within_the_80_percent(tmp_path):
    programme = load_all().get("guadeloupe_2023")
    base = Base(tmp_path / "essai.duckdb")

    cases = json.loads(Path("tests/cases/guadeloupe_2023.json").read_text(encoding="utf-8"))
    plain = cases[0]
    facts = {"cout_total": 100_000, "montant_demande": 90_000, "nature": "equipement"}
    other = {"cout_hors_taxes": 100_000, "autres_aides_publiques": 30_000, "lettre_cofinanceur": "oui"}
    put(
        base,
        programme,
        plain["dossier"] | {"numero": "1"},
        [plain["actions"][0] | facts | {"autres_aides_publiques": 0}],
    )
    second = {"numero": "2", "finess": "970100479", "siret": None}
    put(base, programme, plain["dossier"] | second, [plain["actions"][0] | facts | other])
    prepared = simulation.prepare(base.cursor(), programme, date(2023, 11, 20))
    assert {own.numero: str(own.ceiling) for own in prepared.lines} == {"1": "40000.00", "2": "40000.00"}
    result = run(prepared.lines, Settings(Decimal(120_000), strategie="taux_commun"))
    assert [o.reason for o in result.lines if not o.funded] == []
    assert grants(result) == {"1": "70000.00", "2": "50000.00"}
    assert result.taux == Decimal("0.7")
    base.close()


def test_where_the_text_has_a_highest_rate_no_common_rate_passes_it(tmp_path):
    call = campaign(tmp_path, dossier("1", actions=[{"cout_total": 40_000, "montant_demande": 30_000}]))
    result = call.run("100000", strategie="taux_commun")
    assert grants(result) == {"1": "20000.00"}
    assert result.taux == Decimal("0.5")
    lower = call.run("15000", strategie="taux_commun")
    assert (grants(lower), lower.taux) == ({"1": "15000.00"}, Decimal("0.375"))
    assert "au taux commun de 37,5\u202f%" in of(lower, "1").reason


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(1, 5_000), st.integers(1, 900)), min_size=1, max_size=8), st.integers(0, 20_000))
def test_payroll_shares_are_in_proportion_among_those_who_ask_for_more_and_go_round_until_nothing_is_left(asked, cents):
    lines = [
        line(f"D{p}", str(Decimal(cap).scaleb(-2)), p, payroll=Decimal(payroll))
        for p, (cap, payroll) in enumerate(asked, start=1)
    ]
    result = allocate(lines, str(Decimal(cents).scaleb(-2)), "masse_salariale")
    granted = [int(o.granted * 100) for o in result.lines]
    assert sum(granted) == min(cents, sum(cap for cap, _ in asked))
    open_ones = [Fraction(g, payroll) for g, (cap, payroll) in zip(granted, asked, strict=True) if g < cap]
    full = [Fraction(g, payroll) for g, (cap, payroll) in zip(granted, asked, strict=True) if g == cap]
    slack = Fraction(1, min(payroll for _, payroll in asked))
    if open_ones:
        assert max(open_ones) - min(open_ones) <= slack
        assert all(level <= min(open_ones) + slack for level in full)


def test_an_unknown_payroll_waits_and_says_so():
    lines = [line("A", "60", 1, payroll=Decimal(100)), line("B", "60", 2)]
    result = allocate(lines, "100", "masse_salariale")
    assert grants(result) == {"A": "60.00"}
    assert of(result, "B").statut == "en_attente_instruction"
    assert "masse salariale de l'établissement n'est pas connue" in of(result, "B").reason


def test_the_aid_follows_the_score_above_the_threshold():
    lines = [line(n, "60", p, score=Decimal(s)) for p, (n, s) in enumerate([("A", 100), ("B", 75), ("C", 50)], start=1)]
    rich = allocate(lines, "1000", "module", seuil=Decimal(50))
    assert grants(rich) == {"A": "60.00", "B": "30.00"}
    assert of(rich, "C").reason.endswith("le score (50) ne dépasse pas le seuil de 50.")
    assert grants(allocate(lines, "45", "module", seuil=Decimal(50))) == {"A": "30.00", "B": "15.00"}


def test_a_ceiling_holds_some_back_and_the_others_go_on_rising():
    lines = [line(n, "60", p, groups={"secteur": s}) for p, (n, s) in enumerate([("A", "x"), ("B", "y")], start=1)]
    most = Constraint("secteur", "x", "max", montant=Decimal(10))
    result = run(lines, Settings(Decimal(50), strategie="taux_commun", contraintes=(most,)))
    assert grants(result) == {"A": "10.00", "B": "40.00"}
    assert "éloigne cette demande du taux commun" in of(result, "A").reason


@pytest.mark.parametrize("strategie", ["taux_commun", "masse_salariale", "module"])
def test_what_would_be_too_small_goes_to_the_others(strategie):
    lines = [line(n, "50", p, payroll=Decimal(100), score=Decimal(80)) for p, n in enumerate("ABC", start=1)]
    result = allocate(lines, "75", strategie, plancher=Decimal(30), seuil=Decimal(0))
    assert grants(result) == {"A": "37.50", "B": "37.50"}
    assert "sous le plus petit montant accordé" in of(result, "C").reason


def test_a_floor_lifts_its_lines_by_one_level_even_beyond_what_their_score_gives():
    groups = {"secteur": "x"}
    lines = [
        line(n, "40", p, score=Decimal(s), groups=groups) for p, (n, s) in enumerate([("A", 75), ("B", 60)], start=1)
    ]
    least = Constraint("secteur", "x", "min", montant=Decimal(42))
    result = run(lines, Settings(Decimal(100), strategie="module", seuil=Decimal(50), contraintes=(least,)))
    assert grants(result) == {"A": "30.00", "B": "12.00"}

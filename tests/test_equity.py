"""Whom the money reaches: shares of the money beside shares of the staff, the unknown told apart."""

from decimal import Decimal

from hypothesis import given

from clact_model.comparison import Side
from clact_model.equity import CHAMPS, groups, size_of
from clact_model.scenario import Facts
from tests.allocation.builders import allocate, line, ranked
from tests.comparison.test_comparison import FEW, pairs


def facts(staff: int | None, establishment: str | None = None, verdict: str = "recevable", before: str | None = None):
    return Facts(verdict, establishment, staff, before)


def by_code(side, champ):
    return {group.code: group for group in groups(side, champ)}


def test_the_classes_of_size_are_those_that_are_stated():
    assert [size_of(staff) for staff in (0, 49, 50, 249, 250, 999, 1000, None)] == [
        "moins_de_50",
        "moins_de_50",
        "50_a_249",
        "50_a_249",
        "250_a_999",
        "250_a_999",
        "1000_et_plus",
        "inconnu",
    ]


def test_a_share_of_the_money_stands_beside_the_share_of_the_staff():
    lines = [
        line("A", "75", 1, groups={"secteur": "sanitaire"}),
        line("B", "25", 2, groups={"secteur": "medico_social"}),
        line("C", "50", None, standing="refuse", cause="Hors délai.", groups={"secteur": "medico_social"}),
    ]
    side = Side(
        "Mars", allocate(lines, "100"), {"A": facts(100), "B": facts(50), "C": facts(250, verdict="irrecevable")}
    )
    care = by_code(side, "secteur")["medico_social"]
    assert (care.dossiers, care.recevables, care.finances) == (2, 1, 1)
    assert (care.part_accorde, care.part_effectif) == (Decimal("0.25"), Decimal("0.75"))
    assert care.part_effectif_recevable == Decimal(50) / 150
    assert care.par_agent == Decimal("0.08")


def test_the_staff_of_an_establishment_counts_once_however_many_dossiers_it_sends():
    side = Side(
        "Mars", allocate(ranked("60", "40"), "100"), {"A": facts(100, "510000029"), "B": facts(120, "510000029")}
    )
    (group,) = groups(side, "statut")
    assert (group.staff.effectif, group.staff.connus, group.par_agent) == (120, 2, Decimal("0.83"))


def test_a_headcount_that_is_not_known_is_neither_zero_nor_in_the_ratio():
    side = Side("Mars", allocate(ranked("60", "40"), "100"), {"A": facts(100), "B": facts(None)})
    (group,) = groups(side, "secteur")
    assert (group.staff.connus, group.staff.inconnus) == (1, 1)
    assert group.par_agent == Decimal("0.60")
    unknown = by_code(side, "taille")["inconnu"]
    assert (unknown.par_agent, unknown.part_effectif, unknown.accorde) == (None, None, Decimal("40.00"))


def test_a_scenario_older_than_its_facts_knows_neither_staff_nor_verdicts():
    (group,) = groups(Side("Mars", allocate(ranked("60"), "100")), "anteriorite")
    assert (group.code, group.recevables, group.part_effectif, group.part_effectif_recevable) == (
        "inconnu",
        None,
        None,
        None,
    )


@FEW
@given(pairs())
def test_the_groups_hold_every_applicant_and_the_whole_money(sides):
    side = sides[0]
    for champ in CHAMPS:
        found = groups(side, champ)
        assert sum(group.dossiers for group in found) == len(
            {o.line.numero for o in side.result.lines} | set(side.facts)
        )
        assert sum((group.accorde for group in found), Decimal(0)) == side.result.granted
        if side.result.granted:
            assert abs(sum(group.part_accorde for group in found) - 1) < Decimal("1e-20")

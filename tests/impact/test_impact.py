"""Indicators, yearly measures, the years of an establishment and the sums of a call, on a real base."""

from datetime import date
from decimal import Decimal

import pytest

from clact_model import impact, tracking
from clact_model.impact import ImpactRefusedError, Indicator, Yearly
from clact_model.impact.following import months_after
from clact_model.store import entries
from clact_model.tracking import Free
from tests.impact.builders import LATER, funded_two

ABSENCE = Indicator(
    "1", "Taux d'absentéisme", "%", 2023, Decimal("9.5"), Decimal(8), "baisse", Decimal(9), date(2025, 7, 1)
)


def test_an_indicator_is_kept_and_each_value_that_changes_is_in_the_journal(tmp_path):
    base, programme = funded_two(tmp_path)
    impact.record(base, programme, LATER, [ABSENCE])
    more = Indicator("1", ABSENCE.nom, valeur_24=Decimal("7.8"), mesure_24=date(2026, 7, 1))
    changes = impact.record(base, programme, LATER, [more])
    (kept,) = impact.indicators(base.cursor(), programme)
    assert (kept.valeur_12, kept.valeur_24, kept.cible) == (9, Decimal("7.8"), 8), "what is not said stays"
    assert [(c.champ, c.avant, c.apres) for c in changes] == [
        ("Taux d'absentéisme : valeur à 24 mois", None, "7,8"),
        ("Taux d'absentéisme : mesure à 24 mois, le", None, "01/07/2026"),
    ]
    assert {e.champ for e in entries(base.cursor(), programme.id, limit=3) if e.champ} == {c.champ for c in changes}


def test_the_target_and_the_way_left_say_how_far_it_has_come():
    assert ABSENCE.reached is False
    assert ABSENCE.progress == Decimal(1) / 3
    up = Indicator("1", "Formés", valeur_reference=Decimal(10), cible=Decimal(20), valeur_24=Decimal(25))
    assert (up.way, up.reached) == ("hausse", True)
    assert Indicator("1", "Sans cible", valeur_24=Decimal(3)).reached is None
    worse = Indicator("1", "x", valeur_reference=Decimal(10), cible=Decimal(5), valeur_12=Decimal(12))
    assert worse.progress == Decimal("-0.4")


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (Indicator("99", "x"), "n'est pas dans ce programme"),
        (Indicator("1", ""), "Donnez à l'indicateur un nom"),
        (Indicator("1", "x", annee_reference=23), "entre 1990 et 2100"),
        (Indicator("1", "x", valeur_12=Decimal(1), mesure_12=date(2030, 1, 1)), "après le jour jugé"),
        (Indicator("1", "x", mesure_24=date(2026, 1, 1)), "pas de valeur"),
    ],
)
def test_what_cannot_be_kept_is_refused_whole(tmp_path, one, said):
    base, programme = funded_two(tmp_path)
    with pytest.raises(ImpactRefusedError, match=said):
        impact.record(base, programme, LATER, [ABSENCE, one])
    assert impact.indicators(base.cursor(), programme) == []


def test_an_indicator_is_taken_away_with_a_reason(tmp_path):
    base, programme = funded_two(tmp_path)
    impact.record(base, programme, LATER, [ABSENCE])
    with pytest.raises(ImpactRefusedError, match="motif"):
        impact.remove(base, programme, "1", ABSENCE.nom, " ")
    impact.remove(base, programme, "1", ABSENCE.nom, "Saisi deux fois")
    assert impact.indicators(base.cursor(), programme) == []


def test_a_measure_is_late_the_day_after_its_months_are_over(tmp_path):
    base, programme = funded_two(tmp_path)
    impact.record(base, programme, LATER, [ABSENCE, Indicator("3", "Sans départ")])
    cursor = base.cursor()

    def states(day: date) -> dict[str, list[str]]:
        return {one.indicator.numero: [due.state for due in one.dues] for one in impact.follow(cursor, programme, day)}

    assert states(date(2026, 6, 25)) == {"1": ["mesure", "a_venir"], "3": ["inconnu", "inconnu"]}
    assert states(date(2026, 6, 26)) == {"1": ["mesure", "en_retard"], "3": ["inconnu", "inconnu"]}
    assert impact.follow(cursor, programme, LATER)[0].late


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2024-02-29", 12, "2025-02-28"),
        ("2023-02-28", 12, "2024-02-28"),
        ("2024-08-31", 6, "2025-02-28"),
        ("2024-12-31", 2, "2025-02-28"),
        ("2024-06-25", 24, "2026-06-25"),
    ],
)
def test_months_end_with_the_month(day, months, expected):
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(expected)


def test_the_funded_are_compared_with_the_others_and_the_unknown_are_counted(tmp_path):
    base, programme = funded_two(tmp_path)
    with base.write("essai", programme.id) as writing:
        writing.cursor.execute(
            "UPDATE dossier SET taux_absenteisme = 0.1, effectif_total = 100, nb_at_mp = 10, taux_turnover = NULL"
        )
    after = [("1", "0.08"), ("2", "0.06"), ("3", "0.10"), ("4", "0.12")]
    impact.record(base, programme, LATER, (), [Yearly(n, 2025, 50, Decimal(rate), None, 4) for n, rate in after])
    found = impact.compare(base.cursor(), programme, 2025)
    assert found is not None
    absence, turnover, accidents = found.comparisons
    assert (absence.finances.connus, absence.finances.inconnus) == (2, 0)
    assert (absence.autres.connus, absence.autres.inconnus) == (2, 3)
    # −0,02 and −0,04 beside 0 and +0,02: −0,03 − 0,01.
    assert (absence.finances.changement, absence.autres.changement, absence.ecart) == (
        Decimal("-0.03"),
        Decimal("0.01"),
        Decimal("-0.04"),
    )
    assert absence.bas is not None
    assert absence.too_few
    assert (turnover.ecart, turnover.finances.connus, turnover.finances.inconnus) == (None, 0, 2)
    assert (accidents.finances.avant, accidents.finances.apres) == (10, 8), "for 100 agents"


def test_without_a_decision_nobody_is_compared(tmp_path):
    base, programme = funded_two(tmp_path)
    with base.write("essai", programme.id) as writing:
        writing.cursor.execute("DELETE FROM decision")
    assert impact.compare(base.cursor(), programme, 2025) is None


def test_the_groups_of_a_call_add_up_to_it_and_to_the_ledger(tmp_path):
    base, programme = funded_two(tmp_path)
    tracking.record(base, programme, LATER, [Free("1", LATER, "Projet réduit", Decimal("4000.10"))])
    found = impact.assess(base.cursor(), programme, LATER)
    assert (found.total.dossiers, found.total.accordes, found.total.demande) == (7, 2, 140000)
    assert (found.total.balance.accorde, found.total.balance.libere) == (40000, Decimal("4000.10"))
    assert found.total.balance.reste == Decimal("35999.90")
    for groups in found.groups.values():
        assert sum(one.balance.libere for one in groups.values()) == Decimal("4000.10")
        assert sum(one.dossiers for one in groups.values()) == 7
    before = impact.assess(base.cursor(), programme, date(2024, 6, 24))
    assert before.total.balance.accorde == 0


def test_the_years_of_an_establishment_go_through_calls_whose_file_is_gone(tmp_path):
    base, programme = funded_two(tmp_path)
    with base.write("essai", programme.id) as writing:
        cursor = writing.cursor
        cursor.execute(
            """INSERT INTO dossier BY NAME SELECT * REPLACE ('grand_est_2021' AS programme, 'A1' AS numero) FROM dossier
               WHERE numero = '1'"""
        )
        cursor.execute(
            "INSERT INTO action (programme, numero, ligne, montant_demande) VALUES ('grand_est_2021', 'A1', 1, 500)"
        )
        cursor.execute(
            """INSERT INTO mouvement (id, programme, numero, poste, nature, jour, montant, operation, auteur, quand)
               VALUES (900, 'grand_est_2021', 'A1', 'aide', 'octroi', '2021-06-01', 400, 'x', 'x', now())"""
        )
    years = impact.of_establishment(base.cursor(), programme, "1", LATER)
    assert [(y.programme, y.annee, y.numeros, y.demande, y.balance and y.balance.accorde) for y in years] == [
        ("grand_est_2021", 2021, ("A1",), 500, 400),
        ("grand_est_2024", 2024, ("1",), 20000, 20000),
    ]
    region = impact.of_region(base.cursor(), programme, LATER)
    assert [(y.annee, len(y.numeros), y.balance and y.balance.accorde) for y in region] == [
        (2021, 1, 400),
        (2024, 7, 40000),
    ]


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [("grand_est_2024", "grand_est"), ("guadeloupe_2023_essai", "guadeloupe"), ("pilote", "pilote")],
)
def test_calls_of_a_region_share_the_beginning_of_their_id(identifier, expected):
    assert impact.stem(identifier) == expected

"""The demonstration followed: every situation of a grant is in it, its sums tie to the ledger, and it is made once."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from clact_model import decision, demo, impact, intake, ledger, paths
from clact_model.demo import steps
from clact_model.demo.deciding import decide
from clact_model.demo.following import follow
from clact_model.demo.steps import FOLLOWUP
from clact_model.ledger import Balance, balances
from clact_model.programme import Programme, load_all
from clact_model.store import Base
from scripts import make_followup

CALLS = ("grand_est_2023", "grand_est_2024", "guadeloupe_2023", "hauts_de_france_2022", "normandie_2025")
PROGRAMMES = demo.with_history(load_all()).programmes
TOLD_ON = {call: demo.moments(call).get("Suivi") or demo.judged_day(call) for call in CALLS}
"""The day on which the follow-up of each call is looked at."""

SITUATIONS = {
    "a convention of funding": ("*", "nature = 'convention' AND (details->>'forme') = 'convention'"),
    "an amendment to the CPOM": ("*", "nature = 'convention' AND (details->>'forme') = 'avenant_cpom'"),
    "a convention still to be signed": ("*", "nature = 'octroi' AND numero NOT IN (SELECT numero FROM m WHERE nature IN ('convention', 'liberation'))"),
    "signed and not paid": ("*", "nature = 'convention' AND numero NOT IN (SELECT numero FROM m WHERE nature = 'versement')"),
    "paid": ("*", "nature = 'versement'"),
    "started": ("*", "nature = 'demarrage'"),
    "paid, and not started within the year": ("grand_est_2024", "nature = 'versement' AND jour < DATE '2025-01-31' AND numero NOT IN (SELECT numero FROM m WHERE nature IN ('demarrage', 'annulation'))"),
    "an expense presented that waits for its answer": ("*", "nature = 'depense' AND id NOT IN (SELECT sur FROM m WHERE sur IS NOT NULL)"),
    "an expense admitted": ("*", "nature = 'admission'"),
    "an expense rejected with its reason": ("*", "nature = 'rejet' AND motif <> ''"),
    "an expense admitted in part": ("grand_est_2024", "nature = 'rejet' AND sur IN (SELECT sur FROM m WHERE nature = 'admission')"),
    "a credit note": ("grand_est_2024", "nature = 'admission' AND montant < 0"),
    "an invoice sent twice, seen": ("grand_est_2024", "nature = 'rejet' AND motif LIKE 'Facture en double%'"),
    "more admitted than granted": ("grand_est_2024", "nature = 'octroi' AND montant < (SELECT sum(a.montant) FROM m a WHERE a.nature = 'admission' AND a.numero = m.numero)"),
    "a carry-over": ("*", "nature = 'report' AND echeance > jour"),
    "an action cancelled": ("*", "nature = 'annulation'"),
    "one action of several cancelled": ("grand_est_2024", "nature = 'annulation' AND ligne IS NOT NULL"),
    "money still to be recovered": ("*", "nature = 'a_recuperer' AND numero NOT IN (SELECT numero FROM m WHERE nature = 'recouvrement')"),
    "recovered by paying back": ("*", "nature = 'recouvrement' AND (details->>'mode') = 'reversement'"),
    "recovered on a later notification": ("grand_est_2024", "nature = 'recouvrement' AND (details->>'mode') = 'compensation' AND reference LIKE 'Notification%'"),
    "last year's money recovered on this year's notification": ("grand_est_2023", "nature = 'recouvrement' AND reference LIKE 'Notification CLACT 2024%'"),
    "freed": ("*", "nature = 'liberation'"),
    "freed or recovered, and given again to the waiting list": ("grand_est_2024", "nature = 'octroi' AND jour > DATE '2025-01-01'"),
    "a final report": ("grand_est_2023", "nature = 'bilan' AND reference = 'final'"),
    "Guadeloupe: the report of year 1 received, the second tranche paid": ("guadeloupe_2023", "nature = 'versement' AND tranche = 2"),
    "Guadeloupe: the report received, the second tranche due": ("guadeloupe_2023", "nature = 'bilan' AND reference = '2024' AND numero NOT IN (SELECT numero FROM m WHERE nature = 'versement' AND tranche = 2)"),
    "Guadeloupe: the report received late": ("guadeloupe_2023", "nature = 'bilan' AND jour > DATE '2025-03-30'"),
    "Guadeloupe: the report missing": ("guadeloupe_2023", "nature = 'versement' AND numero NOT IN (SELECT numero FROM m WHERE nature IN ('bilan', 'annulation'))"),
    "Normandie: a tranche a year": ("normandie_2025", "nature = 'tranche' AND (details->>'annee') = '2026'"),
    "Normandie: the second year paid": ("normandie_2025", "nature = 'versement' AND jour >= DATE '2026-01-01'"),
    "Normandie: a cancelled action paid back in full": ("normandie_2025", "nature = 'annulation' AND 0 = (SELECT sum(CASE nature WHEN 'versement' THEN montant WHEN 'recouvrement' THEN -montant END) FROM m p WHERE p.numero = m.numero)"),
    "Hauts-de-France: proven before 10 November, paid the same year": ("hauts_de_france_2022", "nature = 'admission' AND echeance = DATE '2022-12-31' AND numero IN (SELECT numero FROM m WHERE nature = 'versement' AND year(jour) = 2022)"),
    "Hauts-de-France: proven later, due the next year": ("hauts_de_france_2022", "nature = 'admission' AND echeance = DATE '2023-12-31'"),
    "Hauts-de-France: an innovation supplement paid": ("hauts_de_france_2022", "nature = 'versement' AND poste = 'supplement'"),
}  # fmt: skip
"""What happens to a grant → the call that shows it (``*``: any), and the lines of the ledger that it is known by."""


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    base = Base(tmp_path_factory.mktemp("base") / "demo_suivi.duckdb")
    demo.ensure_followed(base)
    yield base
    base.close()


@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_situation_of_a_grant_is_there(situation: str, followed: Base) -> None:
    call, condition = SITUATIONS[situation]
    found = 0
    for programme in CALLS if call == "*" else (call,):
        rows = followed.cursor().execute(
            f"WITH m AS (SELECT * FROM mouvement WHERE programme = ? AND jour <= ?) SELECT count(*) FROM m WHERE {condition}",
            [programme, TOLD_ON[programme]],
        ).fetchall()  # fmt: skip
        found += rows[0][0]
    assert found


def test_what_is_given_again_had_come_back(followed: Base) -> None:
    held = decision.held(followed.cursor(), PROGRAMMES["grand_est_2024"])
    settings = demo.committee(PROGRAMMES["grand_est_2024"])
    assert held is not None
    assert settings is not None
    assert settings.given_again_on is not None
    assert 0 < held.committee.reaffecte <= total(followed, "grand_est_2024", settings.given_again_on).returned
    assert any(one.issue == "liste_attente" for one in held.decisions)


def test_indicators_are_reached_missed_late_and_still_to_come(followed: Base) -> None:
    cursor, states = followed.cursor(), set()
    for call in ("grand_est_2023", "grand_est_2024"):
        told_on = TOLD_ON[call]
        assert told_on is not None
        for one in impact.follow(cursor, PROGRAMMES[call], told_on):
            states |= {one.indicator.reached, *(due.state for due in one.dues)}
    assert {True, False, None} <= states
    assert {"mesure", "a_venir", "en_retard"} <= states


def total(base: Base, call: str, day: date) -> Balance:
    return ledger.total(balances(base.cursor(), call, day).values())


def test_the_year_before_has_the_scale_that_the_guide_tells(followed: Base) -> None:
    guide = (paths.SOURCES / "grand_est_2024_guide.txt").read_text(encoding="utf-8")
    assert "-330 projets ont été reçus" in guide
    assert "4.1 M€ ont été délégués" in guide
    granted = balances(followed.cursor(), "grand_est_2023", date(2023, 12, 31))
    assert len(granted) == 330
    assert ledger.total(granted.values()).accorde == Decimal("4100000.00")
    sectors = followed.cursor().execute(
        "SELECT secteur, count(*) FROM dossier WHERE programme = 'grand_est_2023' GROUP BY secteur ORDER BY secteur"
    ).fetchall()  # fmt: skip
    assert sectors == [("medico_social", 201), ("sanitaire", 129)]


def test_most_establishments_of_the_year_before_apply_again(followed: Base) -> None:
    again = followed.cursor().execute(
        """SELECT count(DISTINCT d.numero) FROM dossier d JOIN dossier n
           ON n.programme = 'grand_est_2024' AND (n.finess = d.finess OR n.siret = d.siret)
           WHERE d.programme = 'grand_est_2023'"""
    ).fetchall()  # fmt: skip
    assert 165 < again[0][0] < 330


@pytest.mark.parametrize("call", CALLS)
def test_the_sums_tie_at_every_quarter(call: str, followed: Base) -> None:
    decided = decision.held(followed.cursor(), PROGRAMMES[call])
    last = TOLD_ON[call]
    assert decided is not None
    assert last is not None
    given = sum((d.accorde + d.supplement for d in decided.decisions if d.statut == "notifie"), Decimal(0))
    assert total(followed, call, last).accorde == given
    for day in (date(year, month, 28) for year in range(2022, 2027) for month in (2, 5, 8, 11)):
        for account in balances(followed.cursor(), call, day).values():
            parts = account.consomme + account.a_recuperer + account.recupere + account.libere + account.reste
            assert account.accorde == parts


def test_nothing_is_told_after_the_day_it_is_looked_at(followed: Base) -> None:
    latest = followed.cursor().execute("SELECT programme, max(jour) FROM mouvement GROUP BY programme").fetchall()
    assert {call for call, _ in latest} >= set(PROGRAMMES)
    for call, day in latest:
        told_on = TOLD_ON[call]
        assert told_on is not None
        assert day <= told_on


def test_filling_twice_is_filling_once(followed: Base) -> None:
    writes = followed.writes()
    demo.ensure_followed(followed)
    assert followed.writes() == writes
    assert followed.faults() == []


def test_the_script_tells_the_same_follow_up_again(followed: Base, tmp_path: Path) -> None:
    make_followup.write_all(followed, tmp_path)
    names = sorted(path.name for path in FOLLOWUP.glob("*.csv"))
    assert names == sorted(path.name for path in tmp_path.iterdir())
    for name in names:
        assert (tmp_path / name).read_bytes() == (FOLLOWUP / name).read_bytes(), name


def test_a_follow_up_cut_short_is_taken_up_again(followed: Base, tmp_path: Path) -> None:
    programme, base = PROGRAMMES["guadeloupe_2023"], Base(tmp_path / "coupee.duckdb")
    settings = demo.committee(programme)
    assert settings is not None
    workbook = intake.UploadedFile.from_path(paths.DEMO_FOLDER / f"{programme.id}.xlsx")
    intake.write(base, programme, intake.preview(base, programme, [workbook]))
    adopted, *later = [steps.operation(step, programme.id) for step in steps.DECIDING]

    decide(base, programme, settings, later)
    assert written(base, programme) == []
    for _ in range(2):
        decide(base, programme, settings, [adopted])
        follow(base, programme, settings, [])

    assert written(base, programme) == written(followed, programme) != []
    base.close()


def written(base: Base, programme: Programme) -> list[tuple[str, str, date, Decimal | None]]:
    return [(m.numero, m.nature, m.jour, m.montant) for m in ledger.lines(base.cursor(), programme.id)]

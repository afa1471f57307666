"""What is due of a dossier under each of the four texts: the day, done or late, and the words behind it."""

from decimal import Decimal
from pathlib import Path

import pytest

from clact_model import tracking
from clact_model.ledger import LedgerRefusedError
from clact_model.programme.checks import quotes
from tests.tracking.owing import d, owing

ACTION = [("2024-11-04", "2025-10-31")]
GRAND_EST, GUADELOUPE, NORMANDIE, HAUTS_DE_FRANCE = (
    "grand_est_2024",
    "guadeloupe_2023",
    "normandie_2025",
    "hauts_de_france_2022",
)

DEADLINES = {
    # call: (notified, signed, days of the action, {what is due: its days})
    GRAND_EST: (
        "2024-10-15",
        "2024-10-20",
        ("2024-11-04", "2025-10-31"),
        {
            "convention": ["2024-10-11"],
            "versement": ["2024-10-20"],
            "demarrage": ["2025-10-15"],
            "duree": ["2026-10-15"],
            "consommation": ["2026-12-31"],
        },
    ),
    GUADELOUPE: (
        "2024-01-31",
        "2024-02-12",
        ("2024-03-01", "2025-12-31"),
        {
            "convention": ["2024-02-29"],
            "versement": ["2024-02-12", "2025-03-30", "2026-03-30"],
            "demarrage": ["2025-01-31"],
            "bilan": ["2025-03-30", "2026-03-30"],
            "consommation": ["2026-03-31"],
            "evaluation": ["2026-03-30"],
        },
    ),
    NORMANDIE: (
        "2025-06-30",
        "2025-07-15",
        ("2025-09-01", "2026-08-31"),
        {
            "convention": ["2025-09-21"],
            "versement": ["2025-12-31", "2026-12-31"],
            "duree": ["2027-08-31"],
            "consommation": ["2026-12-31"],
        },
    ),
    HAUTS_DE_FRANCE: (
        "2022-07-18",
        "2022-09-05",
        ("2022-10-01", "2023-09-30"),
        {"convention": [None], "versement": [None], "duree": ["2024-09-30"]},
    ),
}


@pytest.mark.parametrize("call", DEADLINES)
def test_each_call_sets_the_deadlines_of_its_text_on_its_own_words(call: str, tmp_path: Path) -> None:
    notified, signed, days, expected = DEADLINES[call]
    dossier = owing(tmp_path, call, notified, actions=[days])
    dossier.sign(signed)
    found: dict[str, list[str | None]] = {}
    for one in dossier.due(signed):
        found.setdefault(one.nature, []).append(one.echeance and one.echeance.isoformat())
    assert found == expected
    known = {quote.texte for _, quote in quotes(dossier.programme.file)}
    for one in dossier.due(signed):
        assert one.citation or one.interpretation or one.nature == "convention", one.nature
        assert {quote.texte for quote in one.citation} <= known


def test_nothing_is_due_before_a_decision_is_notified(tmp_path: Path) -> None:
    dossier = owing(tmp_path, GRAND_EST, "2024-10-15", actions=ACTION)
    assert dossier.due("2024-10-14") == []
    assert {one.nature for one in dossier.due("2024-10-15")} >= {"convention", "demarrage", "consommation"}


def test_a_convention_is_to_be_signed_from_the_day_of_the_calendar_and_late_only_where_it_ends(tmp_path: Path) -> None:
    open_ended = owing(tmp_path, GRAND_EST, "2024-10-09", actions=ACTION)
    assert [open_ended.one(day, "convention").etat for day in ("2024-10-10", "2024-10-11", "2026-01-01")] == [
        "a_venir",
        "a_faire",
        "a_faire",
    ]
    assert open_ended.one("2026-01-01", "convention").retard == 0


def test_a_convention_signed_late_says_by_how_much(tmp_path: Path) -> None:
    dossier = owing(tmp_path, GUADELOUPE, "2024-01-31")
    assert dossier.one("2024-02-29", "convention").etat == "a_venir"
    assert dossier.one("2024-03-01", "convention").etat == "en_retard"
    dossier.sign("2024-03-10")
    signed = dossier.one("2024-06-01", "convention")
    assert (signed.etat, signed.fait_le, signed.retard) == ("fait", d("2024-03-10"), 10)


def test_an_action_must_start_within_the_year_of_the_agreement(tmp_path: Path) -> None:
    dossier = owing(tmp_path, GRAND_EST, "2024-02-29", actions=ACTION)
    assert dossier.one("2025-02-28", "demarrage").etat == "a_venir"
    late = dossier.one("2025-03-10", "demarrage")
    assert (late.etat, late.echeance, late.retard) == ("en_retard", d("2025-02-28"), 10)
    dossier.do("2025-03-11", tracking.Start(dossier.numero, d("2025-02-20"), 1))
    started = dossier.one("2025-03-11", "demarrage")
    assert (started.etat, started.retard) == ("fait", 0)


def test_a_first_expense_shows_that_its_action_has_started_and_says_nothing_of_the_others(tmp_path: Path) -> None:
    dossier = owing(
        tmp_path, GRAND_EST, "2024-10-15", [(1, "5000.00"), (2, "5000.00")], [("2024-11-04", None), (None, None)]
    )
    dossier.sign("2024-10-20")
    dossier.spend("2024-12-01", "100.00", ligne=1)
    assert {one.ligne: one.etat for one in dossier.due("2025-12-01", "demarrage")} == {1: "fait", 2: "en_retard"}


def test_a_tranche_waits_for_its_report_and_is_to_be_paid_once_it_is_there(tmp_path: Path) -> None:
    dossier = owing(tmp_path, GUADELOUPE, "2024-01-31", actions=[("2024-03-01", "2025-12-31")])
    dossier.sign("2024-02-12")
    dossier.do("2024-02-20", tracking.Pay(dossier.numero, Decimal("4000.00"), d("2024-02-20")))
    assert [one.etat for one in dossier.due("2025-04-15", "versement")] == ["fait", "attend", "attend"]
    assert [one.etat for one in dossier.due("2025-04-15", "bilan")] == ["en_retard", "a_venir"]
    dossier.do("2025-04-15", tracking.ReceiveReport(dossier.numero, 2024, d("2025-04-15")))
    second = dossier.due("2025-04-15", "versement")[1]
    assert (second.etat, second.montant, second.retard) == ("a_faire", Decimal("3000.00"), 0)
    assert [(one.etat, one.retard) for one in dossier.due("2025-05-01", "bilan")] == [("fait", 16), ("a_venir", 0)]


def test_a_proof_sets_the_year_on_which_it_is_paid(tmp_path: Path) -> None:
    dossier = owing(tmp_path, HAUTS_DE_FRANCE, "2022-07-18", actions=[("2022-10-01", "2023-09-30")])
    dossier.sign("2022-09-05")
    assert dossier.one("2022-11-01", "versement").etat == "attend"
    dossier.spend("2022-11-10", "6000.00")
    assert dossier.one("2022-12-31", "versement").echeance == d("2023-12-31")
    assert dossier.one("2024-01-01", "versement").etat == "en_retard"


def test_a_year_of_realisation_is_paid_before_it_is_over(tmp_path: Path) -> None:
    dossier = owing(tmp_path, NORMANDIE, "2025-06-30", actions=[("2025-09-01", "2026-08-31")])
    dossier.sign("2025-07-15")
    assert [one.etat for one in dossier.due("2026-01-01", "versement")] == ["en_retard", "a_venir"]


def test_a_carry_over_moves_the_last_day_and_keeps_the_former_ones(tmp_path: Path) -> None:
    dossier = owing(tmp_path, GRAND_EST, "2024-10-15", actions=ACTION)
    dossier.sign("2024-10-20")
    dossier.do("2026-06-01", tracking.CarryOver(dossier.numero, d("2026-06-01"), d("2027-06-30"), "travaux retardés"))
    dossier.do("2027-05-01", tracking.CarryOver(dossier.numero, d("2027-05-01"), d("2027-12-31"), "fournisseur"))
    now = dossier.one("2027-05-02", "consommation")
    assert (now.echeance, now.avant, now.etat) == (d("2027-12-31"), (d("2026-12-31"), d("2027-06-30")), "a_venir")
    # As of a day before it was granted, it is as if it had not been.
    assert dossier.one("2026-05-31", "consommation").avant == ()
    assert dossier.one("2028-01-01", "consommation").retard == 1
    assert dossier.one("2027-05-02", "duree").avant == (d("2026-10-15"), d("2027-06-30"))


def test_a_carry_over_taken_back_gives_the_former_day_again(tmp_path: Path) -> None:
    dossier = owing(tmp_path, GRAND_EST, "2024-10-15", actions=ACTION)
    dossier.do("2026-06-01", tracking.CarryOver(dossier.numero, d("2026-06-01"), d("2027-06-30"), "travaux"))
    row = dossier.base.cursor().execute("SELECT id FROM mouvement WHERE nature = 'report'").fetchone()
    assert row is not None
    dossier.do("2026-06-02", tracking.Reverse(dossier.numero, row[0], d("2026-06-02"), "erreur de dossier"))
    assert dossier.one("2026-06-02", "consommation").echeance == d("2026-12-31")


def test_what_a_carry_over_adds_a_year_to_is_reported_a_year_longer(tmp_path: Path) -> None:
    dossier = owing(tmp_path, GUADELOUPE, "2024-01-31", actions=[("2024-03-01", "2025-12-31")])
    dossier.sign("2024-02-12")
    dossier.do("2026-01-10", tracking.CarryOver(dossier.numero, d("2026-01-10"), d("2027-03-31"), "livraison"))
    assert [one.echeance for one in dossier.due("2026-01-10", "bilan")] == [
        d("2025-03-30"),
        d("2026-03-30"),
        d("2027-03-30"),
    ]
    assert dossier.one("2026-01-10", "evaluation").echeance == d("2028-03-30")


def test_a_cancelled_action_owes_nothing_any_more_and_its_money_is_to_be_recovered(tmp_path: Path) -> None:
    dossier = owing(
        tmp_path, NORMANDIE, "2025-06-30", [(1, "6000.00"), (2, "4000.00")], [("2025-09-01", "2025-12-31")] * 2
    )
    dossier.sign("2025-07-15")
    dossier.do("2025-10-01", tracking.Pay(dossier.numero, Decimal("10000.00"), d("2025-10-01")))
    dossier.do("2026-02-01", tracking.Cancel(dossier.numero, d("2026-02-01"), "abandon", 2))
    assert [one.ligne for one in dossier.due("2026-02-01", "duree")] == [1]
    owed = dossier.one("2026-02-01", "recuperation")
    assert (owed.etat, owed.montant, owed.de) == ("a_faire", Decimal("4000.00"), "agence")
    dossier.do("2026-03-01", tracking.Recover(dossier.numero, d("2026-03-01"), "reversement", "TITRE 12"))
    assert dossier.one("2026-03-01", "recuperation").fait_le == d("2026-03-01")


def test_what_is_consumed_to_the_cent_is_done_on_the_day_it_was(tmp_path: Path) -> None:
    dossier = owing(tmp_path, GRAND_EST, "2024-10-15", actions=ACTION)
    dossier.sign("2024-10-20")
    dossier.do("2024-11-01", tracking.Pay(dossier.numero, Decimal("10000.00"), d("2024-11-01")))
    dossier.spend("2025-06-01", "9999.99", "F1")
    left = dossier.one("2027-01-05", "consommation")
    assert (left.etat, left.montant, left.retard) == ("en_retard", Decimal("0.01"), 5)
    dossier.spend("2027-01-06", "0.01", "F2")
    done = dossier.one("2027-02-01", "consommation")
    assert (done.etat, done.fait_le, done.retard) == ("fait", d("2027-01-06"), 6)
    assert not [one for one in dossier.due("2027-02-01") if one.etat != "fait"]


def test_an_end_that_is_not_known_is_said_and_never_guessed(tmp_path: Path) -> None:
    dossier = owing(tmp_path, GUADELOUPE, "2024-01-31", actions=[("2024-03-01", None)])
    dossier.sign("2024-02-12")
    found = dossier.one("2024-06-01", "evaluation")
    assert (found.echeance, found.etat, found.retard) == (None, "sans_date", 0)


def test_a_supplement_has_its_own_money_and_owes_no_report_twice(tmp_path: Path) -> None:
    dossier = owing(tmp_path, HAUTS_DE_FRANCE, "2022-07-18", poste="supplement", actions=[("2022-10-01", "2023-09-30")])
    assert {(one.nature, one.poste) for one in dossier.due("2022-09-01")} == {("convention", "supplement")}


def test_what_is_due_comes_in_the_order_of_the_days_unknown_ones_last(tmp_path: Path) -> None:
    dossier = owing(tmp_path, GUADELOUPE, "2024-01-31", actions=[("2024-03-01", None)])
    dossier.sign("2024-02-12")
    days = [one.echeance for one in dossier.due("2024-06-01")]
    known = [day for day in days if day is not None]
    assert known == sorted(known)
    assert days[len(known) :] == [None] * (len(days) - len(known))


def test_an_obligation_keeps_its_identity_when_its_day_moves(tmp_path: Path) -> None:
    dossier = owing(tmp_path, GRAND_EST, "2024-10-15", actions=ACTION)
    before = {one.key for one in dossier.due("2024-12-01")}
    assert len(before) == len(dossier.due("2024-12-01"))
    dossier.do("2026-06-01", tracking.CarryOver(dossier.numero, d("2026-06-01"), d("2027-06-30"), "travaux"))
    assert {one.key for one in dossier.due("2026-06-02")} == before


def test_a_report_is_in_time_on_its_last_day_and_late_the_day_after(tmp_path: Path) -> None:
    dossier = owing(tmp_path, GUADELOUPE, "2024-01-31", actions=[("2024-03-01", "2025-12-31")])
    dossier.sign("2024-02-12")
    assert [one.etat for one in dossier.due("2025-03-30", "bilan")] == ["a_venir", "a_venir"]
    assert [one.etat for one in dossier.due("2025-03-31", "bilan")] == ["en_retard", "a_venir"]


def test_the_report_of_a_year_cannot_come_before_that_year(tmp_path: Path) -> None:
    dossier = owing(tmp_path, GUADELOUPE, "2024-01-31", actions=[("2024-03-01", "2025-12-31")])
    dossier.sign("2024-02-12")
    early = tracking.ReceiveReport(dossier.numero, 2025, d("2024-12-31"))
    with pytest.raises(LedgerRefusedError, match="le bilan de 2025 ne peut pas être reçu le 31/12/2024"):
        dossier.do("2024-12-31", early)
    dossier.do("2025-12-20", tracking.ReceiveReport(dossier.numero, 2025, d("2025-12-20")))

"""A dossier followed from its grant to its closed account, under each of the four texts."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from clact_model.ledger import LedgerRefusedError
from clact_model.tracking import (
    Admit,
    Cancel,
    CarryOver,
    Claim,
    CreditNote,
    Free,
    Pay,
    Present,
    ReceiveReport,
    Recover,
    Reject,
    Reverse,
    Sign,
)
from tests.tracking.followed import followed


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_grand_est_pays_at_once_and_takes_back_what_is_not_consumed(tmp_path: Path) -> None:
    one = followed(tmp_path, "grand_est_2024", {None: "20000.00"}, "2024-10-09")
    n = one.numero
    one.do(Sign(n, day("2024-11-04"), "2024-001"), Pay(n, Decimal("20000"), day("2024-11-20"), "DV-1"))
    assert [(t.montant, t.echeance, t.attend) for t in one.tranches("2024-11-04")] == [(20000, day("2024-11-04"), None)]
    first, second = one.do(
        Present(n, Decimal("15000"), day("2026-02-10"), "F-1"), Present(n, Decimal("1500"), day("2026-03-10"), "F-2")
    )
    one.do(Admit(n, first.id, day("2026-03-20")), Reject(n, second.id, day("2026-03-20"), motif="Hors convention"))
    one.do(Claim(n, day("2027-01-15"), "Sous-consommation au 31/12/2026"))
    one.do(Recover(n, day("2027-10-09"), "compensation", "Notification CLACT 2027"))
    assert one.balance("2026-12-31").reste == 5000
    assert one.balance("2027-01-15").a_recuperer == 5000
    closed = one.balance()
    assert (closed.consomme, closed.recupere, closed.rejete, closed.reste) == (15000, 5000, 1500, 0)


def test_normandie_pays_by_year_and_takes_a_cancelled_action_back_in_full(tmp_path: Path) -> None:
    one = followed(tmp_path, "normandie_2025", {1: "9000.00", 2: "6000.01"}, "2025-06-30", actions=2)
    n = one.numero
    one.do(Sign(n, day("2025-07-15"), "C-25-1"))
    assert sum(t.montant for t in one.tranches()) == Decimal("15000.01")
    assert {t.annee for t in one.tranches()} <= {2025, 2026}
    firsts = [t for t in one.tranches("2025-12-01") if t.ligne == 1 and t.annee == 2025]
    for tranche in firsts:
        one.do(Pay(n, tranche.montant, day("2025-12-01"), f"P-{tranche.tranche}", tranche=tranche.tranche))
    paid = sum(t.montant for t in firsts)
    with pytest.raises(
        LedgerRefusedError, match=r"attend l'année 2026\. Attendez qu'elle commence, ou écrivez un motif"
    ):
        one.do(
            Pay(
                n,
                Decimal("1"),
                day("2025-12-02"),
                "P-2026",
                tranche=next(t.tranche for t in one.tranches() if t.annee == 2026),
            )
        )
    (expense,) = one.do(Present(n, Decimal("500"), day("2026-01-10"), "F-1", ligne=1))
    one.do(Admit(n, expense.id, day("2026-01-12")))
    assert one.balance("2026-01-12").consomme == 500
    one.do(Cancel(n, day("2026-02-01"), "Projet abandonné", ligne=1))
    after = one.balance("2026-02-01")
    assert (after.a_recuperer, after.libere, after.consomme) == (paid, Decimal("9000.00") - paid, 0)
    assert after.reste == Decimal("6000.01")
    assert sum(t.montant for t in one.tranches()) == paid + Decimal("6000.01")


def test_guadeloupe_pays_30_per_cent_a_year_on_each_report(tmp_path: Path) -> None:
    one = followed(tmp_path, "guadeloupe_2023", {None: "33333.33"}, "2024-01-20")
    n = one.numero
    one.do(Sign(n, day("2024-02-12"), "C-1"))
    assert [t.montant for t in one.tranches()] == [Decimal("13333.33"), Decimal("10000.00"), Decimal("10000.00")]
    one.do(Pay(n, Decimal("13333.33"), day("2024-02-20"), "P-1"))
    with pytest.raises(LedgerRefusedError, match="attend le bilan de 2024"):
        one.do(Pay(n, Decimal("10000"), day("2025-04-10"), "P-2"))
    one.do(ReceiveReport(n, 2024, day("2025-03-28")), Pay(n, Decimal("10000"), day("2025-04-10"), "P-2"))
    assert [(t.paye, t.attend) for t in one.tranches("2025-04-10")] == [
        (Decimal("13333.33"), None),
        (Decimal("10000.00"), None),
        (Decimal("0.00"), "le bilan de 2025"),
    ]
    one.do(Free(n, day("2026-04-01"), "Pas de bilan de 2025 : solde non versé"))
    assert one.balance().libere == Decimal("10000.00")
    assert sum(t.montant for t in one.tranches()) == Decimal("23333.33")


def test_hauts_de_france_pays_on_proof_with_its_supplement_apart(tmp_path: Path) -> None:
    one = followed(tmp_path, "hauts_de_france_2022", {None: "8000.00"}, "2022-07-20", supplement="2000.00")
    n = one.numero
    one.do(Sign(n, day("2022-09-01"), "AV-7", "avenant_cpom"))
    assert one.balance("2022-09-01", "supplement").conventionne == 2000
    with pytest.raises(LedgerRefusedError, match="attend des justificatifs admis"):
        one.do(Pay(n, Decimal("1000"), day("2022-10-01"), "P-1"))
    early, late = one.do(
        Present(n, Decimal("5000"), day("2022-11-09"), "F-1"), Present(n, Decimal("3000"), day("2022-11-10"), "F-2")
    )
    answers = one.do(Admit(n, early.id, day("2022-11-20")), Admit(n, late.id, day("2022-11-20")))
    assert [answer.echeance for answer in answers] == [day("2022-12-31"), day("2023-12-31")]
    with pytest.raises(LedgerRefusedError, match=r"n'ouvre droit qu'à|restent des tranches"):
        one.do(Pay(n, Decimal("8000.01"), day("2022-12-10"), "P-1"))
    # Received before 10 November, paid this year; the other in the next: « le versement […] interviendra en N+1 ».
    assert sum(t.payable for t in one.tranches("2022-12-31")) == 5000
    with pytest.raises(LedgerRefusedError, match="n'ouvre droit qu'à"):
        one.do(Pay(n, Decimal("8000"), day("2022-12-10"), "P-1"))
    assert sum(t.payable for t in one.tranches("2023-01-01")) == 8000
    one.do(Pay(n, Decimal("5000"), day("2022-12-10"), "P-1"))
    assert [(t.payable, t.attend) for t in one.tranches("2022-12-31")] == [(0, "l'année 2023")]
    one.do(Pay(n, Decimal("3000"), day("2023-05-10"), "P-2"))
    assert (one.balance().paye, one.balance().consomme, one.balance().reste) == (8000, 8000, 0)
    assert one.balance(poste="supplement").reste == 2000


def test_a_credit_note_on_what_was_admitted_lowers_it_at_once(tmp_path: Path) -> None:
    one = followed(tmp_path, "grand_est_2024", {None: "20000.00"}, "2024-10-09")
    n = one.numero
    (expense,) = one.do(Present(n, Decimal("1000"), day("2026-02-10"), "F-1"))
    one.do(Admit(n, expense.id, day("2026-02-20")))
    one.do(CreditNote(n, Decimal("-200"), day("2026-03-01"), "AV-1"))
    assert (one.balance("2026-02-28").admis, one.balance().admis, one.balance().presente) == (1000, 800, 800)
    with pytest.raises(LedgerRefusedError, match="tomberait à"):
        one.do(CreditNote(n, Decimal("-900"), day("2026-03-02"), "AV-2"))


def test_a_convention_is_reversed_with_its_tranches_and_its_number_is_free_again(tmp_path: Path) -> None:
    one = followed(tmp_path, "guadeloupe_2023", {None: "10000.00"}, "2024-01-20")
    n = one.numero
    first, *_ = one.do(Sign(n, day("2024-02-12"), "C-1"))
    with pytest.raises(LedgerRefusedError, match="déjà signée"):
        one.do(Sign(n, day("2024-02-13"), "C-2"))
    one.do(Reverse(n, first.id, day("2024-02-14"), "Mauvais montant"))
    assert (one.balance("2024-02-13").conventionne, one.balance("2024-02-14").conventionne) == (10000, 0)
    assert one.tranches() == []
    one.do(Sign(n, day("2024-02-20"), "C-1"))
    assert sum(t.montant for t in one.tranches()) == 10000


def test_a_carry_over_moves_the_day_of_a_tranche_and_keeps_the_old_one(tmp_path: Path) -> None:
    one = followed(tmp_path, "guadeloupe_2023", {None: "10000.00"}, "2024-01-20")
    one.do(Sign(one.numero, day("2024-02-12"), "C-1"))
    old = one.tranches()[1].echeance
    one.do(CarryOver(one.numero, day("2025-03-01"), day("2025-09-30"), "Travaux en retard", tranche=2))
    moved = one.tranches()[1]
    assert (moved.echeance, moved.avant) == (day("2025-09-30"), (old,))
    assert one.tranches("2025-02-28")[1].echeance == old

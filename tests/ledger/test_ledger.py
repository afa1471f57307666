"""The ledger: lines only added, balances as of any day, and what cannot stand."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from clact_model import ledger
from clact_model.ledger import Book, Entry, LedgerRefusedError
from clact_model.store import Base
from tests.ledger.conftest import PROGRAMME, Write


def line(nature: ledger.Nature, montant: str | None, jour: str, **more: object) -> Entry:
    amount = None if montant is None else Decimal(montant)
    return Entry(numero="1", nature=nature, montant=amount, jour=date.fromisoformat(jour), **more)  # type: ignore[arg-type]


OPENED = (line("octroi", "1000", "2024-10-09"), line("convention", "1000", "2024-11-04"))


def balance(base: Base, day: str) -> ledger.Balance:
    return ledger.balances(base.cursor(), PROGRAMME, date.fromisoformat(day))["1", "aide"]


def test_each_euro_is_in_one_state_on_each_day(base: Base, write: Write) -> None:
    *_, expense = write(*OPENED, line("versement", "400", "2024-12-01"), line("depense", "300", "2025-02-01"))
    write(
        line("admission", "250", "2025-03-01", sur=expense.id),
        line("a_recuperer", "150", "2027-01-15"),
        line("liberation", "600", "2027-01-15"),
        line("recouvrement", "100", "2027-06-01"),
    )
    found = balance(base, "2027-01-15")
    assert (found.consomme, found.a_recuperer, found.recupere, found.libere, found.reste) == tuple(
        map(Decimal, ("250", "150", "0", "600", "0"))
    )
    assert balance(base, "2027-06-01").recupere == 100
    assert balance(base, "2025-02-28").consomme == 0
    for day in ("2024-10-09", "2024-12-01", "2025-03-01", "2027-01-15", "2099-01-01"):
        one = balance(base, day)
        assert one.accorde == one.consomme + one.a_recuperer + one.recupere + one.libere + one.reste


def test_what_a_full_repayment_takes_back_no_longer_counts_as_consumed(base: Base, write: Write) -> None:
    *_, expense = write(*OPENED, line("versement", "1000", "2024-12-01"), line("depense", "700", "2025-02-01"))
    write(line("admission", "700", "2025-03-01", sur=expense.id), line("a_recuperer", "1000", "2025-06-01"))
    assert balance(base, "2025-05-31").consomme == 700
    assert (balance(base, "2025-06-01").consomme, balance(base, "2025-06-01").a_recuperer) == (0, 1000)


def test_a_correction_counts_from_its_own_day(base: Base, write: Write) -> None:
    *_, paid = write(*OPENED, line("versement", "400", "2024-12-01"))
    with base.write("suivre", PROGRAMME) as writing:
        book = Book(writing)
        book.reverse(paid, date(2025, 1, 10), "Versé à un autre")
        book.close()
    assert (balance(base, "2025-01-09").paye, balance(base, "2025-01-10").paye) == (400, 0)
    with base.write("suivre", PROGRAMME) as writing, pytest.raises(LedgerRefusedError, match="déjà été contre-passée"):
        Book(writing).reverse(paid, date(2025, 1, 11), "encore")


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([line("versement", "1", "2024-11-03")], "0,00 € conventionnés"),
        ([line("versement", "1000.01", "2025-01-01")], "1 000,01 € versés pour 1 000,00 € conventionnés"),
        ([line("convention", "0.01", "2025-01-01")], "1 000,01 € conventionnés pour 1 000,00 € accordés"),
        ([line("a_recuperer", "1", "2025-01-01")], "à récupérer en tout pour 0,00 € versés"),
        ([line("versement", "900", "2025-01-01"), line("liberation", "101", "2025-01-01")], "versés ou libérés"),
        ([line("depense", "-1", "2025-01-01")], "tomberait à"),
        ([line("recouvrement", "1", "2025-01-01")], "récupérés pour 0,00 € à récupérer"),
    ],
)
def test_what_no_day_allows_is_refused_with_its_figures(
    base: Base, write: Write, entries: list[Entry], said: str
) -> None:
    write(*OPENED)
    with pytest.raises(LedgerRefusedError) as refused:
        write(*entries)
    assert said in " ".join(str(refused.value).split())
    assert any(remedy in str(refused.value) for remedy in ("Corrigez le montant", "ne peut pas dépasser"))
    assert len(ledger.lines(base.cursor(), PROGRAMME)) == len(OPENED)


def test_a_payment_before_its_convention_is_refused_however_late_it_is_written(write: Write) -> None:
    write(*OPENED, line("versement", "100", "2024-12-01"))
    with pytest.raises(LedgerRefusedError, match="01/11/2024"):
        write(line("versement", "100", "2024-11-01"))


def test_no_more_is_admitted_of_an_expense_than_was_presented(write: Write) -> None:
    first, second = write(line("depense", "300", "2025-02-01", reference="F-1"), line("depense", "300", "2025-02-01"))
    write(line("admission", "200", "2025-03-01", sur=first.id), line("rejet", "100", "2025-03-01", sur=first.id))
    with pytest.raises(LedgerRefusedError, match="dépense « F-1 »"):
        write(line("admission", "0.01", "2025-03-02", sur=first.id))
    write(line("admission", "300", "2025-03-02", sur=second.id))


def test_the_table_and_the_lines_of_one_account_give_the_same_balance(base: Base, write: Write) -> None:
    write(*OPENED, line("versement", "400", "2024-12-01"), line("liberation", "600", "2025-12-01"))
    for day in (date(2024, 10, 8), date(2024, 12, 1), date(2026, 1, 1)):
        written = ledger.of_lines(ledger.lines(base.cursor(), PROGRAMME, ["1"]), day)
        assert ledger.balances(base.cursor(), PROGRAMME, day).get(("1", "aide"), ledger.Balance()) == written


def test_a_line_changed_behind_the_ledgers_back_is_noticed(base: Base, write: Write, tmp_path: Path) -> None:
    write(*OPENED)
    assert base.faults() == []
    base.cursor().execute("UPDATE mouvement SET montant = 999 WHERE nature = 'convention'")
    assert any("registre du suivi" in fault for fault in base.faults())

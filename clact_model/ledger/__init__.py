"""The ledger of the follow-up: lines only added, balances as of any day, and what must hold on each."""

from clact_model.ledger.balances import ZERO, Balance, balances, from_sums, of_lines, total
from clact_model.ledger.book import Book
from clact_model.ledger.limits import LedgerRefusedError, check, place
from clact_model.ledger.lines import AccountKey, Entry, Movement, lines, standing
from clact_model.ledger.naming import concerned, named
from clact_model.ledger.natures import NATURES, POSTES, Nature, Poste

__all__ = [
    "NATURES",
    "POSTES",
    "ZERO",
    "AccountKey",
    "Balance",
    "Book",
    "Entry",
    "LedgerRefusedError",
    "Movement",
    "Nature",
    "Poste",
    "balances",
    "check",
    "concerned",
    "from_sums",
    "lines",
    "named",
    "of_lines",
    "place",
    "standing",
    "total",
]

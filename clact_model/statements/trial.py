"""Lines added to an account to see whether the ledger would take them: nothing is written."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, datetime

from clact_model import ledger
from clact_model.ledger import AccountKey, Entry, LedgerRefusedError, Movement

AFTER_ALL = 10**12
"""Numbers of lines on trial: those of no line of the ledger."""


class Trial:
    """One account with lines that are only tried."""

    def __init__(self, movements: Iterable[Movement]) -> None:
        self.movements = list(movements)

    def add(self, entry: Entry) -> Movement:
        """Add a line, as :meth:`Book.add` does."""
        said = {field.name: getattr(entry, field.name) for field in fields(Entry)}
        place = AFTER_ALL + len(self.movements)
        movement = Movement(**said, id=place, operation="", auteur="", quand=datetime.now(UTC))
        self.movements.append(movement)
        return movement

    def refusal(self, account: AccountKey) -> str | None:
        """Why the ledger would not take these lines; None when it does."""
        try:
            ledger.check(account, self.movements)
        except LedgerRefusedError as refusal:
            return str(refusal)
        return None

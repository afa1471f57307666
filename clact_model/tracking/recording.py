"""The acts of the follow-up, written together: each is a few lines of the ledger, all of them hold or none is written."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, Protocol

from clact_model import formats
from clact_model.decision.given_again import require_covered
from clact_model.ledger import Book, Movement, Nature
from clact_model.programme import Programme
from clact_model.store import Base
from clact_model.tracking.desk import Desk

GIVEN_AGAIN: frozenset[Nature] = frozenset({"liberation", "recouvrement"})
"""What the waiting list may have received since: taken back only as long as it has not."""
MANY = "suivre"
"""The journal's name for a write of several kinds of acts."""


class Act(Protocol):
    """One thing that happened to a grant."""

    nature: ClassVar[str]
    """The journal's name for it."""

    @property
    def numero(self) -> str: ...

    @property
    def words(self) -> str:
        """What the journal says of it, in French."""

    def enter(self, desk: Desk) -> None:
        """Add its lines to the book. Raises LedgerRefusedError."""


def record(
    base: Base, programme: Programme, today: date, acts: Sequence[Act], *, operation: str | None = None
) -> Sequence[Movement]:
    """Write acts in one transaction, in their order; the lines come back as written.

    None when an operation of this id was written before. Raises LedgerRefusedError: then nothing is written.
    """
    natures = {act.nature for act in acts}
    with base.write(natures.pop() if len(natures) == 1 else MANY, programme.id, operation) as writing:
        if writing.already_done or not acts:
            return []
        desk = Desk(programme, today, Book(writing, {act.numero for act in acts}), writing.cursor)
        desk.require_known({act.numero for act in acts})
        desk.require_actions(
            {(act.numero, ligne) for act in acts if (ligne := getattr(act, "ligne", None)) is not None}
        )
        for act in acts:
            act.enter(desk)
        written = desk.book.close()
        if any(m.contrepasse is not None and m.nature in GIVEN_AGAIN for m in written):
            require_covered(writing.cursor, programme.id, date.max)
        single = acts[0] if len(acts) == 1 else None
        detail = single.words if single else formats.plural(len(acts), "acte de suivi", "actes de suivi")
        writing.log(detail, single.numero if single else None)
        return written

"""Money granted that will not be paid: freed, and the tranches lowered by as much."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import ClassVar

from clact_model import formats, ledger
from clact_model.ledger import Entry, LedgerRefusedError, Poste
from clact_model.tracking.desk import WITH, Desk
from clact_model.tracking.instalments import instalments
from clact_model.tracking.required import require_amount, required_reason


@dataclass(frozen=True, slots=True)
class Free:
    """Money granted that will not be paid. ``montant`` None: all that is not paid."""

    nature: ClassVar[str] = "liberer"
    numero: str
    jour: date
    motif: str
    montant: Decimal | None = None
    poste: Poste = "aide"

    @property
    def words(self) -> str:
        much = "Le reste à verser" if self.montant is None else formats.euros(self.montant)
        return f"{much} libéré : {self.motif}"

    def enter(self, desk: Desk) -> None:
        """The amount freed, and the tranches lowered by as much, the last first. Raises LedgerRefusedError."""
        motif = required_reason(self.numero, self.motif)
        left = desk.book.balance(self.numero, self.poste).a_verser
        amount = left if self.montant is None else self.montant
        if not left:
            raise LedgerRefusedError(
                f"{ledger.place((self.numero, self.poste))} : tout est versé, rien n'est à libérer."
            )
        require_amount(self.numero, self.poste, amount)
        free(desk, self.numero, self.poste, amount, self.jour, motif)


def free(
    desk: Desk,
    numero: str,
    poste: Poste,
    amount: Decimal,
    jour: date,
    motif: str,
    ligne: int | None = None,
    together: Mapping[str, int] | None = None,
) -> None:
    """Free money and lower the unpaid tranches by as much: those of the action first, the last of them first.

    ``together``: the line that all of this came with; None: the freed money itself.
    """
    entry = Entry(numero=numero, poste=poste, ligne=ligne, nature="liberation", jour=jour, montant=amount, motif=motif)
    freed = desk.book.add(replace(entry, details=together or {}))
    known = instalments(desk.book.of(numero, poste), jour)
    left = amount
    for one in sorted(known, key=lambda i: (ligne is not None and i.ligne == ligne, i.tranche), reverse=True):
        part = min(left, one.reste)
        if part > 0:
            lowered = replace(entry, nature="tranche", ligne=one.ligne, tranche=one.tranche, montant=-part)
            desk.book.add(replace(lowered, details=together or {WITH: freed.id}))
            left -= part

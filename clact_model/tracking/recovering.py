"""Money paid that is to come back, and money that came back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from clact_model import formats, ledger
from clact_model.ledger import ZERO, Balance, Entry, LedgerRefusedError, Poste
from clact_model.tracking.desk import Desk
from clact_model.tracking.required import require_amount, required_reason

Mode = Literal["reversement", "compensation"]
MODES: Mapping[Mode, str] = {"reversement": "Reversement", "compensation": "Imputé sur une notification ultérieure"}


@dataclass(frozen=True, slots=True)
class Claim:
    """Money paid that is to come back. ``montant`` None: what was paid and is not consumed."""

    nature: ClassVar[str] = "reclamer"
    numero: str
    jour: date
    motif: str
    montant: Decimal | None = None
    poste: Poste = "aide"

    @property
    def words(self) -> str:
        much = "Le versé non consommé" if self.montant is None else formats.euros(self.montant)
        return f"{much} à récupérer : {self.motif}"

    def enter(self, desk: Desk) -> None:
        """One line. Raises LedgerRefusedError."""
        motif = required_reason(self.numero, self.motif)
        amount = unconsumed(desk.book.balance(self.numero, self.poste)) if self.montant is None else self.montant
        if not amount:
            raise LedgerRefusedError(
                f"{ledger.place((self.numero, self.poste))} : tout ce qui est versé est consommé, rien n'est à récupérer."
            )
        require_amount(self.numero, self.poste, amount)
        desk.book.add(
            Entry(
                numero=self.numero,
                poste=self.poste,
                nature="a_recuperer",
                jour=self.jour,
                montant=amount,
                motif=motif,
            )
        )


@dataclass(frozen=True, slots=True)
class Recover:
    """Money that came back: paid back, or set against a later notification, which ``reference`` names."""

    nature: ClassVar[str] = "recouvrer"
    numero: str
    jour: date
    mode: Mode
    reference: str
    montant: Decimal | None = None
    """None: all that is to come back."""
    poste: Poste = "aide"

    @property
    def words(self) -> str:
        return f"{MODES[self.mode]} du {formats.day(self.jour)} ({self.reference})"

    def enter(self, desk: Desk) -> None:
        """One line. Raises LedgerRefusedError."""
        place = ledger.place((self.numero, self.poste))
        if not self.reference.strip():
            what = (
                "la notification sur laquelle il est imputé"
                if self.mode == "compensation"
                else "la pièce du reversement"
            )
            raise LedgerRefusedError(f"{place} : nommez {what}.")
        left = desk.book.balance(self.numero, self.poste, self.jour).a_recuperer
        amount = left if self.montant is None else self.montant
        if not left:
            raise LedgerRefusedError(f"{place} : rien n'est à récupérer au {formats.day(self.jour)}.")
        require_amount(self.numero, self.poste, amount)
        desk.book.add(
            Entry(
                numero=self.numero,
                poste=self.poste,
                nature="recouvrement",
                jour=self.jour,
                montant=amount,
                reference=self.reference.strip(),
                details={"mode": self.mode},
            )
        )


def unconsumed(balance: Balance) -> Decimal:
    """EUR paid, neither consumed nor asked back: what under-consumption leaves to be recovered."""
    return max(balance.paye - balance.a_recuperer - balance.recupere - balance.consomme, ZERO)

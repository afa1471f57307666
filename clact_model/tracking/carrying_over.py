"""A later last day, for a whole dossier, an action or a tranche."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from clact_model import formats
from clact_model.ledger import Entry, LedgerRefusedError
from clact_model.tracking.desk import Desk
from clact_model.tracking.instalments import instalments
from clact_model.tracking.required import required_reason


@dataclass(frozen=True, slots=True)
class CarryOver:
    """A later last day, granted with its reason; the earlier ones stay in the ledger."""

    nature: ClassVar[str] = "reporter"
    numero: str
    jour: date
    echeance: date
    motif: str
    ligne: int | None = None
    tranche: int | None = None
    """None: the last day for consuming; a number: the last day of that tranche."""

    @property
    def words(self) -> str:
        return f"Report au {formats.day(self.echeance)} : {self.motif}"

    def enter(self, desk: Desk) -> None:
        """One line without money. Raises LedgerRefusedError."""
        motif = required_reason(self.numero, self.motif)
        if self.echeance <= self.jour:
            raise LedgerRefusedError(
                f"Dossier {self.numero} : un report mène à un jour à venir, et le {formats.day(self.echeance)} ne l'est pas."
            )
        if self.tranche is not None and self.tranche not in {
            one.tranche for one in instalments(desk.book.of(self.numero), self.jour)
        }:
            raise LedgerRefusedError(f"Dossier {self.numero} : la tranche {self.tranche} n'existe pas.")
        desk.book.add(
            Entry(
                numero=self.numero,
                ligne=self.ligne,
                tranche=self.tranche,
                nature="report",
                jour=self.jour,
                echeance=self.echeance,
                motif=motif,
            )
        )

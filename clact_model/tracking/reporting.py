"""The reports received: of each year, and the final evaluation."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from clact_model import formats
from clact_model.ledger import Entry, LedgerRefusedError
from clact_model.tracking.desk import Desk

FINAL = "final"
"""The reference of the last report: the evaluation of the impact."""


@dataclass(frozen=True, slots=True)
class ReceiveReport:
    """The report of a year, or the final evaluation, received."""

    nature: ClassVar[str] = "recevoir_bilan"
    numero: str
    annee: int | None
    """None: the final evaluation."""
    recu_le: date

    @property
    def reference(self) -> str:
        return FINAL if self.annee is None else str(self.annee)

    @property
    def words(self) -> str:
        of = "Évaluation finale reçue" if self.annee is None else f"Bilan de {self.annee} reçu"
        return f"{of} le {formats.day(self.recu_le)}"

    def enter(self, desk: Desk) -> None:
        """One line without money. Raises LedgerRefusedError when it was received before."""
        for known in desk.standing(self.numero, "aide", "bilan"):
            if known.reference == self.reference:
                raise LedgerRefusedError(
                    f"Dossier {self.numero} : {self.words.split(' le ')[0].lower()}, c'est déjà inscrit le {formats.day(known.jour)}."
                )
        desk.book.add(Entry(numero=self.numero, nature="bilan", jour=self.recu_le, reference=self.reference))

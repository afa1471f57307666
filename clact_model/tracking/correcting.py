"""A mistake in the ledger is never erased: another line takes it back, and both stay to be read."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from clact_model import formats, ledger
from clact_model.ledger import LedgerRefusedError, Movement
from clact_model.programme import Programme
from clact_model.store import Base
from clact_model.tracking.desk import WITH, Desk
from clact_model.tracking.recording import record


@dataclass(frozen=True, slots=True)
class Reverse:
    """A line taken back from a day on, and with it those that the same act wrote."""

    nature: ClassVar[str] = "contrepasser"
    numero: str
    mouvement: int
    jour: date
    motif: str

    @property
    def words(self) -> str:
        return f"Ligne {self.mouvement} contre-passée au {formats.day(self.jour)} : {self.motif}"

    def enter(self, desk: Desk) -> None:
        """The opposite lines. Raises LedgerRefusedError, also when other lines stand on it."""
        if not self.motif.strip():
            raise LedgerRefusedError(f"Dossier {self.numero} : écrivez pourquoi la ligne est contre-passée.")
        found = self._found(desk)
        if found.nature == "octroi":
            raise LedgerRefusedError(
                f"Dossier {self.numero} : une subvention accordée se retire dans Sélection, en revenant sur la notification."
            )
        for movement in self._together(desk, found):
            desk.book.reverse(movement, self.jour, self.motif.strip())

    def _found(self, desk: Desk) -> Movement:
        for poste in ledger.POSTES:
            for movement in desk.book.of(self.numero, poste):
                if movement.id == self.mouvement:
                    return movement
        raise LedgerRefusedError(
            f"Dossier {self.numero} : aucune ligne du registre ne porte le numéro {self.mouvement}."
        )

    def _together(self, desk: Desk, found: Movement) -> list[Movement]:
        """The line, and those that the same act wrote with it and that still stand."""
        first = found.details.get(WITH, found.id)
        standing = desk.standing(*found.account)
        return [m for m in standing if first in (m.id, m.details.get(WITH))] or [found]


def undo(
    base: Base, programme: Programme, today: date, undone: str, motif: str, *, operation: str | None = None
) -> int:
    """Take back every line that an operation wrote, from today on (from its own day when that is still to come); how many.

    Raises LedgerRefusedError when the operation wrote none that stands, or when later lines stand on them.
    """
    rows = (
        base.cursor()
        .execute(
            """SELECT numero, id, jour FROM mouvement m
           WHERE programme = ? AND operation = ? AND contrepasse IS NULL
             AND NOT EXISTS (SELECT 1 FROM mouvement c WHERE c.contrepasse = m.id) ORDER BY id DESC""",
            [programme.id, undone],
        )
        .fetchall()
    )
    if not rows:
        raise LedgerRefusedError("Rien à reprendre : cette opération n'a rien inscrit, ou c'est déjà contre-passé.")
    acts = [ReverseOne(numero, identity, max(today, jour), motif) for numero, identity, jour in rows]
    return len(record(base, programme, today, acts, operation=operation))


@dataclass(frozen=True, slots=True)
class ReverseOne(Reverse):
    """A line taken back, alone."""

    def _together(self, desk: Desk, found: Movement) -> list[Movement]:
        return [found]

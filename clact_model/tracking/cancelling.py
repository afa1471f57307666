"""An action cancelled, or all of them: what is asked back and what is freed follow from the call's text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import ClassVar

from clact_model.ledger import ZERO, Entry, LedgerRefusedError, Movement, Nature, Poste
from clact_model.tracking.cancelled import part_of
from clact_model.tracking.desk import WITH, Desk
from clact_model.tracking.freeing import free
from clact_model.tracking.required import required_reason


@dataclass(frozen=True, slots=True)
class Cancel:
    """An action, or all of them, cancelled: what the call's text takes back is asked for, what was not paid is freed."""

    nature: ClassVar[str] = "annuler_action"
    numero: str
    jour: date
    motif: str
    ligne: int | None = None
    poste: Poste = "aide"

    @property
    def words(self) -> str:
        what = "Annulation" if self.ligne is None else f"Annulation de la ligne {self.ligne}"
        return f"{what} : {self.motif}"

    def enter(self, desk: Desk) -> None:
        """The event, what is asked back and what is freed. Raises LedgerRefusedError."""
        motif = required_reason(self.numero, self.motif)
        standing = desk.standing(self.numero, self.poste)
        if any(m.nature == "annulation" and m.ligne in (None, self.ligne) for m in standing):
            raise LedgerRefusedError(f"Dossier {self.numero} : c'est déjà annulé.")
        part = part_of(standing, self.ligne, desk.book.balance(self.numero, self.poste))
        if part is None:
            raise LedgerRefusedError(
                f"Dossier {self.numero} : aucune subvention ne porte sur {desk.programme.file.ligne.le} {self.ligne}. Vérifiez son numéro."
                if self.ligne is not None
                else f"Dossier {self.numero} : aucune subvention n'est à annuler."
            )
        event = desk.book.add(self._line("annulation", None, motif, {}))
        together = {WITH: event.id}
        rule = desk.programme.file.controle.annulation
        kept = part.admis
        if rule is not None and rule.rend == "tout":
            self._take_back_admitted(desk, standing, part.admis, motif, together)
            kept = ZERO
        if (claimed := part.paye - kept) > 0:
            desk.book.add(self._line("a_recuperer", claimed, motif, together))
        if (freed := part.accorde - max(part.paye, kept)) > 0:
            free(desk, self.numero, self.poste, freed, self.jour, motif, self.ligne, together)

    def _take_back_admitted(
        self, desk: Desk, standing: Sequence[Movement], admitted: Decimal, motif: str, together: Mapping[str, int]
    ) -> None:
        """What a full repayment takes back no longer counts as consumed."""
        for movement in standing:
            if movement.nature == "admission" and self.ligne in (None, movement.ligne) and movement.montant:
                taken = self._line("admission", -movement.montant, motif, together)
                desk.book.add(replace(taken, ligne=movement.ligne, sur=movement.sur, reference=movement.reference))
                admitted -= movement.montant
        if admitted > 0:
            # Its share of expenses that were presented for no action in particular.
            desk.book.add(self._line("admission", -admitted, motif, together))

    def _line(self, nature: Nature, amount: Decimal | None, motif: str, details: Mapping[str, int]) -> Entry:
        return Entry(
            numero=self.numero,
            poste=self.poste,
            ligne=self.ligne,
            nature=nature,
            jour=self.jour,
            montant=amount,
            motif=motif,
            details=details,
        )

"""Payments: set against the tranches in their order, never before what a tranche waits for unless a person says why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from clact_model import formats, ledger
from clact_model.ledger import ZERO, Entry, LedgerRefusedError, Poste
from clact_model.tracking.desk import Desk
from clact_model.tracking.instalments import Instalment, instalments
from clact_model.tracking.required import require_amount
from clact_model.tracking.schedule import Condition


@dataclass(frozen=True, slots=True)
class Pay:
    """Money paid. ``montant`` in EUR; ``tranche`` None: the oldest that are not paid."""

    nature: ClassVar[str] = "verser"
    numero: str
    montant: Decimal
    jour: date
    reference: str = ""
    tranche: int | None = None
    poste: Poste = "aide"
    motif: str = ""
    """Why it is paid although a tranche still waits for something."""

    @property
    def words(self) -> str:
        return f"{formats.euros(self.montant)} versés le {formats.day(self.jour)}"

    def enter(self, desk: Desk) -> None:
        """One line a tranche that it pays. Raises LedgerRefusedError."""
        require_amount(self.numero, self.poste, self.montant)
        self._require_new(desk)
        place = ledger.place((self.numero, self.poste))
        known = instalments(desk.book.of(self.numero, self.poste), self.jour)
        if not known:
            raise LedgerRefusedError(
                f"{place} : aucune convention signée au {formats.day(self.jour)}, donc rien à verser. Signez d'abord la "
                "convention, ou corrigez le jour du versement."
            )
        for instalment, part in self._parts(known, place):
            if part > instalment.payable and not self.motif.strip():
                raise LedgerRefusedError(_held_back(place, instalment, part))
            desk.book.add(
                Entry(
                    numero=self.numero,
                    poste=self.poste,
                    ligne=instalment.ligne,
                    nature="versement",
                    jour=self.jour,
                    montant=part,
                    tranche=instalment.tranche,
                    reference=self.reference or None,
                    motif=self.motif.strip() or None,
                )
            )

    def _require_new(self, desk: Desk) -> None:
        """The same payment entered twice is one of them too many."""
        same = [
            m
            for m in desk.standing(self.numero, self.poste, "versement")
            if self.reference and m.reference == self.reference and m.jour == self.jour
        ]
        if sum((m.montant or ZERO for m in same), ZERO) == self.montant and same:
            raise LedgerRefusedError(
                f"{ledger.place((self.numero, self.poste))} : le versement « {self.reference} » de "
                f"{formats.euros(self.montant)} du {formats.day(self.jour)} est déjà inscrit."
            )

    def _parts(self, known: Sequence[Instalment], place: str) -> list[tuple[Instalment, Decimal]]:
        """The payment cut by tranche, in their order."""
        chosen = [one for one in known if self.tranche in (None, one.tranche)]
        if not chosen:
            numbers = ", ".join(str(one.tranche) for one in known)
            raise LedgerRefusedError(f"{place} : la tranche {self.tranche} n'existe pas (tranches : {numbers}).")
        parts, left = [], self.montant
        for instalment in chosen:
            part = min(left, instalment.reste)
            if part > 0:
                parts.append((instalment, part))
                left -= part
        if left:
            due = sum((one.reste for one in chosen), ZERO)
            of = f"de la tranche {self.tranche}" if self.tranche else "des tranches"
            raise LedgerRefusedError(
                f"{place} : {formats.euros(self.montant)} versés pour {formats.euros(due)} qui restent {of}. Corrigez le montant."
            )
        return parts


_REMEDIES: Mapping[Condition, str] = {
    "signature": "Corrigez le montant",
    "bilan": "Inscrivez-le d'abord",
    "justificatif": "Admettez d'abord des justificatifs, ou attendez l'année qui les paie",
    "annee": "Attendez qu'elle commence",
}
"""What a tranche waits for → what brings it: a year is not something that one can enter."""


def _held_back(place: str, instalment: Instalment, part: Decimal) -> str:
    if instalment.attend:
        why = f"attend {instalment.attend}"
    else:
        why = f"n'ouvre droit qu'à {formats.euros(instalment.payable)} pour l'instant, et non {formats.euros(part)}"
    return (
        f"{place} : la tranche {instalment.tranche} (« {instalment.libelle} ») {why}. {_REMEDIES[instalment.condition]}, ou "
        "écrivez un motif pour verser quand même."
    )

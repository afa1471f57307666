"""Expenses presented, admitted or rejected: one line each."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from clact_model import formats, ledger
from clact_model.ledger import ZERO, Entry, LedgerRefusedError, Movement, Nature, Poste
from clact_model.programme import Programme
from clact_model.tracking.desk import Desk
from clact_model.tracking.schedule import due_on_proof


@dataclass(frozen=True, slots=True)
class Present:
    """An expense presented against the aid. ``montant`` in EUR, the part of the invoice set against it; negative: a credit note.

    Presenting asks for no grant: what an establishment sends is kept, whatever it is worth.
    """

    nature: ClassVar[str] = "justifier"
    numero: str
    montant: Decimal
    recu_le: date
    facture: str
    ligne: int | None = None
    tranche: int | None = None
    poste: Poste = "aide"
    details: Mapping[str, Any] = field(default_factory=dict)
    """Of the invoice: its day, its amount, its object…"""

    @property
    def words(self) -> str:
        return f"Dépense « {self.facture} » de {formats.euros(self.montant)} présentée le {formats.day(self.recu_le)}"

    def enter(self, desk: Desk) -> None:
        """One line. Raises LedgerRefusedError without an amount or a number, and for an invoice presented before."""
        place = ledger.place((self.numero, self.poste))
        if not self.montant or self.montant != round(self.montant, 2):
            raise LedgerRefusedError(f"{place} : « {self.montant} » n'est pas un montant en euros et centimes.")
        if not self.facture.strip():
            raise LedgerRefusedError(f"{place} : donnez le numéro de la facture.")
        if any(known.reference == self.facture for known in desk.standing(self.numero, self.poste, "depense")):
            raise LedgerRefusedError(
                f"{place} : la facture « {self.facture} » a déjà été présentée. Donnez un autre numéro, ou contre-passez d'abord "
                "la ligne qui le porte."
            )
        self.add(desk)

    def add(self, desk: Desk) -> Movement:
        """The line itself, which an admission may answer."""
        return desk.book.add(self._line())

    def _line(self) -> Entry:
        return Entry(
            numero=self.numero,
            poste=self.poste,
            ligne=self.ligne,
            nature="depense",
            jour=self.recu_le,
            montant=self.montant,
            tranche=self.tranche,
            reference=self.facture,
            details=self.details,
        )


@dataclass(frozen=True, slots=True)
class CreditNote(Present):
    """A credit note presented alone: what was admitted beyond what is then presented is lowered at once."""

    def enter(self, desk: Desk) -> None:
        """Its line, and the answer to it where what it corrects was admitted. Raises LedgerRefusedError."""
        Present.enter(self, desk)
        found, written = desk.book.balance(self.numero, self.poste), desk.book.added[-1]
        if (excess := min(found.admis - found.presente, -self.montant)) > 0:
            desk.book.add(replace(self._line(), nature="admission", montant=-excess, sur=written.id, motif="Avoir"))


@dataclass(frozen=True, slots=True)
class Answer:
    """An expense admitted or rejected, in whole or in part. ``montant`` None: all that was not answered yet."""

    nature: ClassVar[str] = ""
    numero: str
    depense: int
    """The number of the expense's line."""
    jour: date
    montant: Decimal | None = None
    motif: str = ""

    @property
    def words(self) -> str:
        much = "en entier" if self.montant is None else f"pour {formats.euros(self.montant)}"
        what = "admise" if self.nature == "admettre" else "rejetée"
        return f"Dépense {what} {much} le {formats.day(self.jour)}"

    def _expense(self, desk: Desk) -> Movement:
        for poste in ledger.POSTES:
            for movement in desk.standing(self.numero, poste, "depense"):
                if movement.id == self.depense:
                    return movement
        raise LedgerRefusedError(
            f"Dossier {self.numero} : aucune dépense présentée ne porte le numéro de ligne {self.depense}."
        )

    def _amount(self, desk: Desk, expense: Movement) -> Decimal:
        answered = sum(
            (m.montant or ZERO for m in desk.book.of(*expense.account) if m.sur == expense.id),
            ZERO,
        )
        left = (expense.montant or ZERO) - answered
        if not left:
            raise LedgerRefusedError(
                f"{ledger.place(expense.account)} : la dépense « {expense.reference} » a déjà toute sa réponse."
            )
        amount = left if self.montant is None else self.montant
        self._require_part(expense, amount, left)
        return amount

    def _require_part(self, expense: Movement, amount: Decimal, left: Decimal) -> None:
        """Raise LedgerRefusedError for nothing, part of a cent, the other sign, or more than what has no answer yet."""
        place = f"{ledger.place(expense.account)}, dépense « {expense.reference} »"
        if not amount or amount != round(amount, 2):
            raise LedgerRefusedError(f"{place} : « {amount} » n'est pas un montant en euros et centimes.")
        if not min(left, ZERO) <= amount <= max(left, ZERO):
            raise LedgerRefusedError(
                f"{place} : {formats.euros(amount)} demandés, et {formats.euros(left)} attendent une réponse. Corrigez le montant."
            )

    def _line(self, desk: Desk, expense: Movement, nature: Nature) -> Entry:
        """The answer, where the expense itself stands. Raises LedgerRefusedError when it has its whole answer."""
        return Entry(
            numero=self.numero,
            poste=expense.poste,
            ligne=expense.ligne,
            nature=nature,
            jour=self.jour,
            montant=self._amount(desk, expense),
            tranche=expense.tranche,
            reference=expense.reference,
            sur=expense.id,
            motif=self.motif.strip() or None,
        )


@dataclass(frozen=True, slots=True)
class Admit(Answer):
    """An expense admitted. Where the call pays on proof, the day until which it is paid follows from its reception."""

    nature: ClassVar[str] = "admettre"

    def enter(self, desk: Desk) -> None:
        """One line. Raises LedgerRefusedError."""
        expense = self._expense(desk)
        until = paid_until(desk.programme, expense.jour)
        desk.book.add(replace(self._line(desk, expense, "admission"), echeance=until))


@dataclass(frozen=True, slots=True)
class Reject(Answer):
    """An expense rejected, with its reason."""

    nature: ClassVar[str] = "rejeter"

    def enter(self, desk: Desk) -> None:
        """One line. Raises LedgerRefusedError, also without a reason."""
        expense = self._expense(desk)
        if not self.motif.strip():
            raise LedgerRefusedError(
                f"{ledger.place(expense.account)} : écrivez pourquoi la dépense « {expense.reference} » est rejetée."
            )
        desk.book.add(self._line(desk, expense, "rejet"))


def paid_until(programme: Programme, received_on: date) -> date | None:
    """The last day on which an expense received that day is paid; None where the call does not pay on proof."""
    payment = programme.file.paiement
    return due_on_proof(programme, received_on) if payment and payment.mode == "sur_justificatif" else None

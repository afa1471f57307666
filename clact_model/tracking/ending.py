"""How a grant ends otherwise than consumed: carried over, cancelled, freed, asked back, recovered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from clact_model import formats, ledger
from clact_model.ledger import ZERO, Balance, Entry, LedgerRefusedError, Movement, Nature, Poste
from clact_model.tracking.cancelled import part_of
from clact_model.tracking.desk import WITH, Desk
from clact_model.tracking.instalments import instalments
from clact_model.tracking.paying import require_amount

Mode = Literal["reversement", "compensation"]
MODES: dict[Mode, str] = {"reversement": "Reversement", "compensation": "Imputé sur une notification ultérieure"}


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
        motif = _reason(self.numero, self.motif)
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
        motif = _reason(self.numero, self.motif)
        left = desk.book.balance(self.numero, self.poste).a_verser
        amount = left if self.montant is None else self.montant
        if not left:
            raise LedgerRefusedError(
                f"{ledger.place((self.numero, self.poste))} : tout est versé, rien n'est à libérer."
            )
        require_amount(self.numero, self.poste, amount)
        free(desk, self.numero, self.poste, amount, self.jour, motif)


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
        what = "Toutes les actions annulées" if self.ligne is None else f"Action {self.ligne} annulée"
        return f"{what} : {self.motif}"

    def enter(self, desk: Desk) -> None:
        """The event, what is asked back and what is freed. Raises LedgerRefusedError."""
        motif = _reason(self.numero, self.motif)
        standing = desk.standing(self.numero, self.poste)
        if any(m.nature == "annulation" and m.ligne in (None, self.ligne) for m in standing):
            raise LedgerRefusedError(f"Dossier {self.numero} : c'est déjà annulé.")
        part = part_of(standing, self.ligne, desk.book.balance(self.numero, self.poste))
        if part is None:
            raise LedgerRefusedError(
                f"Dossier {self.numero} : aucune subvention ne porte sur l'action {self.ligne}. Vérifiez son numéro."
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
        motif = _reason(self.numero, self.motif)
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


def _reason(numero: str, motif: str) -> str:
    if not (written := motif.strip()):
        raise LedgerRefusedError(f"Dossier {numero} : écrivez un motif, il est gardé avec votre nom et la date.")
    return written

"""The convention, or the amendment to the CPOM, that states amount, actions and tranches; the start of an action."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Literal

from clact_model import formats, ledger
from clact_model.allocation.money import amount, cents, split
from clact_model.ledger import ZERO, Entry, LedgerRefusedError, Poste
from clact_model.tracking.desk import WITH, Desk
from clact_model.tracking.schedule import ActionShare, planned

Form = Literal["convention", "avenant_cpom"]
FORMS: Mapping[str, str] = {"convention": "Convention de financement", "avenant_cpom": "Avenant au CPOM"}


@dataclass(frozen=True, slots=True)
class Sign:
    """A convention signed for all that a dossier was granted; its tranches are those of the programme's file."""

    nature: ClassVar[str] = "conventionner"
    numero: str
    signe_le: date
    reference: str
    forme: Form = "convention"
    indicateurs: str = ""
    """The indicators that it states, as free text."""

    @property
    def words(self) -> str:
        return f"{FORMS[self.forme]} {self.reference} du {formats.day(self.signe_le)}"

    def enter(self, desk: Desk) -> None:
        """A line an action, and its tranches. Raises LedgerRefusedError."""
        if not self.reference.strip():
            raise LedgerRefusedError(f"Dossier {self.numero} : donnez le numéro de la convention.")
        if (other := desk.bearer(self.reference)) and other != self.numero:
            raise LedgerRefusedError(
                f"Dossier {self.numero} : le numéro « {self.reference} » est déjà celui de la convention du dossier {other}."
            )
        granted = [poste for poste in ledger.POSTES if desk.book.balance(self.numero, poste, self.signe_le).accorde > 0]
        if not granted:
            raise LedgerRefusedError(
                f"Dossier {self.numero} : aucune subvention notifiée au {formats.day(self.signe_le)}. Notifiez d'abord la "
                "décision, ou corrigez le jour de la signature."
            )
        for poste in granted:
            self._enter_account(desk, poste)

    def _enter_account(self, desk: Desk, poste: Poste) -> None:
        if desk.book.balance(self.numero, poste).conventionne:
            raise LedgerRefusedError(
                f"{ledger.place((self.numero, poste))} : une convention est déjà signée. Contre-passez-la d'abord si elle "
                "est fausse."
            )
        notified = min(m.jour for m in desk.standing(self.numero, poste, "octroi"))
        shares = self._shares(desk, poste)
        stated = {"forme": self.forme} | ({"indicateurs": self.indicateurs} if self.indicateurs else {})
        signed = Entry(
            numero=self.numero,
            poste=poste,
            nature="convention",
            jour=self.signe_le,
            reference=self.reference,
            details=stated,
        )
        together: dict[str, int] = {}
        for share in shares:
            line = replace(signed, ligne=share.ligne, montant=share.montant, details=stated | together)
            written = desk.book.add(line)
            together = together or {WITH: written.id}
        for tranche in planned(desk.programme, shares, self.signe_le, notified):
            said = {"libelle": tranche.libelle, "condition": tranche.condition, "annee": tranche.annee}
            desk.book.add(
                Entry(
                    numero=self.numero,
                    poste=poste,
                    ligne=tranche.ligne,
                    nature="tranche",
                    jour=self.signe_le,
                    montant=tranche.montant,
                    tranche=tranche.tranche,
                    echeance=tranche.echeance,
                    details=said | together,
                )
            )

    def _shares(self, desk: Desk, poste: Poste) -> list[ActionShare]:
        """What is granted and was not freed before the signature, by action."""
        granted: dict[int | None, int] = {}
        for movement in desk.standing(self.numero, poste, "octroi"):
            granted[movement.ligne] = granted.get(movement.ligne, 0) + cents(movement.montant or ZERO)
        freed = cents(desk.book.balance(self.numero, poste, self.signe_le).libere)
        left = split(sum(granted.values()) - freed, list(granted.values()))
        by_line = {ligne: amount(part) for ligne, part in zip(granted, left, strict=True) if part}
        return list(desk.shares(self.numero, by_line))


@dataclass(frozen=True, slots=True)
class Start:
    """An action, or all of them, seen to have started."""

    nature: ClassVar[str] = "demarrer"
    numero: str
    jour: date
    ligne: int | None = None

    @property
    def words(self) -> str:
        return f"Démarrage constaté le {formats.day(self.jour)}"

    def enter(self, desk: Desk) -> None:
        """One line without money."""
        desk.book.add(Entry(numero=self.numero, ligne=self.ligne, nature="demarrage", jour=self.jour))

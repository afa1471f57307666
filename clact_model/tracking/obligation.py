"""One thing due of a dossier: by whom, until when, on what words of the call, and whether it is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from clact_model.ledger import Poste
from clact_model.programme import Quote

Kind = Literal["convention", "versement", "demarrage", "bilan", "duree", "consommation", "evaluation", "recuperation"]
State = Literal["en_retard", "a_faire", "attend", "a_venir", "sans_date", "fait"]
Side = Literal["agence", "etablissement"]

KINDS: Mapping[Kind, str] = {
    "convention": "Convention à signer",
    "versement": "Versement",
    "demarrage": "Démarrage",
    "bilan": "Bilan annuel",
    "duree": "Fin de la réalisation",
    "consommation": "Consommation",
    "evaluation": "Évaluation finale",
    "recuperation": "Récupération",
}
"""What is due → what a reader sees."""
STATES: Mapping[State, str] = {
    "en_retard": "En retard",
    "a_faire": "À faire",
    "attend": "En attente",
    "a_venir": "À venir",
    "sans_date": "Date inconnue",
    "fait": "Fait",
}
"""From the most pressing to what is over."""
OF_THE_AGENCY: frozenset[Kind] = frozenset({"convention", "versement", "recuperation"})
"""What the agency owes or must do itself; the rest is the establishment's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """One thing due, as of ``jour``. ``montant`` in EUR, where it is about money."""

    jour: date
    numero: str
    poste: Poste
    raison_sociale: str | None
    nature: Kind
    libelle: str
    ligne: int | None = None
    """The action; None: the whole dossier."""
    intitule: str | None = None
    annee: int | None = None
    """The civil year that a report tells of, or that is paid for."""
    tranche: int | None = None
    montant: Decimal | None = None
    echeance: date | None = None
    """The last day for it, the first one when ``des`` is true; None when neither the file nor the dates tell."""
    des: bool = False
    """The call gives a day from which it is to be done, and none until which."""
    avant: tuple[date, ...] = ()
    """Days that carry-overs have moved, the oldest first."""
    attend: str | None = None
    """What must come first, in French."""
    fait_le: date | None = None
    citation: tuple[Quote, ...] = ()
    interpretation: str | None = None

    @property
    def etat(self) -> State:
        if self.fait_le is not None:
            return "fait"
        if self.attend is not None:
            return "attend"
        if self.echeance is None:
            return "sans_date"
        if self.des:
            return "a_faire" if self.echeance <= self.jour else "a_venir"
        return "en_retard" if self.echeance < self.jour else "a_venir"

    @property
    def retard(self) -> int:
        """Days between the last day and the one on which it was done, or the day looked at; 0 when in time."""
        if self.echeance is None or self.des or self.attend is not None:
            return 0
        return max(((self.fait_le or self.jour) - self.echeance).days, 0)

    @property
    def de(self) -> Side:
        """Who is to do it."""
        return "agence" if self.nature in OF_THE_AGENCY else "etablissement"

    @property
    def key(self) -> tuple[str, ...]:
        """What tells it from every other of the programme, whatever the day: not its date, which a carry-over moves."""
        own = (self.numero, self.poste, self.nature, self.ligne, self.annee, self.tranche)
        return tuple("" if part is None else str(part) for part in own)

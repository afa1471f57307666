"""What a programme file may hold: its keys, in French as the analyst writes them. An unknown key is an error."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field

from clact_model.programme.aid import RATE, Aid, Amount, Supplement
from clact_model.programme.call import (
    Ambiguity,
    Axis,
    CalendarStep,
    DeclaredField,
    FollowUp,
    LineWord,
    Parameter,
    Piece,
    Source,
    Theme,
)
from clact_model.programme.control import Control
from clact_model.programme.parts import Part, Quotes
from clact_model.programme.payment import Payment
from clact_model.programme.rules import Calculation, Criterion, PriorityField, Rule


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"« {name} » n'est pas un fuseau horaire connu (exemple : Europe/Paris)") from error
    return name


class ProgrammeFile(Part):
    """A whole programme file."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    titre: str
    region: str
    annee: int
    version: str
    fuseau: Annotated[str, AfterValidator(_zone)]
    ligne: LineWord
    canal: str = ""
    enveloppe: Annotated[Decimal, Field(gt=0, max_digits=14, decimal_places=2)] | None = None
    enveloppe_citation: Quotes = ()
    departements: tuple[str, ...] = ()
    secteurs: tuple[str, ...] = ()
    completer_jusqu_au: date | None = None
    completer_interpretation: str | None = None
    source: tuple[Source, ...] = ()
    parametres: dict[str, Parameter] = Field(default={})
    champ: tuple[DeclaredField, ...] = ()
    axe: tuple[Axis, ...] = ()
    thematique: tuple[Theme, ...] = ()
    calendrier: tuple[CalendarStep, ...] = ()
    piece: tuple[Piece, ...] = ()
    calcul: tuple[Calculation, ...] = ()
    regle: tuple[Rule, ...] = Field(min_length=1)
    aide: Aid
    supplement: Supplement | None = None
    critere: tuple[Criterion, ...] = ()
    priorite: PriorityField | None = None
    paiement: Payment | None = None
    controle: Control = Control()
    suivi: tuple[FollowUp, ...] = ()
    ambiguite: tuple[Ambiguity, ...] = ()

    @property
    def rate_ceiling(self) -> Amount | None:
        """The ceiling that the common rate governs; None when the programme names no such rate."""
        rate = self.aide.taux_commun
        written = rate and RATE.format(rate.parametre)
        return next((a for a in self.aide.plafond if " ".join(a.montant.split()) == written and a.si is None), None)

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the call's dates are read."""
        return ZoneInfo(self.fuseau)

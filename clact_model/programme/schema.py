"""What a programme file may hold: its keys, in French as the analyst writes them. An unknown key is an error."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, model_validator

from clact_model.fields import SQL_TYPES
from clact_model.programme.control import Control
from clact_model.programme.parts import Part, Quotes
from clact_model.programme.payment import Payment

Level = Literal["dossier", "action"]

DOSSIER_VERDICTS = ("recevable", "a_verifier", "a_completer", "sursis", "irrecevable")
"""From the weakest to the strongest: the strongest wins."""
ACTION_VERDICTS = ("eligible", "a_verifier", "ineligible")
EFFECTS = ("plafond", "assiette", "hors_priorite")
"""Consequences that are not verdicts: the aid is capped, the assiette reduced, the line is no priority."""

ParameterValue = Decimal | int | date
Weight = Annotated[Decimal, Field(ge=0)]


class LineWord(Part):
    """What this call names the line that is counted, scored and funded."""

    singulier: str
    pluriel: str
    genre: Literal["f", "m"]

    @property
    def un(self) -> str:
        """« une action », « un projet »."""
        return f"{'une' if self.genre == 'f' else 'un'} {self.singulier}"

    @property
    def aucun(self) -> str:
        """« aucune action », « aucun projet »."""
        return f"{'aucune' if self.genre == 'f' else 'aucun'} {self.singulier}"


class Source(Part):
    """A text of the call: the name of its file in ``data/sources/``, never a path."""

    fichier: str = Field(pattern=r"^[a-z0-9][a-z0-9_.-]*$")
    titre: str


class Parameter(Part):
    """A figure of the call: ``$nom`` in the expressions."""

    libelle: str
    type: Literal["part", "montant", "entier", "date", "nombre"]
    valeur: ParameterValue
    citation: Quotes = ()
    interpretation: str | None = None

    @model_validator(mode="after")
    def _value_of_its_type(self) -> "Parameter":
        check_value(self.type, self.valeur)
        return self


def check_value(kind: str, value: ParameterValue) -> None:
    """Raise ValueError, in French, when the value is not of the parameter's kind."""
    if (kind == "date") != isinstance(value, date):
        raise ValueError(f"{value} n'est pas du type « {kind} »")
    if isinstance(value, date):
        return
    if kind == "part" and not 0 <= value <= 1:
        raise ValueError(f"une part va de 0 à 1 : écrivez 0.50 pour 50 %, et non {value}")
    if kind == "entier" and (value < 0 or value != int(value)):
        raise ValueError(f"{value} n'est pas un nombre entier positif")
    if kind == "montant" and (value < 0 or value != round(Decimal(value), 2)):
        raise ValueError(f"{value} n'est pas un montant en euros et centimes")


class CodeLabel(Part):
    code: str = Field(pattern=r"^[a-z0-9_]+$")
    libelle: str


class DeclaredField(Part):
    """An information that the dictionary lacks."""

    table: Level
    champ: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    libelle: str
    type: str
    unite: str = ""
    valeurs: tuple[CodeLabel, ...] = ()
    obligatoire: bool = False
    synonymes: tuple[str, ...] = ()
    sens: str = ""

    @model_validator(mode="after")
    def _known_type(self) -> "DeclaredField":
        if self.type not in SQL_TYPES or self.type == "courriel":
            raise ValueError(f"le type « {self.type} » n'est pas du dictionnaire ({', '.join(SQL_TYPES)})")
        if (self.type == "code") != bool(self.valeurs):
            raise ValueError("un champ de type code, et lui seul, donne ses valeurs")
        return self


class Axis(CodeLabel):
    """An axis (domaine, volet) of the call."""


class Theme(CodeLabel):
    """A theme of the call, and the stake of the HAS compass that it serves."""

    axe: str | None = None
    enjeu_has: str | None = None


class CalendarStep(Part):
    etape: str
    nature: Literal[
        "ouverture", "depot", "instruction", "decision", "notification", "convention", "consommation", "bilan"
    ]
    debut: date
    fin: date | None = None
    citation: Quotes = ()
    interpretation: str | None = None


class Piece(Part):
    """What the establishment joins, and the rules that ask for it."""

    champ: str
    regles: tuple[str, ...] = ()
    libelle: str | None = None


class Calculation(Part):
    """A column of the programme's own, by its expression."""

    nom: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    niveau: Level
    valeur: str


class Case(Part):
    """One outcome of a rule that is not satisfied; tried in order."""

    verdict: str
    quand: str | None = None
    jusqu_au: date | None = None
    message: str | None = None


class Rule(Part):
    """One rule of the call: a condition, and what follows when it is false."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    niveau: Level
    libelle: str
    si: str | None = None
    condition: str
    sinon: str | None = None
    cas: tuple[Case, ...] = ()
    message: str
    citation: Annotated[Quotes, Field(min_length=1)]
    interpretation: str | None = None
    mention_exigee: bool = False

    @model_validator(mode="after")
    def _outcomes(self) -> "Rule":
        if (self.sinon is None) == (not self.cas):
            raise ValueError("donnez « sinon » ou des « cas », l'un des deux")
        allowed = (DOSSIER_VERDICTS if self.niveau == "dossier" else (*ACTION_VERDICTS, *EFFECTS))[1:]
        for case in self.outcomes:
            if case.verdict not in allowed:
                raise ValueError(
                    f"« {case.verdict} » n'est pas une issue au niveau {self.niveau} ({', '.join(allowed)})"
                )
        if self.outcomes[-1].quand is not None or self.outcomes[-1].jusqu_au is not None:
            raise ValueError("la dernière issue vaut sans condition : ni « quand » ni « jusqu_au »")
        return self

    @property
    def outcomes(self) -> tuple[Case, ...]:
        """The cases; ``sinon`` is one case without a condition."""
        return self.cas or (Case(verdict=self.sinon or ""),)


class Amount(Part):
    """An amount, where ``si`` holds."""

    montant: str
    si: str | None = None
    libelle: str = ""
    regle: str | None = None


RATE = "assiette * ${}"
"""How a ceiling that is a share of the assiette is written."""


class CommonRate(Part):
    """The parameter that is the rate of the aid: what a simulation may solve so that one rate uses the envelope."""

    parametre: str
    au_dela: bool = False
    """Whether the call lets the agency go above the rate that it states."""
    citation: Quotes = ()
    interpretation: str | None = None


class Supplement(Part):
    """What may be granted on top of the aid, from an envelope of its own, to the lines where ``condition`` holds."""

    libelle: str
    condition: str
    citation: Quotes = ()
    interpretation: str | None = None


class Aid(Part):
    """How the aid of a line is computed: its assiette, and the ceilings of which the smallest holds."""

    libelle: str
    assiette: tuple[Amount, ...] = Field(min_length=1)
    plafond: tuple[Amount, ...] = Field(min_length=1)
    taux_commun: CommonRate | None = None
    citation: Quotes = ()
    interpretation: str | None = None


class Criterion(Part):
    """One regional priority: a value brought into 0..1, and its weight."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    libelle: str
    niveau: Level
    valeur: str
    poids: Weight = Decimal(1)
    mention_exigee: bool = False
    citation: Quotes = ()
    interpretation: str | None = None


class PriorityField(Part):
    """The priority field of the call: what lies outside comes after all the rest."""

    libelle: str
    condition: str
    citation: Quotes = ()
    interpretation: str | None = None


class FollowUp(Part):
    libelle: str
    citation: Quotes = ()
    interpretation: str | None = None


class Ambiguity(Part):
    """What the texts leave open, shown as it stands."""

    texte: str
    citations: Quotes = ()


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

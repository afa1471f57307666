"""What a call says of itself: its words, its texts, its figures, its fields, its calendar."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field, model_validator

from clact_model.fields import SQL_TYPES
from clact_model.programme.parts import Level, Part, Quotes

ParameterValue = Decimal | int | date


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
    def le(self) -> str:
        """« l'action », « le projet »."""
        if self.singulier[0].lower() in "aeiouyéèêh":
            return f"l'{self.singulier}"
        return f"{'la' if self.genre == 'f' else 'le'} {self.singulier}"

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
    """A code as it is stored, and the words that a person reads."""

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
    """A step of the call: a day, or a first and a last one."""

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


class FollowUp(Part):
    """What the call says of what follows a grant, in its own words."""

    libelle: str
    citation: Quotes = ()
    interpretation: str | None = None


class Ambiguity(Part):
    """What the texts leave open, shown as it stands."""

    texte: str
    citations: Quotes = ()

"""How a call judges and ranks: its rules, its criteria, what is a priority, the columns that they compute."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field, model_validator

from clact_model.programme.parts import Level, Part, Quotes

DOSSIER_VERDICTS = ("recevable", "a_verifier", "a_completer", "sursis", "irrecevable")
"""From the weakest to the strongest: the strongest wins."""
ACTION_VERDICTS = ("eligible", "a_verifier", "ineligible")
EFFECTS = ("plafond", "assiette", "hors_priorite")
"""Consequences that are not verdicts: the aid is capped, the assiette reduced, the line is no priority."""

Weight = Annotated[Decimal, Field(ge=0)]


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

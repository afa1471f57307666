"""What a saved scenario holds: the simulation, and all that it stood on."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from clact_model.allocation import Result, Settings


@dataclass(frozen=True, slots=True)
class Basis:
    """What the lines of a simulation were judged and ranked with."""

    aujourdhui: date
    """The day judged."""
    version_programme: str
    version_donnees: int
    """``Base.version()`` when the lines were read."""
    poids: Mapping[str, Decimal] = field(default_factory=dict)
    """Criterion → weight."""
    parametres: Mapping[str, str] = field(default_factory=dict)
    """Parameters of the programme that the simulation changed, as text."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A simulation under its name, as it was saved: its sentences and figures are those of that day."""

    nom: str
    basis: Basis
    result: Result
    auteur: str
    quand: datetime

    @property
    def settings(self) -> Settings:
        return self.result.settings


def to_text(settings: Settings, basis: Basis) -> str:
    """The column ``reglages``: settings, weights and changed parameters, numbers as strings."""
    return json.dumps(
        {
            "allocation": settings.to_json(),
            "poids": {criterion: str(weight) for criterion, weight in basis.poids.items()},
            "parametres": dict(basis.parametres),
        },
        ensure_ascii=False,
    )


def from_text(text: str, aujourdhui: date, version_programme: str, version_donnees: int) -> tuple[Settings, Basis]:
    """What :func:`to_text` wrote. SettingsError when it can no longer be read."""
    kept = json.loads(text)
    weights = {criterion: Decimal(weight) for criterion, weight in kept["poids"].items()}
    basis = Basis(aujourdhui, version_programme, version_donnees, weights, kept["parametres"])
    return Settings.from_json(kept["allocation"]), basis

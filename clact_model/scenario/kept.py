"""What a saved scenario holds: the simulation, and all that it stood on."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from clact_model.allocation import Result, Settings
from clact_model.programme import ParameterValue, Programme


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
    graine: int | None = None
    """The seed of what was drawn at random; None when nothing was."""
    surprogrammation: Decimal | None = None
    """Of a reallocation among the waiting list alone: what may be granted in all ÷ the envelope (1: no more than it).
    None: a simulation of the whole call."""

    def parameters(self, programme: Programme) -> dict[str, ParameterValue]:
        """The changed parameters, each of its type. One that the programme lacks is left for it to refuse."""
        known = programme.file.parametres
        return {
            name: date.fromisoformat(text) if name in known and known[name].type == "date" else Decimal(text)
            for name, text in self.parametres.items()
        }


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a dossier that counts in its aid. ``aide`` in EUR; None is unknown, as everywhere."""

    ligne: int
    axe: str | None
    enjeu_has: str | None
    aide: Decimal | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What one dossier was on the day of the scenario."""

    verdict: str
    etablissement: str | None
    """FINESS, else SIRET."""
    effectif_total: int | None
    """Headcount of the establishment."""
    clact_anterieur: str | None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Lock:
    """Who locked a scenario, when (an aware time), and why."""

    auteur: str
    quand: datetime
    motif: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """A simulation under its name, as it was saved: its sentences and figures are those of that day."""

    nom: str
    basis: Basis
    result: Result
    auteur: str
    quand: datetime
    facts: Mapping[str, Facts] = field(default_factory=dict)
    """Number → dossier; empty for the scenarios older than these facts."""
    verrou: Lock | None = None
    empreinte: str | None = None
    """Fingerprint of the programme's text; None when it was not kept."""

    @property
    def settings(self) -> Settings:
        return self.result.settings


def to_text(settings: Settings, basis: Basis) -> str:
    """The column ``reglages``: settings, weights, changed parameters and seed, numbers as strings."""
    return json.dumps(
        {
            "allocation": settings.to_json(),
            "poids": {criterion: str(weight) for criterion, weight in basis.poids.items()},
            "parametres": dict(basis.parametres),
            "graine": basis.graine,
            "surprogrammation": None if basis.surprogrammation is None else str(basis.surprogrammation),
        },
        ensure_ascii=False,
    )


def from_text(text: str, aujourdhui: date, version_programme: str, version_donnees: int) -> tuple[Settings, Basis]:
    """What :func:`to_text` wrote. SettingsError when it can no longer be read."""
    kept = json.loads(text)
    weights = {criterion: Decimal(weight) for criterion, weight in kept["poids"].items()}
    over = kept.get("surprogrammation")
    basis = Basis(
        aujourdhui,
        version_programme,
        version_donnees,
        weights,
        kept["parametres"],
        kept.get("graine"),
        None if over is None else Decimal(over),
    )
    return Settings.from_json(kept["allocation"]), basis

"""What the grants of the demonstration changed: indicators and yearly measures written in files, kept by the ordinary function."""

import csv
from collections.abc import Callable, Collection, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from clact_model import impact
from clact_model.demo.steps import FOLLOWUP, MEASURE, indicators_file, operation
from clact_model.impact import Indicator, Yearly
from clact_model.programme import Programme
from clact_model.store import Base

INDICATORS = (
    "numero", "nom", "unite", "annee_reference", "valeur_reference", "cible", "sens", "valeur_12", "mesure_12",
    "valeur_24", "mesure_24",
)  # fmt: skip
YEARS = ("numero", "annee", "effectif_total", "taux_absenteisme", "taux_turnover", "nb_at_mp")


def years_file(programme_id: str) -> Path:
    """The yearly measures of a call, made by the same script as its indicators."""
    return FOLLOWUP / f"{programme_id}_mesures.csv"


def measure(base: Base, programme: Programme, today: date, done: Collection[str]) -> None:
    """Keep what was measured by that day; nothing when that is among the operations ``done``."""
    written = operation(MEASURE, programme.id)
    if written not in done and indicators_file(programme.id).exists():
        promised = [Indicator(**row) for row in _rows(indicators_file(programme.id))]
        yearly = [Yearly(**row) for row in _rows(years_file(programme.id))]
        impact.record(base, programme, today, promised, yearly, operation=written)


def _rows(path: Path) -> list[dict[str, Any]]:
    """Typed cells, an empty one None."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {name: _TYPES[name](text) if text else None for name, text in row.items()}
            for row in csv.DictReader(file, delimiter=";")
        ]


_TYPES: Mapping[str, Callable[[str], Any]] = {
    "numero": str, "nom": str, "unite": str, "sens": str, "annee_reference": int, "annee": int, "effectif_total": int,
    "nb_at_mp": int, "valeur_reference": Decimal, "cible": Decimal, "valeur_12": Decimal, "valeur_24": Decimal,
    "taux_absenteisme": Decimal, "taux_turnover": Decimal, "mesure_12": date.fromisoformat, "mesure_24": date.fromisoformat,
}  # fmt: skip

"""What a dossier promised to change and what was measured, and its accidents, absence and turnover year by year."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

import duckdb

from clact_model.programme import Programme

Sens = Literal["hausse", "baisse"]
Mois = Literal[12, 24]
MOIS: tuple[Mois, ...] = (12, 24)
"""Months after the start of the actions at which an indicator is measured."""
PERCENT = "%"
"""The unit whose values are written 9,5 % and kept as 9.5."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One promise of a dossier. Values in ``unite``; unknown is None."""

    numero: str
    nom: str
    unite: str | None = None
    annee_reference: int | None = None
    valeur_reference: Decimal | None = None
    cible: Decimal | None = None
    sens: Sens | None = None
    """The way in which it gets better."""
    valeur_12: Decimal | None = None
    mesure_12: date | None = None
    valeur_24: Decimal | None = None
    mesure_24: date | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.numero, self.nom

    def measured(self, mois: Mois) -> Decimal | None:
        """The value at 12 or 24 months."""
        return self.valeur_12 if mois == 12 else self.valeur_24

    @property
    def latest(self) -> Decimal | None:
        """The last value measured."""
        return self.valeur_12 if self.valeur_24 is None else self.valeur_24

    @property
    def way(self) -> Sens | None:
        """The way in which it gets better: what was said, else where the target lies."""
        if self.sens is not None or self.cible is None or self.valeur_reference is None:
            return self.sens
        if self.cible == self.valeur_reference:
            return None
        return "hausse" if self.cible > self.valeur_reference else "baisse"

    @property
    def reached(self) -> bool | None:
        """Whether the last value measured reaches the target; None when one of them is unknown."""
        latest = self.latest
        if latest is None or self.cible is None or self.way is None:
            return None
        return latest >= self.cible if self.way == "hausse" else latest <= self.cible

    @property
    def progress(self) -> Decimal | None:
        """Share of the way from the reference to the target, below 0 when it got worse; None when unknown."""
        start, latest = self.valeur_reference, self.latest
        if start is None or latest is None or self.cible is None or self.cible == start:
            return None
        return (latest - start) / (self.cible - start)


@dataclass(frozen=True, slots=True)
class Yearly:
    """One applicant in one year, funded or not. Shares 0..1; unknown is None."""

    numero: str
    annee: int
    effectif_total: int | None = None
    taux_absenteisme: Decimal | None = None
    taux_turnover: Decimal | None = None
    nb_at_mp: int | None = None

    @property
    def key(self) -> tuple[str, int]:
        return self.numero, self.annee


INDICATOR_FIELDS = (
    "unite",
    "annee_reference",
    "valeur_reference",
    "cible",
    "sens",
    "valeur_12",
    "mesure_12",
    "valeur_24",
    "mesure_24",
)
YEARLY_FIELDS = ("effectif_total", "taux_absenteisme", "taux_turnover", "nb_at_mp")


def indicators(cursor: duckdb.DuckDBPyConnection, programme: Programme, numero: str | None = None) -> list[Indicator]:
    """The indicators of a programme, or of one dossier; in the order of the dossiers, then by name."""
    rows = cursor.execute(
        f"""SELECT i.numero, i.nom, {", ".join(INDICATOR_FIELDS)} FROM indicateur i
            LEFT JOIN dossier d ON d.programme = i.programme AND d.numero = i.numero
            WHERE i.programme = $programme AND ($numero IS NULL OR i.numero = $numero)
            ORDER BY d.ordre, i.numero, i.nom""",
        {"programme": programme.id, "numero": numero},
    ).fetchall()
    return [Indicator(*row) for row in rows]


def yearly(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> list[Yearly]:
    """What was measured of the applicants, in the order of the dossiers, then of the years."""
    rows = cursor.execute(
        f"""SELECT m.numero, m.annee, {", ".join(f"m.{name}" for name in YEARLY_FIELDS)} FROM mesure_annuelle m
            LEFT JOIN dossier d ON d.programme = m.programme AND d.numero = m.numero
            WHERE m.programme = ? ORDER BY d.ordre, m.numero, m.annee""",
        [programme.id],
    ).fetchall()
    return [Yearly(*row) for row in rows]

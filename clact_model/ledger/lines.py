"""Lines of the ledger: what is written, and what the base holds."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias

import duckdb

from clact_model.ledger.natures import NATURES, Nature, Poste

AccountKey: TypeAlias = tuple[str, Poste]
"""Number of the dossier, and which of its grants."""

COLUMNS = (
    "numero, nature, jour, poste, ligne, montant, tranche, echeance, reference, sur, contrepasse, motif, details, "
    "id, operation, auteur, quand"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line to be written. ``montant`` in EUR, None for an event without money; the rest as in the table."""

    numero: str
    nature: Nature
    jour: date
    poste: Poste = "aide"
    ligne: int | None = None
    montant: Decimal | None = None
    tranche: int | None = None
    echeance: date | None = None
    reference: str | None = None
    sur: int | None = None
    contrepasse: int | None = None
    motif: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    """What this nature says besides; texts, numbers, amounts as text."""

    @property
    def account(self) -> AccountKey:
        return self.numero, self.poste

    @property
    def words(self) -> str:
        """``Versement``, ``Contre-passation : versement``."""
        name = NATURES[self.nature]
        return name if self.contrepasse is None else f"Contre-passation : {name.lower()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement(Entry):
    """A line as it was written, never changed since."""

    id: int
    operation: str
    auteur: str
    quand: datetime


def lines(
    cursor: duckdb.DuckDBPyConnection,
    programme: str,
    numeros: Collection[str] | None = None,
    until: date | None = None,
) -> list[Movement]:
    """The lines of a programme, of some dossiers, up to a day included; in the order of their days, then of writing."""
    rows = cursor.execute(
        f"""SELECT {COLUMNS} FROM mouvement
            WHERE programme = $programme AND ($numeros IS NULL OR list_contains($numeros::VARCHAR[], numero))
              AND ($until IS NULL OR jour <= $until::DATE)
            ORDER BY jour, id""",
        {"programme": programme, "numeros": None if numeros is None else list(numeros), "until": until},
    ).fetchall()
    names = COLUMNS.split(", ")
    return [_movement(dict(zip(names, row, strict=True))) for row in rows]


def _movement(values: dict[str, Any]) -> Movement:
    return Movement(**{**values, "details": json.loads(values["details"]) if values["details"] else {}})


def standing(movements: Collection[Movement]) -> list[Movement]:
    """The lines that no other line of these reverses, without the reversals themselves."""
    reversed_ids = {m.contrepasse for m in movements if m.contrepasse is not None}
    return [m for m in movements if m.contrepasse is None and m.id not in reversed_ids]

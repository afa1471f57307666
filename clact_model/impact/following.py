"""Where each promise stands on a day: measured, to come, late."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import duckdb

from clact_model.impact.kept import MOIS, Indicator, Mois, indicators
from clact_model.programme import Programme

State = Literal["mesure", "a_venir", "en_retard", "inconnu"]
STATES: Mapping[State, str] = {
    "mesure": "Mesuré",
    "a_venir": "À venir",
    "en_retard": "En retard",
    "inconnu": "Échéance inconnue",
}
"""State of a measure → what is read on screen. Unknown: nothing says when the actions started."""


@dataclass(frozen=True, slots=True)
class Due:
    """One measure of one indicator. ``echeance``: None when the start is unknown."""

    mois: Mois
    echeance: date | None
    state: State


@dataclass(frozen=True, slots=True)
class Followed:
    """One indicator, its dossier and its measures."""

    indicator: Indicator
    raison_sociale: str | None
    depart: date | None
    """The day from which the months count: the start of the actions, else the convention, else the notification."""
    dues: Sequence[Due]

    @property
    def late(self) -> bool:
        return any(due.state == "en_retard" for due in self.dues)


def follow(cursor: duckdb.DuckDBPyConnection, programme: Programme, today: date) -> list[Followed]:
    """Every indicator of a programme as of a day."""
    starts = _starts(cursor, programme, today)
    rows = cursor.execute("SELECT numero, raison_sociale FROM dossier WHERE programme = ?", [programme.id]).fetchall()
    names = dict(rows)
    return [
        Followed(
            one,
            names.get(one.numero),
            start := starts.get(one.numero),
            [_due(one, mois, start, today) for mois in MOIS],
        )
        for one in indicators(cursor, programme)
    ]


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day: one month after 31 January is 28 or 29 February."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _due(one: Indicator, mois: Mois, start: date | None, today: date) -> Due:
    echeance = months_after(start, mois) if start else None
    if one.measured(mois) is not None:
        return Due(mois, echeance, "mesure")
    if echeance is None:
        return Due(mois, None, "inconnu")
    return Due(mois, echeance, "en_retard" if echeance < today else "a_venir")


def _starts(cursor: duckdb.DuckDBPyConnection, programme: Programme, today: date) -> dict[str, date]:
    """Number → the first day known, of what says best when the actions started. A line that was reversed says nothing."""
    rows = cursor.execute(
        """SELECT numero, coalesce(min(jour) FILTER (nature = 'demarrage'), min(jour) FILTER (nature = 'convention'),
                                   min(jour) FILTER (nature = 'octroi'))
           FROM mouvement m
           WHERE programme = $programme AND contrepasse IS NULL AND jour <= $today
             AND NOT EXISTS (SELECT 1 FROM mouvement c WHERE c.contrepasse = m.id AND c.jour <= $today)
           GROUP BY numero""",
        {"programme": programme.id, "today": today},
    ).fetchall()
    return {numero: day for numero, day in rows if day is not None}

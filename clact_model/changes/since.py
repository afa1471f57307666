"""What changed since a moment: dossiers that came or went, pieces that arrived, verdicts that turned and why.

The dossiers as they were and as they are go through the same judgement, under the programme's text of today: a text that
was changed in between shows as no change here.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime

import duckdb

from clact_model import eligibility
from clact_model.changes import arrivals
from clact_model.changes.arrivals import Arrival
from clact_model.changes.causes import Cause, causes, entries_since
from clact_model.changes.past import go_back, is_known
from clact_model.changes.verdicts import Key, outcomes, told_apart, verdicts
from clact_model.dossiers import set_aside_sql
from clact_model.eligibility import Judgement
from clact_model.programme import Programme
from clact_model.store import Base


@dataclass(frozen=True, slots=True)
class Came:
    """A dossier that was not in the call; ``verdict``: the one it has now."""

    numero: str
    raison_sociale: str | None
    verdict: str


@dataclass(frozen=True, slots=True)
class Went:
    """A dossier that left the call. ``present``: still in the base, but archived or closed without a decision."""

    numero: str
    raison_sociale: str | None
    present: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """A verdict that turned. ``ligne``: None for the dossier's own; codes of verdicts."""

    numero: str
    raison_sociale: str | None
    ligne: int | None
    avant: str
    apres: str
    causes: tuple[Cause, ...]


@dataclass(frozen=True)
class Since:
    """What changed, each in the order of the file. ``known``: False when older imports left no trace of what they replaced."""

    came: tuple[Came, ...]
    went: tuple[Went, ...]
    arrived: tuple[Arrival, ...]
    turned: tuple[Turn, ...]
    known: bool

    def __bool__(self) -> bool:
        return bool(self.came or self.went or self.arrived or self.turned)


@dataclass(frozen=True, slots=True)
class _Known:
    raison_sociale: str | None
    set_aside: bool


def since(base: Base, programme: Programme, moment: datetime, then: date, today: date) -> Since:
    """What changed between ``moment``, judged as on the day ``then``, and now, judged as on the day ``today``."""
    with closing(base.cursor()) as now, closing(base.cursor()) as past:
        go_back(past, programme, moment)
        held, held_then = _dossiers(now, programme), _dossiers(past, programme)
        here, there = _in_call(held), _in_call(held_then)
        judgement = eligibility.judge(now, programme, today)
        found = verdicts(judgement)
        return Since(
            tuple(Came(n, held[n].raison_sociale, found[n, 0]) for n in here if n not in there),
            tuple(Went(n, held_then[n].raison_sociale, n in held) for n in there if n not in here),
            tuple(arrivals.arrived(now, past, programme, moment)),
            tuple(_turned(judgement, past, found, moment, then, held)),
            is_known(now, programme, moment),
        )


def _dossiers(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> dict[str, _Known]:
    rows = cursor.execute(
        f"SELECT numero, raison_sociale, {set_aside_sql('t')} FROM dossier t WHERE programme = ? ORDER BY ordre",
        [programme.id],
    ).fetchall()
    return {numero: _Known(*rest) for numero, *rest in rows}


def _in_call(known: Mapping[str, _Known]) -> Collection[str]:
    """The dossiers that are judged, in the order of the file."""
    return {numero: None for numero, dossier in known.items() if not dossier.set_aside}.keys()


def _turned(
    now: Judgement,
    past: duckdb.DuckDBPyConnection,
    found: Mapping[Key, str],
    moment: datetime,
    then: date,
    held: Mapping[str, _Known],
) -> Sequence[Turn]:
    programme = now.programme
    judgement = eligibility.judge(past, programme, then)
    before = verdicts(judgement)
    keys = [key for key, verdict in before.items() if found.get(key, verdict) != verdict]
    if not keys:
        return []
    numeros = {numero for numero, _ in keys}
    on_its_day, after = outcomes(judgement, numeros), outcomes(now, numeros)
    # The same dossiers on today's day: what differs already is the day's doing, the rest is the data's.
    on_this_day = outcomes(eligibility.judge(past, programme, now.today), numeros)
    entries = entries_since(now.cursor, programme, moment, numeros)
    places = {numero: place for place, numero in enumerate(held)}
    return [
        Turn(
            numero,
            held[numero].raison_sociale,
            ligne or None,
            before[numero, ligne],
            found[numero, ligne],
            tuple(
                causes(
                    programme,
                    (numero, ligne),
                    entries.get(numero, ()),
                    told_apart(now, (numero, ligne), on_this_day, after),
                    told_apart(now, (numero, ligne), on_its_day, on_this_day),
                )
            ),
        )
        for numero, ligne in sorted(keys, key=lambda key: (places[key[0]], key[1]))
    ]

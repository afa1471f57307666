"""The pieces that arrived: those that a dossier now says it joins, and those that were asked for and received."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from clact_model import dossiers, pieces
from clact_model.changes.causes import entries_since
from clact_model.instruction import requests
from clact_model.programme import Programme
from clact_model.store import Entry

Place = tuple[str, int | None, str]
"""Number of the dossier, line (None: the dossier's own), field of the piece."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One piece that arrived. ``ligne``: None for the dossier's own; who wrote it and when, in the programme's zone."""

    numero: str
    raison_sociale: str | None
    ligne: int | None
    libelle: str
    auteur: str | None
    quand: datetime | None


def arrived(
    now: duckdb.DuckDBPyConnection, past: duckdb.DuckDBPyConnection, programme: Programme, moment: datetime
) -> list[Arrival]:
    """The pieces that dossiers and lines lacked then and have now, in the order of the file.

    ``past``: a cursor that sees the dossiers as they were. A line that is new brings no piece: it is new itself.
    """
    rows = past.execute("SELECT numero FROM etat_alors WHERE remplacee_par IS NOT NULL").fetchall()
    received = _received(now, programme, moment)
    numeros = sorted({row[0] for row in rows} | {numero for numero, _, _ in received})
    before = dict(_pieces(programme, dossiers.read(past, programme, numeros)))
    stored = dossiers.read(now, programme, numeros)
    names = {row["numero"]: row["raison_sociale"] for row in stored}
    labels = {piece.champ: pieces.libelle(programme, piece) for piece in programme.file.piece}
    entries = entries_since(now, programme, moment, numeros)
    found = {
        place: Arrival(place[0], names[place[0]], place[1], labels[place[2]], *_who(entries.get(place[0], ()), place))
        for place, joined in _pieces(programme, stored)
        if joined and before.get(place) is False
    }
    return [*found.values(), *(arrival for place, arrival in received.items() if place not in found)]


def _pieces(programme: Programme, rows: Sequence[dict[str, Any]]) -> Iterator[tuple[Place, bool]]:
    """Every piece of these dossiers and their lines, and whether it is joined."""
    for row in rows:
        for piece in programme.file.piece:
            holders = [(None, row)] if piece.champ in row else [(line["ligne"], line) for line in row["actions"]]
            for ligne, holder in holders:
                yield (row["numero"], ligne, piece.champ), pieces.is_joined(holder[piece.champ])


def _who(entries: Sequence[Entry], place: Place) -> tuple[str | None, datetime | None]:
    _, ligne, champ = place
    last = next((entry for entry in reversed(entries) if (entry.ligne, entry.champ) == (ligne, champ)), None)
    return (last.auteur, last.quand) if last else (None, None)


def _received(now: duckdb.DuckDBPyConnection, programme: Programme, moment: datetime) -> dict[Place, Arrival]:
    """The pieces asked for and received since."""
    names = dict(
        now.execute("SELECT numero, raison_sociale FROM dossier WHERE programme = ?", [programme.id]).fetchall()
    )
    return {
        (one.numero, one.ligne, one.piece or one.id): Arrival(
            one.numero,
            names[one.numero],
            one.ligne,
            one.libelle,
            one.close_par,
            one.close_le.astimezone(programme.file.zone),
        )
        for one in requests.of_programme(now, programme)
        if one.etat == "recue" and one.close_le is not None and one.close_le > moment and one.numero in names
    }

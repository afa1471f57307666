"""Judged dossiers with what instructors keep beside the verdicts: who is in charge, pieces that are awaited."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import duckdb

from clact_model.instruction import assignment, requests
from clact_model.instruction.requests import PieceRequest
from clact_model.overview.summaries import Summary
from clact_model.programme import Programme


def followed(
    cursor: duckdb.DuckDBPyConnection, programme: Programme, today: date, rows: Iterable[Summary]
) -> list[Summary]:
    """The same dossiers in the same order, with their instructor and the pieces awaited on that day."""
    in_charge = assignment.in_charge(cursor, programme)
    awaited: dict[str, list[PieceRequest]] = {}
    for request in requests.of_programme(cursor, programme):
        if request.waits:
            awaited.setdefault(request.numero, []).append(request)
    return [
        _with(row, in_charge.get(row.numero), awaited.get(row.numero, []), today)
        if row.numero in in_charge or row.numero in awaited or _followed_before(row)
        else row
        for row in rows
    ]


def _followed_before(row: Summary) -> bool:
    return row.instructeur is not None or row.pieces_attendues > 0


def _with(row: Summary, instructeur: str | None, awaited: list[PieceRequest], today: date) -> Summary:
    return replace(
        row,
        instructeur=instructeur,
        pieces_attendues=len(awaited),
        pieces_en_retard=sum(request.state(today) == "en_retard" for request in awaited),
        echeance=min((request.echeance for request in awaited), default=None),
    )

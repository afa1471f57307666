"""Pieces asked of an establishment, each with its due date: asked, then received or cancelled; late once its day is past."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import duckdb

from clact_model import formats
from clact_model.errors import UsageError
from clact_model.instruction import standing
from clact_model.programme import Programme
from clact_model.store import Base, Change, Writing
from clact_model.wording import one_line

Kept = Literal["demandee", "recue", "annulee"]
State = Literal["demandee", "en_retard", "recue", "annulee"]
STATES: Mapping[State, str] = {
    "en_retard": "En retard",
    "demandee": "Demandée",
    "recue": "Reçue",
    "annulee": "Annulée",
}
"""State of a piece asked for → what is read on screen, most pressing first."""
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to ask for. ``piece``: the field of the programme's piece, None for a free text."""

    libelle: str
    echeance: date
    piece: str | None = None
    ligne: int | None = None


@dataclass(frozen=True, slots=True)
class PieceRequest:
    """One piece asked for. ``demandee_le`` and ``close_le``: aware times."""

    id: str
    numero: str
    piece: str | None
    ligne: int | None
    libelle: str
    echeance: date
    etat: Kept
    demandee_par: str
    demandee_le: datetime
    close_par: str | None
    close_le: datetime | None

    @property
    def waits(self) -> bool:
        """Neither received nor cancelled."""
        return self.etat == "demandee"

    def state(self, today: date) -> State:
        """Its state on a day: one that waits is late from the day after its due date."""
        return "en_retard" if self.waits and self.echeance < today else self.etat

    def same_piece(self, piece: str | None, ligne: int | None, libelle: str) -> bool:
        """Whether it asks for that piece: the programme's own by their field, a free text by its words."""
        return (self.piece, self.ligne) == (piece, ligne) and (piece is not None or self.libelle == libelle)


def ask(
    base: Base,
    programme: Programme,
    today: date,
    numero: str,
    wanted: Sequence[Wanted],
    operation: str | None = None,
) -> None:
    """Keep that pieces were asked for, one operation for all.

    Raises UsageError for nothing asked, an unknown dossier, line or piece, a day already past, or a piece that is
    already awaited: then nothing is written.
    """
    if not wanted:
        raise UsageError("Dites quelle pièce demander.")
    with base.write("demander_piece", programme.id, operation) as writing:
        if writing.already_done:
            return
        standing.require(writing.cursor, programme, numero)
        for place, item in enumerate(wanted):
            _insert(writing, programme, today, numero, item, f"{writing.operation}/{place}")


def receive(base: Base, programme: Programme, identifier: str, operation: str | None = None) -> None:
    """The piece has come. Raises UsageError when it is not awaited."""
    with base.write("recevoir_piece", programme.id, operation) as writing:
        _close(writing, programme, identifier, "recue")


def cancel(base: Base, programme: Programme, identifier: str, operation: str | None = None) -> None:
    """The piece is no longer asked for. Raises UsageError when it is not awaited."""
    with base.write("annuler_demande", programme.id, operation) as writing:
        _close(writing, programme, identifier, "annulee")


def postpone(
    base: Base, programme: Programme, today: date, identifier: str, echeance: date, operation: str | None = None
) -> None:
    """Give a piece that is awaited another due date. Raises UsageError for one that is not, or a day already past."""
    with base.write("reporter_demande", programme.id, operation) as writing:
        if writing.already_done:
            return
        found = _awaited(writing.cursor, programme, identifier)
        _check_day(today, echeance)
        writing.cursor.execute("UPDATE demande_piece SET echeance = ? WHERE id = ?", [echeance, identifier])
        _log(writing, found, formats.day(found.echeance), formats.day(echeance))


def of_dossier(cursor: duckdb.DuckDBPyConnection, programme: Programme, numero: str) -> list[PieceRequest]:
    """Every piece asked of a dossier: those awaited first, the nearest due date first."""
    return [found for found in of_programme(cursor, programme) if found.numero == numero]


def of_programme(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> list[PieceRequest]:
    """Every piece asked for: those awaited first, the nearest due date first."""
    rows = cursor.execute(
        """SELECT id, numero, piece, ligne, libelle, echeance, etat, demandee_par, demandee_le, close_par, close_le
           FROM demande_piece WHERE programme = ?
           ORDER BY etat <> 'demandee', echeance, numero, demandee_le, id""",
        [programme.id],
    ).fetchall()
    return [PieceRequest(*row) for row in rows]


def _insert(writing: Writing, programme: Programme, today: date, numero: str, item: Wanted, identifier: str) -> None:
    name = one_line(item.libelle, LONGEST)
    if name is None:
        raise UsageError(f"Nommez la pièce à demander en 1 à {LONGEST} caractères, sur une ligne.")
    if item.piece is not None and item.piece not in {piece.champ for piece in programme.file.piece}:
        raise UsageError(f"« {item.piece} » n'est pas une pièce de ce programme.")
    _check_day(today, item.echeance)
    standing.require(writing.cursor, programme, numero, item.ligne)
    for known in of_dossier(writing.cursor, programme, numero):
        if known.waits and known.same_piece(item.piece, item.ligne, name):
            raise UsageError(
                f"« {name} » est déjà demandée pour le {formats.day(known.echeance)} : reportez cette échéance plutôt."
            )
    writing.cursor.execute(
        """INSERT INTO demande_piece (id, programme, numero, piece, ligne, libelle, echeance, etat, demandee_par, demandee_le)
           VALUES (?, ?, ?, ?, ?, ?, ?, 'demandee', ?, ?)""",
        [
            identifier,
            programme.id,
            numero,
            item.piece,
            item.ligne,
            name,
            item.echeance,
            writing.auteur,
            writing.quand,
        ],
    )
    writing.log(f"{name}, pour le {formats.day(item.echeance)}", numero, item.ligne)


def _check_day(today: date, echeance: date) -> None:
    if echeance < today:
        raise UsageError(f"L'échéance du {formats.day(echeance)} est déjà passée : choisissez un jour à venir.")


def _awaited(cursor: duckdb.DuckDBPyConnection, programme: Programme, identifier: str) -> PieceRequest:
    found = next((one for one in of_programme(cursor, programme) if one.id == identifier), None)
    if found is None or not found.waits:
        raise UsageError("Cette pièce n'est plus attendue : rechargez la page.")
    return found


def _close(writing: Writing, programme: Programme, identifier: str, state: Kept) -> None:
    if writing.already_done:
        return
    found = _awaited(writing.cursor, programme, identifier)
    writing.cursor.execute(
        "UPDATE demande_piece SET etat = ?, close_par = ?, close_le = ? WHERE id = ?",
        [state, writing.auteur, writing.quand, identifier],
    )
    _log(writing, found, STATES["demandee"], STATES[state])


def _log(writing: Writing, found: PieceRequest, before: str, after: str) -> None:
    writing.log(found.libelle, found.numero, found.ligne)
    writing.log_changes([Change(found.numero, found.ligne, "demande_piece", before, after)])

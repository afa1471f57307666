"""What people write about a scenario, dated and signed: added to, never changed."""

from dataclasses import dataclass
from datetime import datetime

import duckdb

from clact_model.errors import UsageError
from clact_model.programme import Programme
from clact_model.store import Change, Writing

LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Note:
    """One note. ``quand``: an aware time."""

    texte: str
    auteur: str
    quand: datetime


def of_scenario(cursor: duckdb.DuckDBPyConnection, programme: Programme, name: str) -> list[Note]:
    """The notes of a scenario, the newest first."""
    rows = cursor.execute(
        "SELECT texte, auteur, quand FROM scenario_note WHERE programme = ? AND nom = ? ORDER BY quand DESC, id",
        [programme.id, name],
    ).fetchall()
    return [Note(*row) for row in rows]


def checked(texte: str) -> str:
    """The note without blanks around it. Raises UsageError when it is empty or too long."""
    text = texte.strip()
    if not text:
        raise UsageError("Une note vide ne s'enregistre pas : écrivez-la d'abord.")
    if len(text) > LONGEST:
        raise UsageError(f"La note compte {len(text)} caractères : {LONGEST} au plus.")
    return text


def insert(writing: Writing, programme: Programme, name: str, texte: str) -> None:
    """Add a checked note. The journal says it too: it outlives the scenario there."""
    writing.cursor.execute(
        "INSERT INTO scenario_note (id, programme, nom, texte, auteur, quand) VALUES (?, ?, ?, ?, ?, ?)",
        [writing.operation, programme.id, name, texte, writing.auteur, writing.quand],
    )
    writing.log_changes([Change("", None, "note_scenario", None, texte)])

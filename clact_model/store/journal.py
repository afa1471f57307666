"""Who did what, when: one line per operation, and one per changed field of what already existed."""

import getpass
import os
from dataclasses import dataclass
from datetime import datetime

import duckdb


def author() -> str:
    """Who is working: ``CLACT_UTILISATEUR``, else the system's user."""
    return os.environ.get("CLACT_UTILISATEUR", "").strip() or getpass.getuser()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal. ``champ`` is None on the line of the operation itself."""

    id: int
    operation: str
    quand: datetime
    auteur: str
    nature: str
    programme: str | None
    numero: str | None
    ligne: int | None
    champ: str | None
    avant: str | None
    apres: str | None
    detail: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One field that an operation changed."""

    numero: str
    ligne: int | None
    champ: str
    avant: str | None
    apres: str | None


def entries(
    cursor: duckdb.DuckDBPyConnection, programme: str | None = None, numero: str | None = None, limit: int = 1000
) -> list[Entry]:
    """The newest lines first; of one programme and one dossier when given."""
    rows = cursor.execute(
        """SELECT id, operation, quand, auteur, nature, programme, numero, ligne, champ, avant, apres, detail
           FROM journal
           WHERE ($programme IS NULL OR programme = $programme) AND ($numero IS NULL OR numero = $numero)
           ORDER BY id DESC LIMIT $limite""",
        {"programme": programme, "numero": numero, "limite": limit},
    ).fetchall()
    return [Entry(*row) for row in rows]

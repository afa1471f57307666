"""The instructor in charge of each dossier."""

from collections.abc import Sequence

import duckdb

from clact_model import formats
from clact_model.errors import UsageError
from clact_model.instruction import standing
from clact_model.programme import Programme
from clact_model.store import Base, Change, author
from clact_model.wording import one_line

LONGEST_NAME = 80


def assign(
    base: Base,
    programme: Programme,
    numeros: Sequence[str],
    instructeur: str | None,
    operation: str | None = None,
) -> int:
    """Put an instructor in charge of dossiers, or nobody (None); gives how many dossiers that changed.

    Raises UsageError for a name that is none, or an unknown dossier: then nothing is written.
    """
    name = None if instructeur is None else one_line(instructeur, LONGEST_NAME)
    if instructeur is not None and name is None:
        raise UsageError(f"Donnez le nom de l'instructeur en 1 à {LONGEST_NAME} caractères, sur une ligne.")
    with base.write("affecter", programme.id, operation) as writing:
        if writing.already_done:
            return 0
        former = in_charge(writing.cursor, programme)
        changed = [numero for numero in dict.fromkeys(numeros) if former.get(numero) != name]
        for numero in changed:
            standing.require(writing.cursor, programme, numero)
            key = [programme.id, numero]
            if name is None:
                writing.cursor.execute("DELETE FROM affectation WHERE programme = ? AND numero = ?", key)
            else:
                writing.cursor.execute(
                    "INSERT OR REPLACE INTO affectation VALUES (?, ?, ?, ?, ?)",
                    [*key, name, writing.auteur, writing.quand],
                )
        if changed:
            writing.log(f"{formats.plural(len(changed), 'dossier')} : {name or 'sans instructeur'}")
            writing.log_changes([Change(numero, None, "instructeur", former.get(numero), name) for numero in changed])
    return len(changed)


def in_charge(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> dict[str, str]:
    """Number of each dossier that has one → its instructor."""
    rows = cursor.execute("SELECT numero, instructeur FROM affectation WHERE programme = ?", [programme.id]).fetchall()
    return dict(rows)


def known(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    """The names to propose: whoever works now, is in charge of a dossier, or has signed something; in order."""
    rows = cursor.execute("SELECT instructeur FROM affectation UNION SELECT auteur FROM journal").fetchall()
    return sorted({author(), *(name for (name,) in rows)}, key=str.casefold)

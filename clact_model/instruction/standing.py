"""Whether a dossier is there to be worked on."""

import duckdb

from clact_model.errors import UsageError
from clact_model.programme import Programme


def require(cursor: duckdb.DuckDBPyConnection, programme: Programme, numero: str, ligne: int | None = None) -> None:
    """Raise UsageError when the base holds no such dossier, or the dossier no such line."""
    known = cursor.execute("SELECT 1 FROM dossier WHERE programme = ? AND numero = ?", [programme.id, numero])
    if known.fetchone() is None:
        raise UsageError(f"Le dossier « {numero} » n'est pas dans la base.")
    if ligne is None:
        return
    line = cursor.execute(
        "SELECT 1 FROM action WHERE programme = ? AND numero = ? AND ligne = ?", [programme.id, numero, ligne]
    )
    if line.fetchone() is None:
        raise UsageError(f"Le dossier « {numero} » n'a pas de ligne {ligne}.")

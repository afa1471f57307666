"""What weights are applied to: the criteria of everything that has a place, as scoring left them in the cursor.

Reads ``classement_dossier``, ``classement_action``, ``jugement_dossier`` and ``jugement_action``.
"""

from dataclasses import dataclass

import duckdb
import numpy as np
from numpy.typing import NDArray

from clact_model.allocation import Key, Unit
from clact_model.programme import Programme
from clact_model.scoring import TIES, TIES_OF_LINES


@dataclass(frozen=True, eq=False)
class Values:
    """One row for each dossier or line that has a place, in the order that settles equal scores."""

    keys: tuple[Key, ...]
    first: NDArray[np.bool_]
    """In the priority field: before all the others, whatever the scores."""
    low: NDArray[np.float64]
    """Rows × criteria, 0..1; missing data counted 0, as in the scores."""
    high: NDArray[np.float64]
    """The same, missing data counted 1."""


def read(cursor: duckdb.DuckDBPyConnection, programme: Programme, unite: Unit) -> Values:
    """The values behind the ranking of dossiers, or of lines. To be read where ``scoring.rank`` has just written."""
    criteria = programme.file.critere
    columns = "".join(f", bas_{i}::DOUBLE, haut_{i}::DOUBLE" for i in range(len(criteria)))
    ties = TIES if unite == "dossier" else TIES_OF_LINES
    rows = cursor.execute(
        f"SELECT numero, ligne, prioritaire {columns} FROM ({SOURCES[unite](programme)}) ORDER BY {ties}"
    ).fetchall()
    values = np.array([row[3:] for row in rows], dtype=np.float64).reshape(len(rows), 2 * len(criteria))
    return Values(
        keys=tuple((row[0], row[1]) for row in rows),
        first=np.array([row[2] for row in rows], dtype=np.bool_),
        low=values[:, 0::2],
        high=values[:, 1::2],
    )


def _dossiers(programme: Programme) -> str:
    return """
        SELECT c.*, NULL AS ligne, d.date_depot
        FROM classement_dossier c JOIN jugement_dossier d ON d.numero = c.numero
        WHERE c.position IS NOT NULL"""


def _lines(programme: Programme) -> str:
    values = "".join(
        f", coalesce({table}.critere_{i}, 0) AS bas_{i}, coalesce({table}.critere_{i}, 1) AS haut_{i}"
        for i, table in enumerate("a" if c.niveau == "action" else "d" for c in programme.file.critere)
    )
    return f"""
        SELECT c.*, d.date_depot {values}
        FROM classement_action c
        JOIN jugement_action a ON a.numero = c.numero AND a.ligne = c.ligne
        JOIN jugement_dossier d ON d.numero = c.numero
        WHERE c.position IS NOT NULL"""


SOURCES = {"dossier": _dossiers, "action": _lines}

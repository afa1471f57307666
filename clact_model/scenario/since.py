"""What was written since a scenario was saved: whether its figures still speak of the same dossiers."""

import duckdb

from clact_model.programme import Programme
from clact_model.scenario.kept import Scenario
from clact_model.store.base import KEPT_ASIDE

HARMLESS = tuple(sorted(KEPT_ASIDE))
"""Operations on which no figure of a simulation depends: decisions taken on it do not make it old."""


def operations_since(cursor: duckdb.DuckDBPyConnection, programme: Programme, scenario: Scenario) -> list[str]:
    """The operations on the dossiers of the programme since then, in words, the newest first."""
    rows = cursor.execute(
        """SELECT coalesce(detail, nature), numero FROM journal
           WHERE programme = $programme AND champ IS NULL AND quand > $quand
             AND NOT list_contains($sans_effet::VARCHAR[], nature)
           ORDER BY id DESC""",
        {"programme": programme.id, "quand": scenario.quand, "sans_effet": list(HARMLESS)},
    ).fetchall()
    return [f"{detail} (dossier {numero})" if numero else detail for detail, numero in rows]

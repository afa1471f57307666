"""What was written since a scenario was saved: whether its figures still speak of the same dossiers."""

import duckdb

from clact_model.programme import Programme
from clact_model.scenario.kept import Scenario
from clact_model.store.base import KEPT_ASIDE


def operations_since(cursor: duckdb.DuckDBPyConnection, programme: Programme, scenario: Scenario) -> list[str]:
    """The operations on which a verdict or a score may depend, in words, the newest first."""
    rows = cursor.execute(
        """SELECT coalesce(detail, nature), numero FROM journal
           WHERE programme = $programme AND champ IS NULL AND quand > $quand
             AND NOT list_contains($sans_effet::VARCHAR[], nature)
           ORDER BY id DESC""",
        {"programme": programme.id, "quand": scenario.quand, "sans_effet": sorted(KEPT_ASIDE)},
    ).fetchall()
    return [f"{detail} (dossier {numero})" if numero else detail for detail, numero in rows]

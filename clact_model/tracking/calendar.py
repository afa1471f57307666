"""What is due for a whole programme, in the order of the days."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

import duckdb

from clact_model.programme import Programme
from clact_model.tracking.followed import ActionDays, Followed
from clact_model.tracking.obligation import Obligation
from clact_model.tracking.obligations import obligations
from clact_model.tracking.situation import Situation, situations


def due(
    cursor: duckdb.DuckDBPyConnection, programme: Programme, day: date, numeros: Collection[str] | None = None
) -> list[Obligation]:
    """Every obligation of a programme, or of some dossiers, as of a day: what is done too, by day, those without one last."""
    return of_situations(cursor, programme, day, situations(cursor, programme, day, numeros))


def of_situations(
    cursor: duckdb.DuckDBPyConnection, programme: Programme, day: date, some: Iterable[Situation]
) -> list[Obligation]:
    """The same for accounts that were read already as of that day."""
    actions = _actions(cursor, programme)
    found = [
        obligation
        for situation in some
        for obligation in obligations(programme, Followed(situation, actions.get(situation.numero, {}), day))
    ]
    # A stable sort: of one day, each dossier keeps the order in which a grant is followed.
    return sorted(found, key=lambda one: (one.echeance is None, one.echeance or date.max, one.numero))


def _actions(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> Mapping[str, Mapping[int, ActionDays]]:
    rows = cursor.execute(
        "SELECT numero, ligne, intitule, date_debut, date_fin FROM action WHERE programme = ? ORDER BY numero, ligne",
        [programme.id],
    ).fetchall()
    found: dict[str, dict[int, ActionDays]] = {}
    for numero, *facts in rows:
        found.setdefault(numero, {})[facts[0]] = ActionDays(*facts)
    return found

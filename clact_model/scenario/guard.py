"""What keeps a scenario as it is: its lock, and the decisions that came from it."""

import duckdb

from clact_model import formats
from clact_model.errors import UsageError
from clact_model.programme import Programme
from clact_model.scenario.kept import Lock


class ScenarioHeldError(UsageError):
    """The scenario may be neither replaced, renamed nor deleted."""


def lock_of(cursor: duckdb.DuckDBPyConnection, programme: Programme, name: str) -> Lock | None:
    """The lock of a scenario; None while it has none."""
    row = cursor.execute(
        """SELECT verrouille_par, verrouille_le, verrouille_motif FROM scenario
           WHERE programme = ? AND nom = ? AND verrouille_par IS NOT NULL""",
        [programme.id, name],
    ).fetchone()
    return Lock(*row) if row else None


def decisions_from(cursor: duckdb.DuckDBPyConnection, programme: Programme, name: str) -> int:
    """How many lines are decided that the scenario proposed. By its own query: deciding comes later in the house."""
    row = cursor.execute(
        "SELECT count(*) FROM decision WHERE programme = ? AND scenario = ? AND statut <> 'propose'",
        [programme.id, name],
    ).fetchone()
    return int(row[0]) if row else 0


def check(cursor: duckdb.DuckDBPyConnection, programme: Programme, name: str, act: str) -> None:
    """Raise ScenarioHeldError when the scenario is locked or decided on. ``act``: a French infinitive."""
    if lock := lock_of(cursor, programme, name):
        when = formats.day(lock.quand.astimezone(programme.file.zone).date())
        raise ScenarioHeldError(
            f"Le scénario « {name} » est verrouillé par {lock.auteur} depuis le {when} ({lock.motif}) : "
            f"déverrouillez-le avant de le {act}."
        )
    if count := decisions_from(cursor, programme, name):
        raise ScenarioHeldError(
            f"{formats.plural(count, 'décision vient', 'décisions viennent')} du scénario « {name} » : "
            f"il ne se laisse plus {act}. Copiez-le sous un autre nom."
        )

"""A saved scenario run again: what would differ now, one cause at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from clact_model import allocation, scenario, simulation
from clact_model.comparison import Comparison, Side, Waterfall, compare, waterfall
from clact_model.errors import ClactError, UsageError
from clact_model.programme import Difference, Programme, ProgrammeError, differences
from clact_model.scenario import Scenario
from clact_model.scenario.since import operations_since

DATA, RULES, DATA_AND_RULES, DAY = "Les données", "Le programme", "Les données et le programme", "Le jour jugé"


@dataclass(frozen=True)
class Step:
    """The scenario run again with one thing more as it is today. ``refus``: the sentence that says why it cannot be."""

    cause: str
    side: Side | None
    refus: str = ""


@dataclass(frozen=True)
class Rerun:
    """A scenario as it was saved, then with the data, the programme and the day of today, one after the other."""

    saved: Scenario
    steps: Sequence[Step]
    """The data always; the programme and the day where they are others than then."""
    operations: Sequence[str]
    """What was written since, the newest first."""
    differences: Sequence[Difference]
    """What the programme says otherwise, as far as its text of then is known."""
    today: date

    @property
    def comparison(self) -> Comparison | None:
        """The saved scenario beside that of today; None when the latter cannot be run."""
        last = self.steps[-1].side
        return compare([Side.of(self.saved), last]) if last else None

    def waterfalls(self) -> list[tuple[str, Waterfall]]:
        """Cause → what it changed, as far as the scenario could be run."""
        before, found = Side.of(self.saved), []
        for step in self.steps:
            if step.side is None:
                break
            found.append((step.cause, waterfall(before, step.side)))
            before = step.side
        return found


def run(cursor: duckdb.DuckDBPyConnection, programme: Programme, saved: Scenario, today: date) -> Rerun:
    """The settings, weights and parameters of the scenario on the base of now. Writes nothing but temporary tables.

    Raises UsageError for a reallocation: the waiting list that it shared out among is no more.
    """
    if saved.basis.surprogrammation is not None:
        raise UsageError(
            f"Le scénario « {saved.nom} » est une réaffectation : simulez-la de nouveau à la page Réaffectation."
        )
    then = _programme_then(cursor, programme, saved)
    day_then = saved.basis.aujourdhui
    if then is None:
        asked = [(DATA_AND_RULES, programme, day_then)]
    else:
        asked = [(DATA, then, day_then)]
        if then.fingerprint != programme.fingerprint:
            asked.append((RULES, programme, day_then))
    if day_then != today:
        asked.append((DAY, programme, today))
    return Rerun(
        saved,
        [_step(cursor, saved, cause, under, day) for cause, under, day in asked],
        operations_since(cursor, programme, saved),
        differences(then, programme) if then else (),
        today,
    )


def _programme_then(cursor: duckdb.DuckDBPyConnection, programme: Programme, saved: Scenario) -> Programme | None:
    try:
        return scenario.programme_of(cursor, programme, saved)
    except ProgrammeError:
        # A source that it quotes has changed since: its effect cannot be told from that of the data.
        return None


def _step(cursor: duckdb.DuckDBPyConnection, saved: Scenario, cause: str, programme: Programme, day: date) -> Step:
    settings, basis = saved.settings, saved.basis
    try:
        prepared = simulation.prepare(
            cursor, programme, day, settings.unite, settings.inclure, basis.poids, basis.parameters(programme)
        )
        return Step(cause, Side(cause, allocation.run(prepared.lines, settings)))
    except ClactError as refused:
        # A forced dossier that has left, a criterion that is no more: that is the answer.
        return Step(cause, None, str(refused))

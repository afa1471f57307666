"""One state looked at: its dossiers judged, ranked and funded, and what that adds up to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import duckdb

from clact_model import allocation, simulation
from clact_model.allocation import Key, Outcome, Unit, summary
from clact_model.programme import DOSSIER_VERDICTS
from clact_model.programme.without import without_rules
from clact_model.whatif.changes import State

_VERDICTS: Mapping[Unit, str] = {
    "dossier": "SELECT numero, NULL, verdict FROM classement_dossier",
    # What stands in the way of a line: its dossier, or itself.
    "action": """SELECT numero, ligne, CASE WHEN verdict_dossier = 'recevable' THEN verdict ELSE verdict_dossier END
                 FROM classement_action""",
}


@dataclass(frozen=True)
class Totals:
    """What a state adds up to. Amounts in EUR; ``agents``: staff reached, None when unknown."""

    verdicts: Mapping[str, int]
    """Dossiers judged, by verdict, the weakest first; those of which there is none too."""
    aide_possible: Decimal
    """The most that the lines which may be funded may receive together."""
    enveloppe: Decimal
    accorde: Decimal
    reste: Decimal
    """Envelope less reserve less grants."""
    finances: int
    """Dossiers that receive something."""
    agents: int | None

    @property
    def recevables(self) -> int:
        return self.verdicts["recevable"]


@dataclass(frozen=True)
class Look:
    """What a state gives. ``verdicts``: of each line of the simulation, and of each dossier under ``(numero, None)``."""

    outcomes: Mapping[Key, Outcome]
    verdicts: Mapping[Key, str]
    totals: Totals


def look(cursor: duckdb.DuckDBPyConnection, state: State, today: date) -> Look:
    """Judge, rank and fund every dossier under that state. Writes nothing but temporary tables of the cursor.

    Raises UsageError for what the programme does not admit, SettingsError when the settings cannot be followed.
    """
    settings = state.settings
    programme = without_rules(state.programme, state.sans_regles)
    prepared = simulation.prepare(
        cursor, programme, today, settings.unite, settings.inclure, state.weights, state.parameters
    )
    verdicts = _verdicts(cursor, "dossier") | _verdicts(cursor, settings.unite)
    result = allocation.run(prepared.lines, settings)
    of_dossiers = [verdict for (_, ligne), verdict in verdicts.items() if ligne is None]
    totals = Totals(
        verdicts={verdict: of_dossiers.count(verdict) for verdict in DOSSIER_VERDICTS},
        aide_possible=summary.possible([line for line in prepared.lines if line.fundable]),
        enveloppe=result.enveloppe,
        accorde=result.granted,
        reste=result.left,
        finances=summary.funded_dossiers(result),
        agents=result.agents,
    )
    return Look({outcome.line.key: outcome for outcome in result.lines}, verdicts, totals)


def _verdicts(cursor: duckdb.DuckDBPyConnection, unite: Unit) -> dict[Key, str]:
    rows: Sequence[tuple[str, int | None, str]] = cursor.execute(_VERDICTS[unite]).fetchall()
    return {(numero, ligne): verdict for numero, ligne, verdict in rows}

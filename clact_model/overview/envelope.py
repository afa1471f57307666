"""The envelope of a call and its parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from clact_model import scenario
from clact_model.programme import Programme


@dataclass(frozen=True, slots=True)
class Envelope:
    """The envelope and its parts, which add up to it. ``scenario``: the one that fills it, None when none is saved."""

    total: Decimal
    parts: Mapping[str, Decimal]
    scenario: str | None


def envelope(cursor: duckdb.DuckDBPyConnection, programme: Programme, stated: Decimal | None) -> Envelope | None:
    """The envelope of the scenario saved last, else the one stated; None when there is neither.

    Raises ScenarioDamagedError.
    """
    names = scenario.names(cursor, programme)
    if names:
        result = scenario.load(cursor, programme, names[0]).result
        parts = {"Réserve": result.reserve, "Proposé": result.granted, "Reste": result.left}
        return Envelope(result.enveloppe, {k: v for k, v in parts.items() if v or k != "Réserve"}, names[0])
    return None if stated is None else Envelope(stated, {"Reste": stated}, None)

"""The envelope of a call and its parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from clact_model import decision, scenario
from clact_model.decision import Held
from clact_model.programme import Programme


@dataclass(frozen=True, slots=True)
class Envelope:
    """The envelope and its parts, which add up to it. ``scenario``: the one that fills it, None when none is saved."""

    total: Decimal
    parts: Mapping[str, Decimal]
    scenario: str | None
    adopted: bool = False
    """A selection is under way: its parts are what is decided and what is only proposed."""


def envelope(cursor: duckdb.DuckDBPyConnection, programme: Programme, stated: Decimal | None) -> Envelope | None:
    """The envelope of the selection; before there is one, of the scenario saved last, else the one stated; else None.

    Raises ScenarioDamagedError.
    """
    held = decision.held(cursor, programme)
    if held is not None:
        return of_selection(held)
    names = scenario.names(cursor, programme)
    if names:
        result = scenario.load(cursor, programme, names[0]).result
        parts = {"Réserve": result.reserve, "Proposé": result.granted, "Reste": result.left}
        return Envelope(result.enveloppe, _without_empty_reserve(parts), names[0])
    return None if stated is None else Envelope(stated, {"Reste": stated}, None)


def of_selection(held: Held) -> Envelope:
    """The envelope of a selection, with what was given again: what is decided, proposed, kept aside and left."""
    parts = held.parts()
    named = {
        "Décidé": parts["decide"],
        "Proposé": parts["propose"],
        "Réserve": parts["reserve"],
        "Reste": parts["reste"],
    }
    committee = held.committee
    return Envelope(
        committee.enveloppe + committee.given_again, _without_empty_reserve(named), committee.scenario, adopted=True
    )


def _without_empty_reserve(parts: Mapping[str, Decimal]) -> Mapping[str, Decimal]:
    return {name: part for name, part in parts.items() if part or name != "Réserve"}

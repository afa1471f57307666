"""The envelope of a call and its parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import duckdb

from clact_model import decision, ledger, scenario, tracking
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


def envelope(
    cursor: duckdb.DuckDBPyConnection, programme: Programme, stated: Decimal | None, today: date
) -> Envelope | None:
    """The envelope of the selection; before there is one, of the scenario saved last, else the one stated; else None.

    What is notified is followed up to ``today``.

    Raises ScenarioDamagedError.
    """
    held = decision.held(cursor, programme)
    if held is not None:
        return of_selection(cursor, programme, held, today)
    names = scenario.names(cursor, programme)
    if names:
        result = scenario.load(cursor, programme, names[0]).result
        parts = {"Réserve": result.reserve, "Proposé": result.granted, "Reste": result.left}
        return Envelope(result.enveloppe, _without_empty_reserve(parts), names[0])
    return None if stated is None else Envelope(stated, {"Reste": stated}, None)


def of_selection(cursor: duckdb.DuckDBPyConnection, programme: Programme, held: Held, today: date) -> Envelope:
    """The envelope of a selection: consumed, paid, promised, decided, proposed, come back, kept aside and left.

    What is notified is followed up to ``today``; supplements come out of another envelope. The total is the envelope, and
    what is granted on top of it before it has come back.
    """
    found = ledger.balances(cursor, programme.id, today)
    reached = tracking.stages(balance for (_, poste), balance in found.items() if poste == "aide")
    parts, committee = held.parts(), held.committee
    # What came back and was given again is counted once, in the new grant.
    again = min(committee.reaffecte, reached["revenu"])
    notified = sum(reached.values(), Decimal(0))
    named = {
        "Consommé": reached["consomme"],
        "Payé, à justifier": reached["paye"],
        "Conventionné, à payer": reached["conventionne"],
        "À récupérer": reached["a_recuperer"],
        "Libéré ou récupéré": reached["revenu"] - again,
        "Décidé": parts["decide"] - notified + reached["decide"],
        "Proposé": parts["propose"],
        "Réserve": parts["reserve"],
        "Reste": parts["reste"],
    }
    always = {"Décidé", "Proposé", "Reste"}
    shown = {name: part for name, part in named.items() if part or name in always}
    return Envelope(committee.enveloppe + committee.given_again - again, shown, committee.scenario, adopted=True)


def _without_empty_reserve(parts: Mapping[str, Decimal]) -> Mapping[str, Decimal]:
    return {name: part for name, part in parts.items() if part or name != "Réserve"}

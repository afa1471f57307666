"""The waiting list under an allocation: the same rules and strategies as the arbitration, with what came back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import duckdb

from clact_model import decision, simulation
from clact_model.allocation import Line, Settings
from clact_model.decision import DecisionRefusedError, Held
from clact_model.decision.writing import NO_SELECTION
from clact_model.programme import Programme
from clact_model.reallocation.money import NONE, Money, money
from clact_model.scenario import Basis


@dataclass(frozen=True)
class Offer:
    """What may be given again, and to whom: lines in the order of :func:`allocation.run`, ready for it."""

    held: Held
    money: Money
    lines: list[Line]
    basis: Basis

    def settings(self, asked: Settings) -> Settings:
        """These settings with what there is as the envelope, by the unit of the selection, forcing only lines that wait."""
        waiting = {line.key for line in self.lines}
        return replace(
            asked,
            enveloppe=self.money.total,
            reserve=Decimal(0),
            unite=self.held.committee.unite,
            forced_in=asked.forced_in & waiting,
            forced_out=asked.forced_out & waiting,
        )


def offer(
    cursor: duckdb.DuckDBPyConnection,
    programme: Programme,
    today: date,
    day: date | None = None,
    surprogrammation: Decimal = NONE,
    inclure: Collection[str] | None = None,
    weights: Mapping[str, Decimal] | None = None,
) -> Offer:
    """The waiting list as it would be judged today, under the parameters and weights of the scenario adopted.

    ``day``: as of which money that came back counts. ``inclure``, ``weights``: None for those of the scenario adopted.
    Raises DecisionRefusedError while nothing was adopted, UsageError. Writes nothing but temporary tables.
    """
    held = decision.held(cursor, programme)
    if held is None:
        raise DecisionRefusedError(NO_SELECTION)
    committee = held.committee
    prepared = simulation.prepare(
        cursor,
        programme,
        today,
        committee.unite,
        committee.settings.inclure if inclure is None else inclure,
        {**committee.basis.poids, **(weights or {})} or None,
        committee.basis.parameters(programme),
    )
    waiting = {one.key for one in held.decisions if one.issue == "liste_attente"}
    return Offer(
        held,
        money(cursor, programme, held, day or today, surprogrammation),
        [line for line in prepared.lines if line.key in waiting],
        replace(prepared.basis, surprogrammation=surprogrammation),
    )

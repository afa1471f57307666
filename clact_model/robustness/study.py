"""From judged dossiers to how sure their ranking is."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

import duckdb

from clact_model import allocation, simulation
from clact_model.allocation import Line, Settings, Unit
from clact_model.programme import Programme
from clact_model.robustness.law import Law
from clact_model.robustness.missing import Bounds, bounds
from clact_model.robustness.outlook import Missing, Outlook, Ranks, Robustness
from clact_model.robustness.tally import Tally, counted
from clact_model.robustness.values import Values, read

QUANTILES = (Decimal("0.05"), Decimal("0.5"), Decimal("0.95"))


@dataclass(frozen=True, eq=False)
class Subject:
    """What is studied: every line with the values behind its score, and the chosen weights by criterion."""

    lines: tuple[Line, ...]
    values: Values
    weights: Mapping[str, Decimal]


def subject(
    cursor: duckdb.DuckDBPyConnection, programme: Programme, unite: Unit, prepared: simulation.Prepared
) -> Subject:
    """What ``simulation.prepare`` has just prepared in this cursor, with what the weights are applied to."""
    return Subject(tuple(prepared.lines), read(cursor, programme, unite), prepared.basis.poids)


def run(studied: Subject, settings: Settings, law: Law) -> Robustness:
    """The chosen weights, and many around them. Raises what ``allocation.run`` raises for these settings."""
    result = allocation.run(studied.lines, settings)
    lines = {line.key: line for line in studied.lines}
    weights = list(studied.weights.values())
    tally = counted(studied.values, lines, weights, settings, law)
    bounded = bounds(studied.values, lines, weights, settings)
    rows = {key: row for row, key in enumerate(studied.values.keys)}
    lacking = _lacking(studied)
    outlooks = [
        Outlook(
            today=outcome,
            share=Decimal(int(tally.funded[row])) / tally.tirages,
            ranks=_ranks(tally, row),
            missing=_missing(lacking[row], bounded, row),
        )
        for outcome in result.lines
        if (row := rows.get(outcome.line.key)) is not None
    ]
    return Robustness(law, tally.tirages, tally.one_by_one, result, outlooks)


def _lacking(studied: Subject) -> list[tuple[str, ...]]:
    """Row → the criteria whose data is missing."""
    names, missing = tuple(studied.weights), (studied.values.low != studied.values.high).tolist()
    return [tuple(name for name, lacks in zip(names, row, strict=True) if lacks) for row in missing]


def _ranks(tally: Tally, row: int) -> Ranks:
    places = tally.places[row]
    low, median, high = (
        int(places[int((share * tally.tirages).to_integral_value(ROUND_CEILING)) - 1]) for share in QUANTILES
    )
    return Ranks(int(places[0]), low, median, high, int(places[-1]))


def _missing(lacking: tuple[str, ...], bounded: Bounds, row: int) -> Missing:
    at_best, at_worst = bounded.funded_at_best, bounded.funded_at_worst
    return Missing(
        criteria=lacking,
        best=int(bounded.best[row]),
        worst=int(bounded.worst[row]),
        funded_at_best=None if at_best is None else bool(at_best[row]),
        funded_at_worst=None if at_worst is None else bool(at_worst[row]),
    )

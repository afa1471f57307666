"""From judged dossiers to how sure their ranking is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

import duckdb

from clact_model import allocation, simulation
from clact_model.allocation import Line, Settings, Unit
from clact_model.programme import ParameterValue, Programme
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


def prepare(
    cursor: duckdb.DuckDBPyConnection,
    programme: Programme,
    today: date,
    unite: Unit = "dossier",
    inclure: Collection[str] = (),
    weights: Mapping[str, Decimal] | None = None,
    parameters: Mapping[str, ParameterValue] | None = None,
) -> Subject:
    """Judge and rank as ``simulation.prepare`` does, and read what the weights are applied to. Raises UsageError."""
    found = simulation.prepare(cursor, programme, today, unite, inclure, weights, parameters)
    return Subject(tuple(found.lines), read(cursor, programme, unite), found.basis.poids)


def run(subject: Subject, settings: Settings, law: Law) -> Robustness:
    """The chosen weights, and many around them. Raises what ``allocation.run`` raises for these settings."""
    result = allocation.run(subject.lines, settings)
    lines = {line.key: line for line in subject.lines}
    weights = list(subject.weights.values())
    tally = counted(subject.values, lines, weights, settings, law)
    bounded = bounds(subject.values, lines, weights, settings)
    rows = {key: row for row, key in enumerate(subject.values.keys)}
    outlooks = [
        Outlook(
            today=outcome,
            share=Decimal(int(tally.funded[row])) / tally.tirages,
            ranks=_ranks(tally, row),
            missing=_missing(subject, bounded, row),
        )
        for outcome in result.lines
        if (row := rows.get(outcome.line.key)) is not None
    ]
    return Robustness(law, tally.tirages, tally.one_by_one, result, outlooks)


def _ranks(tally: Tally, row: int) -> Ranks:
    places = tally.places[row]
    low, median, high = (
        int(places[int((share * tally.tirages).to_integral_value(ROUND_CEILING)) - 1]) for share in QUANTILES
    )
    return Ranks(int(places[0]), low, median, high, int(places[-1]))


def _missing(subject: Subject, bounded: Bounds, row: int) -> Missing:
    lacking = subject.values.low[row] != subject.values.high[row]
    at_best, at_worst = bounded.funded_at_best, bounded.funded_at_worst
    return Missing(
        criteria=tuple(name for name, missing in zip(subject.weights, lacking, strict=True) if missing),
        best=int(bounded.best[row]),
        worst=int(bounded.worst[row]),
        funded_at_best=None if at_best is None else bool(at_best[row]),
        funded_at_worst=None if at_worst is None else bool(at_worst[row]),
    )

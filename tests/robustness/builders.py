"""Small subjects full of ties and gaps, and the same study made the long way: one draw, one line at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
from hypothesis import strategies as st

from clact_model import allocation
from clact_model.allocation import Line, Result, Settings
from clact_model.robustness import Law, Subject, law
from clact_model.robustness.values import Values
from tests.allocation.builders import STANDINGS, euros, line

AMOUNTS = st.integers(0, 6).map(Decimal) | euros(6)
"""Small and mostly whole, so that what is left is often just what is asked for."""
BY_RANK = ("classement", "classement_continu", "dernier_reduit")


@st.composite
def subjects(draw: st.DrawFn, most: int = 8) -> Subject:
    """Lines of every standing; few values and few criteria, so that scores are often equal."""
    rows, criteria = draw(st.integers(1, most)), draw(st.integers(1, 3))
    value = st.sampled_from([0.0, 0.25, 1 / 3, 0.5, 0.7, 1.0]).map(lambda x: round(x, 10))
    table = st.lists(value, min_size=rows * criteria, max_size=rows * criteria)
    low = np.array(draw(table)).reshape(rows, criteria)
    missing = np.array(draw(st.lists(st.integers(0, 4), min_size=rows * criteria, max_size=rows * criteria))) == 0
    missing = missing.reshape(low.shape)
    low[missing] = 0
    first = np.array(draw(st.lists(st.booleans(), min_size=rows, max_size=rows)))
    weights = st.sampled_from(["0.5", "1", "2", "3.25"]).map(Decimal)
    chosen = {f"c{i}": draw(weights) for i in range(criteria)}
    lines = [
        Line(
            numero=f"D{row}",
            ligne=None,
            position=None,
            score=None,
            requested=draw(AMOUNTS),
            ceiling=draw(st.none() | AMOUNTS),
            standing=draw(st.sampled_from(STANDINGS)),
            cause="Le dossier reste à vérifier.",
        )
        for row in range(rows)
    ]
    values = Values(tuple(line.key for line in lines), first, low, np.where(missing, 1.0, low))
    unranked = Subject(tuple(lines), values, chosen)
    return replace(unranked, lines=tuple(ranked(unranked, low, list(chosen.values()))))


def subject(ceilings: Sequence[str], low: Sequence[float], high: Sequence[float] | None = None) -> Subject:
    """Lines A, B, C… on one criterion, each asking for its ceiling."""
    names = [chr(ord("A") + row) for row in range(len(ceilings))]
    values = Values(
        tuple((name, None) for name in names),
        np.zeros(len(names), dtype=np.bool_),
        np.array(low, dtype=float)[:, None],
        np.array(low if high is None else high, dtype=float)[:, None],
    )
    lines = tuple(line(name, ceiling, None) for name, ceiling in zip(names, ceilings, strict=True))
    unranked = Subject(lines, values, {"c0": Decimal(1)})
    return replace(unranked, lines=tuple(ranked(unranked, values.low, [Decimal(1)])))


@st.composite
def settings(draw: st.DrawFn, subject: Subject, strategie: str) -> Settings:
    """Whatever the allocation follows for these lines, the envelope large enough for what is forced in."""
    keys = [line.key for line in subject.lines]
    forced = draw(st.frozensets(st.sampled_from(keys), max_size=2))
    out = draw(st.frozensets(st.sampled_from(keys), max_size=2)) - forced
    needed = sum((line.ceiling or Decimal(0) for line in subject.lines if line.key in forced), Decimal(0))
    reserve = draw(AMOUNTS)
    return Settings(
        enveloppe=needed + reserve + draw(st.integers(0, 20).map(Decimal) | euros(20)),
        reserve=reserve,
        strategie=strategie,
        forced_in=forced,
        forced_out=out,
        part_utile=draw(st.sampled_from(["0.01", "0.5", "0.333", "1"]).map(Decimal)),
    )


laws = st.builds(
    Law,
    tirages=st.integers(1, 12),
    ecart=st.sampled_from(["0", "0.1", "0.5", "1"]).map(Decimal),
    graine=st.integers(0, 1000),
)


def score(values: Sequence[float], weights: Sequence[Any]) -> Decimal:
    """As docs/decisions/0007 says it: ten places, then four."""
    total = Decimal(sum(weights))
    mean = 0.0
    for value, weight in zip(values, weights, strict=True):
        mean += float(Decimal(int(weight) if isinstance(weight, np.integer) else weight) / total) * float(value)
    ten = Decimal(100 * mean * 1e10).to_integral_value(ROUND_HALF_UP).scaleb(-10)
    return ten.quantize(Decimal("0.0001"), ROUND_HALF_UP)


def ranked(subject: Subject, values: Any, weights: Sequence[Any]) -> list[Line]:
    """The lines in their places under weights: field first, then score, then the order of the rows."""
    scores = [score(row, [Decimal(int(w)) if isinstance(w, np.integer) else w for w in weights]) for row in values]
    first = subject.values.first
    order = sorted(range(len(scores)), key=lambda row: (not first[row], -scores[row], row))
    by_key = {line.key: line for line in subject.lines}
    return [
        replace(by_key[subject.values.keys[row]], position=place, score=scores[row])
        for place, row in enumerate(order, start=1)
    ]


@dataclass(frozen=True)
class LongWay:
    """What is counted draw by draw."""

    funded: Mapping[str, int]
    places: Mapping[str, Sequence[int]]


def long_way(subject: Subject, settings: Settings, drawn: Law) -> LongWay:
    """Every draw ranked line by line and allocated by ``allocation.run``."""
    funded = {line.numero: 0 for line in subject.lines}
    places: dict[str, list[int]] = {line.numero: [] for line in subject.lines}
    for grid in law.draws(list(subject.weights.values()), drawn, drawn.tirages):
        lines = ranked(subject, subject.values.low, list(grid))
        for placed in lines:
            places[placed.numero].append(placed.position or 0)
        for outcome in allocation.run(lines, settings).funded:
            funded[outcome.line.numero] += 1
    return LongWay(funded, {numero: sorted(found) for numero, found in places.items()})


def funded(result: Result) -> set[str]:
    return {outcome.line.numero for outcome in result.funded}

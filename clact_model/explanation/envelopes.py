"""What each envelope from nothing to twice the present one gives: the curve of the envelope, and its slices.

By rank, every envelope at which something changes is found; for the other strategies, and where there would be too many,
envelopes at regular steps are run.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from clact_model.allocation import Line, Result, Settings
from clact_model.allocation.money import amount, cents
from clact_model.explanation import skipping
from clact_model.explanation.trial import Trial

STEPS = 60
"""Envelopes run where the changes cannot be listed."""
MOST_STEPS = 6_000
"""Changes listed at most."""
MOST_WORK = 4_000_000
"""Changes × lines at most: a second or two."""
SLICE = Decimal(100_000)


@dataclass(frozen=True, slots=True)
class Point:
    """What one envelope gives. Amounts in EUR."""

    enveloppe: Decimal
    accorde: Decimal
    score: Decimal
    dossiers: int
    agents: int | None
    entrants: Sequence[Line] = ()
    """The lines funded here and not at the point before."""
    sortants: Sequence[Line] = ()


@dataclass(frozen=True)
class Curve:
    """Points of rising envelopes. ``pas``: EUR between two; None when every change is listed."""

    points: Sequence[Point]
    pas: Decimal | None


@dataclass(frozen=True, slots=True)
class Slice:
    """What one further slice of the envelope buys: the differences between its two ends. Amounts in EUR."""

    de: Decimal
    a: Decimal
    accorde: Decimal
    score: Decimal
    dossiers: int
    agents: int | None
    """None when unknown at one end."""
    entrants: Sequence[Line]
    sortants: Sequence[Line]


def curve(lines: Sequence[Line], settings: Settings, most: Decimal | None = None) -> Curve:
    """The points from 0 to ``most`` (else twice the envelope); those at which the settings cannot hold are left out."""
    largest = 2 * settings.enveloppe if most is None else most
    start = Trial(lines, settings, ("", None), {})
    listed = _breakpoints(start, largest) if start.money_alone else None
    if listed is not None:
        return Curve(listed, None)
    step = _round_up(largest / STEPS)
    return Curve(list(_points(_runs(start, step, largest))), step)


def slices(lines: Sequence[Line], settings: Settings, most: Decimal | None = None) -> list[Slice]:
    """What each further 100 000 € buys, up to ``most`` (else twice the envelope); larger slices where there would be
    too many, smaller ones where there would be few. Each end is a run of the allocation."""
    largest = 2 * settings.enveloppe if most is None else most
    size = SLICE if 10 * SLICE <= largest <= 100 * SLICE else _round_up(largest / STEPS)
    points = _points(_runs(Trial(lines, settings, ("", None), {}), size, largest))
    return [_slice(before, after) for before, after in pairwise(points)]


def _slice(before: Point, after: Point) -> Slice:
    return Slice(
        before.enveloppe,
        after.enveloppe,
        after.accorde - before.accorde,
        after.score - before.score,
        after.dossiers - before.dossiers,
        None if before.agents is None or after.agents is None else after.agents - before.agents,
        after.entrants,
        after.sortants,
    )


def _runs(trial: Trial, step: Decimal, largest: Decimal) -> Iterator[Result]:
    """The results at each step up to the largest, from where there is something to share out, where the settings hold."""
    first = amount(trial.set_aside)
    envelopes = [first, *(place * step for place in range(int(largest / step) + 1) if place * step > first)]
    for enveloppe in envelopes:
        result = trial.with_envelope(cents(enveloppe))
        if result is not None:
            yield result


def _points(results: Iterable[Result]) -> Iterator[Point]:
    before: dict[tuple[str, int | None], Line] = {}
    for result in results:
        now = {outcome.line.key: outcome.line for outcome in result.funded}
        yield Point(
            result.enveloppe,
            result.granted,
            result.score_total,
            len({line.numero for line in now.values()}),
            result.agents,
            [line for key, line in now.items() if key not in before],
            [line for key, line in before.items() if key not in now],
        )
        before = now


def _breakpoints(trial: Trial, largest: Decimal) -> list[Point] | None:
    """Every envelope at which a line enters or leaves; None when there are too many."""
    first, last = trial.set_aside, cents(largest)
    if first > last:
        return []
    if trial.settings.strategie != "classement_continu":
        envelopes = [first, *(first + more for more in _thresholds(trial) if first + more <= last), last]
        results = (trial.with_envelope(enveloppe) for enveloppe in dict.fromkeys(envelopes))
        return list(_points(result for result in results if result is not None))
    return _skipping(trial, first, last)


def _thresholds(trial: Trial) -> Iterator[int]:
    """Cents to be shared out at which each line in turn enters, then has its whole aid."""
    needed = 0
    for line in trial.rivals:
        if trial.settings.strategie == "dernier_reduit":
            yield needed + _least(line.limit, trial.settings.part_utile)
        needed += line.limit
        yield needed


def _least(limit: int, part: Decimal) -> int:
    """The smallest useful part of an aid, in cents."""
    exact = limit * part
    return max(1, int(exact) + (int(exact) < exact))


def _skipping(trial: Trial, first: int, last: int) -> list[Point] | None:
    base = trial.with_envelope(first)
    assert base is not None
    forced, lines = [outcome.line for outcome in base.funded], trial.rivals
    points: list[Point] = []
    before: list[Line] = []
    for available, now in skipping.served([line.limit for line in lines], 0, last - first):
        funded = [*forced, *(line for line, own in zip(lines, now, strict=True) if own)]
        points.append(_point(amount(first + available), funded, before))
        before = funded
        if len(points) > MOST_STEPS or len(points) * len(lines) > MOST_WORK:
            return None
    if points[-1].enveloppe < amount(last):
        # Nothing changes any more, up to the end.
        points.append(_point(amount(last), before, before))
    return points


def _point(enveloppe: Decimal, funded: Sequence[Line], before: Sequence[Line]) -> Point:
    """A point at which every line funded has its whole aid."""
    own, others = {line.key for line in funded}, {line.key for line in before}
    return Point(
        enveloppe,
        amount(sum(line.limit for line in funded)),
        sum((line.score or Decimal(0) for line in funded), Decimal(0)),
        len({line.numero for line in funded}),
        _agents(funded),
        [line for line in funded if line.key not in others],
        [line for line in before if line.key not in own],
    )


def _agents(funded: Sequence[Line]) -> int | None:
    known = [line.agents for line in funded if line.agents is not None]
    return sum(known) if known or not funded else None


def _round_up(value: Decimal) -> Decimal:
    """The next 1, 2 or 5 followed by zeros; at least 100 €."""
    ten = Decimal(10) ** max(2, len(str(int(value))) - 1)
    return next(step * ten for step in (1, 2, 5, 10) if step * ten >= value)

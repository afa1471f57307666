"""Missing data, bounded: the best and the worst that it can do to each rank and each grant, under the chosen weights.

It counts 0 today, so what a row lacks can only raise it, and what the others lack can only lower it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from clact_model.allocation import Key, Line, Settings
from clact_model.robustness import serving
from clact_model.robustness.law import shares, whole
from clact_model.robustness.ranks import BATCH, Ranker, Scores, scores
from clact_model.robustness.serving import Requests
from clact_model.robustness.tally import MOST_CELLS, at_once
from clact_model.robustness.values import Values


@dataclass(frozen=True, eq=False)
class Bounds:
    """Row → its best case (all it lacks is to the good, the others as today) and its worst (the other way round)."""

    best: NDArray[np.int64]
    """Places, 1 first: no missing data, whichever way it turns out, leads further."""
    worst: NDArray[np.int64]
    funded_at_best: NDArray[np.bool_] | None
    """Whether it receives something there; None where each answer would be a whole allocation."""
    funded_at_worst: NDArray[np.bool_] | None


def bounds(values: Values, lines: Mapping[Key, Line], weights: Sequence[Decimal], settings: Settings) -> Bounds:
    """The bounds of every row."""
    chosen = shares(whole(weights)[None, :])
    low, high = scores(chosen, values.low)[0], scores(chosen, values.high)[0]
    ranker = Ranker.of(values)
    rows = len(values.keys)
    best, worst = _places(ranker, low, high)
    if not at_once(values, lines, settings) or 2 * rows * rows > MOST_CELLS:
        return Bounds(best, worst, None, None)
    requests = Requests.of([lines[key] for key in values.keys], settings)
    return Bounds(
        best,
        worst,
        _funded(ranker, requests, settings, others=low, own=high),
        _funded(ranker, requests, settings, others=high, own=low),
    )


def _places(ranker: Ranker, low: Scores, high: Scores) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    as_they_are, at_best = ranker.keys(low), ranker.keys(high)
    best = 1 + np.searchsorted(np.sort(as_they_are), at_best)
    # Among those that would pass before it there is itself, where it lacks something.
    worst = 1 + np.searchsorted(np.sort(at_best), as_they_are) - (at_best < as_they_are)
    return best, worst


def _funded(ranker: Ranker, requests: Requests, settings: Settings, others: Scores, own: Scores) -> NDArray[np.bool_]:
    """Row → whether it is funded where it has its own score and the others have theirs: one draw a row."""
    rows = len(own)
    funded = np.empty(rows, dtype=np.int64)
    for first in range(0, rows, BATCH):
        some = np.arange(first, min(first + BATCH, rows))
        cases = np.tile(others, (len(some), 1))
        cases[np.arange(len(some)), some] = own[some]
        orders = ranker.orders(cases)
        served = serving.served(orders, requests, settings.strategie)
        funded[some] = (served & (orders == some)).any(axis=0)
    return serving.settled(funded, requests, 1) > 0

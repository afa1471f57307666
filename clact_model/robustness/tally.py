"""Over the draws: how often each row is funded, and the places it takes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from clact_model import allocation
from clact_model.allocation import Key, Line, Settings
from clact_model.robustness import serving
from clact_model.robustness.law import Law, draws, shares
from clact_model.robustness.ranks import BATCH, Orders, Ranker, scores
from clact_model.robustness.serving import Requests
from clact_model.robustness.values import Values

MOST_CELLS = 20_000_000
"""Draws × rows that are ranked at most: two seconds, and 80 MB of places."""
ONE_BY_ONE = 200
"""Draws of which each is a whole allocation."""
SOLVED = 50
"""Draws of which each is a problem solved to its proven best."""
SOLVED_STRATEGY = "optimum"


@dataclass(frozen=True, eq=False)
class Tally:
    """What was counted."""

    tirages: int
    """How many draws were made: fewer than asked for when each costs much."""
    one_by_one: bool
    """Whether each draw was an allocation of its own."""
    funded: NDArray[np.int64]
    """Row → draws in which it receives something."""
    places: NDArray[np.int32]
    """Row → its places, 1 first, in rising order: rows × draws."""


def possible(rows: int, settings: Settings, at_once: bool) -> int:
    """The most draws that are made."""
    if at_once:
        return max(1, MOST_CELLS // max(rows, 1))
    return SOLVED if settings.strategie == SOLVED_STRATEGY else ONE_BY_ONE


def at_once(values: Values, lines: Mapping[Key, Line], settings: Settings) -> bool:
    """Whether the draws can be served together: settings that are followed, and nothing fundable without a place."""
    ranked = set(values.keys)
    return serving.follows(settings) and not any(line.fundable and key not in ranked for key, line in lines.items())


def counted(
    values: Values, lines: Mapping[Key, Line], weights: Sequence[Decimal], settings: Settings, law: Law
) -> Tally:
    """The draws of the law, ranked and served under the settings.

    The settings must be ones that ``allocation.run`` follows. Raises what it raises.
    """
    rows = len(values.keys)
    together = at_once(values, lines, settings)
    number = min(law.tirages, possible(rows, settings, together))
    grids = shares(draws(weights, law, number))
    ranker = Ranker.of(values)
    requests = Requests.of([lines[key] for key in values.keys], settings) if together else None
    funded = np.zeros(rows, dtype=np.int64)
    places = np.empty((rows, number), dtype=np.int32)
    for first in range(0, number, BATCH):
        some = np.arange(first, min(first + BATCH, number))
        found = scores(grids[some], values.low)
        orders = ranker.orders(found)
        places[orders, some] = np.arange(1, rows + 1, dtype=np.int32)[:, None]
        if requests is not None:
            funded += _served(orders, requests, settings)
        else:
            funded += _allocated(values.keys, lines, settings, orders, found)
    places.sort(axis=1)
    return Tally(number, not together, funded, places)


def _served(orders: Orders, requests: Requests, settings: Settings) -> NDArray[np.int64]:
    by_rank = orders[serving.served(orders, requests, settings.strategie)]
    return serving.settled(np.bincount(by_rank, minlength=len(orders)), requests, orders.shape[1])


def _allocated(
    keys: Sequence[Key], lines: Mapping[Key, Line], settings: Settings, orders: Orders, found: NDArray[np.float64]
) -> NDArray[np.int64]:
    """The draws one after the other through the allocation itself: every setting there is."""
    rows = {key: row for row, key in enumerate(keys)}
    funded = np.zeros(len(keys), dtype=np.int64)
    for order, scored in zip(orders.T, found, strict=True):
        for key in _funded(allocation.run(_ranked(keys, lines, order, scored), settings)):
            if key in rows:
                funded[rows[key]] += 1
    return funded


def _ranked(
    keys: Sequence[Key], lines: Mapping[Key, Line], order: NDArray[np.signedinteger], scored: NDArray[np.float64]
) -> list[Line]:
    """The lines in the places and with the scores of one draw; those without a place as they are."""
    drawn = dict(lines)
    for place, row in enumerate(order, start=1):
        score = Decimal(int(scored[row])).scaleb(-4)
        drawn[keys[row]] = replace(lines[keys[row]], position=place, score=score)
    return list(drawn.values())


def _funded(result: allocation.Result) -> Iterable[Key]:
    return (outcome.line.key for outcome in result.funded)

"""The strategies that follow the ranking, for many draws at once: a step a place, over all the draws.

Each says what :mod:`clact_model.allocation.strategies` says one line after the other; tests hold the two together.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from decimal import ROUND_CEILING
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clact_model.allocation import Line, Settings
from clact_model.allocation.money import cents
from clact_model.robustness.ranks import Orders

Funded = NDArray[np.bool_]
"""Places × draws."""


@dataclass(frozen=True, eq=False)
class Requests:
    """What the rows ask for. Cents."""

    limits: NDArray[np.int64]
    """The most that a row may receive by its rank; 0 for what receives nothing, or was served before."""
    least: NDArray[np.int64]
    """The least that makes sense for it when it is the last one served: never nothing where there is a limit."""
    forced: NDArray[np.bool_]
    """Served before the ranking."""
    available: int
    """What is left for the ranking."""

    @classmethod
    def of(cls, rows: Sequence[Line], settings: Settings) -> "Requests":
        """The envelope must hold what is forced in: ``allocation.run`` refuses it otherwise."""
        asked = [0 if line.named_by(settings.forced_out) or not line.fundable else line.limit for line in rows]
        forced = [limit > 0 and line.named_by(settings.forced_in) for limit, line in zip(asked, rows, strict=True)]
        ranked = [0 if first else limit for limit, first in zip(asked, forced, strict=True)]
        least = [int((limit * settings.part_utile).to_integral_value(ROUND_CEILING)) for limit in ranked]
        return cls(
            limits=np.array(ranked, dtype=np.int64),
            least=np.array(least, dtype=np.int64),
            forced=np.array(forced, dtype=np.bool_),
            available=cents(settings.enveloppe) - cents(settings.reserve) - sum(asked) + sum(ranked),
        )


def classement(orders: Orders, requests: Requests) -> Funded:
    """In full until the first that does not fit."""
    return np.cumsum(requests.limits[orders], axis=0) <= requests.available


def classement_continu(orders: Orders, requests: Requests) -> Funded:
    """In full; what does not fit is skipped."""
    limits = requests.limits[orders]
    left = np.full(orders.shape[1], requests.available)
    funded = np.empty(orders.shape, dtype=np.bool_)
    for place, limit in enumerate(limits):
        left -= limit * np.less_equal(limit, left, out=funded[place])
    return funded


def dernier_reduit(orders: Orders, requests: Requests) -> Funded:
    """In full until the first that does not fit, which receives what is left where that is useful."""
    spent = np.cumsum(requests.limits[orders], axis=0)
    funded = spent <= requests.available
    served = np.count_nonzero(funded, axis=0)
    (draws,) = np.nonzero(served < len(orders))
    places = served[draws]
    last = orders[places, draws]
    left = requests.available - (spent[places, draws] - requests.limits[last])
    funded[places, draws] = left >= requests.least[last]
    return funded


Serve = Callable[[Orders, Requests], Funded]
STRATEGIES: Mapping[str, Serve] = {
    "classement_continu": classement_continu,
    "classement": classement,
    "dernier_reduit": dernier_reduit,
}
HANDLED = frozenset({"enveloppe", "reserve", "strategie", "unite", "forced_in", "forced_out", "inclure", "part_utile"})
"""The settings that are followed here."""


def follows(settings: Settings) -> bool:
    """Whether all the settings are followed here: a setting that this module does not know must be as it is by default."""
    return settings.strategie in STRATEGIES and all(
        getattr(settings, field.name) == _default(field) for field in fields(settings) if field.name not in HANDLED
    )


def _default(field: Any) -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()


def served(orders: Orders, requests: Requests, strategie: str) -> Funded:
    """Who is served by rank at each place of each draw; says nothing of rows without a limit, nor of those forced in."""
    return STRATEGIES[strategie](orders, requests)


def settled(by_rank: NDArray[np.int64], requests: Requests, draws: int) -> NDArray[np.int64]:
    """Row → draws in which it receives something, from the draws in which it is served by rank."""
    return np.where(requests.forced, draws, np.where(requests.limits > 0, by_rank, 0))

"""The difference between two groups, and how sure it is: plain numbers, drawn again many times under a seed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

TOO_FEW = 20
"""Establishments of a group under which the difference says nothing sure."""
DRAWS = 10_000
SEED = 1
CONFIDENCE = 0.95
_AT_ONCE = 2_000_000
"""Numbers drawn at a time: some 16 MB."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Mean of the first group less that of the second, and the interval in which it lies 95 times in 100.

    The interval is None under two values in a group: one value does not say how far others lie from it.
    """

    ecart: float
    bas: float | None
    haut: float | None


def difference(first: Sequence[float], second: Sequence[float], seed: int = SEED) -> Difference | None:
    """Bootstrap of the difference of the means, each group drawn for itself; None when a group is empty."""
    if not first or not second:
        return None
    import numpy as np

    one, other = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    ecart = float(one.mean() - other.mean())
    if min(len(one), len(other)) < 2:
        return Difference(ecart, None, None)
    generator = np.random.default_rng(seed)
    drawn = _means(generator, one) - _means(generator, other)
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail])
    return Difference(ecart, float(low), float(high))


def _means(generator: "np.random.Generator", values: "np.ndarray") -> "np.ndarray":
    """The means of DRAWS samples as large as the group, drawn from it with putting back."""
    import numpy as np

    count = len(values)
    step = max(1, _AT_ONCE // count)
    parts = [
        values[generator.integers(0, count, size=(min(step, DRAWS - done), count))].mean(axis=1)
        for done in range(0, DRAWS, step)
    ]
    return np.concatenate(parts)

"""Scores and orders of many draws at once: to the last place those of :mod:`clact_model.scoring`."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clact_model.robustness.values import Values

BATCH = 1000
"""Draws ranked together: their scores stay in the processor's cache."""
HIGHEST = 1_000_000
"""The score 100, in ten-thousandths."""

Scores = NDArray[np.float64]
"""Draws × rows, whole ten-thousandths of a point."""
Orders = NDArray[np.signedinteger]
"""Places × draws: which row stands there."""


def scores(shares: NDArray[np.float64], values: NDArray[np.float64]) -> Scores:
    """The scores of each draw. ``shares``: draws × criteria; ``values``: rows × criteria.

    Term by term and rounded twice as the statement of scoring does it, never as a matrix product: the sum of binary
    fractions depends on its order, and equal scores must stay equal for ties to be settled the same way.
    """
    total = np.zeros((len(shares), len(values)))
    for share, value in zip(shares.T, values.T, strict=True):
        total += share[:, None] * value
    total *= 100
    total *= 1e10
    total += 0.5
    np.floor(total, out=total)
    total += 500_000
    total /= 1_000_000
    return np.floor(total, out=total)


@dataclass(frozen=True, eq=False)
class Ranker:
    """Puts rows in rank order: priority field, score, then the order in which the rows stand."""

    start: NDArray[np.signedinteger]
    """What each row's key is before its score is taken off: one whole number holds all that is compared."""
    bits: int
    """The low bits of a key are the row's number: sorted keys are the order itself, in half the time of an argsort."""

    @classmethod
    def of(cls, values: Values) -> "Ranker":
        rows = len(values.keys)
        bits = max(rows - 1, 0).bit_length()
        start = ((HIGHEST + (HIGHEST + 1) * ~values.first.astype(np.bool_)) << bits) + np.arange(rows)
        return cls(start.astype(np.int32 if bits + (2 * HIGHEST + 1).bit_length() < 32 else np.int64), bits)

    def orders(self, found: Scores) -> Orders:
        """The order of each draw, from its scores (draws × rows)."""
        keys = found.astype(self.start.dtype)
        np.left_shift(keys, self.bits, out=keys)
        np.subtract(self.start, keys, out=keys)
        keys.sort(axis=1)
        keys &= (1 << self.bits) - 1
        return np.ascontiguousarray(keys.T)

    def keys(self, found: Scores) -> NDArray[np.int64]:
        """What is compared, one number a row, the smallest first: for one set of scores."""
        return self.start.astype(np.int64) - (found.astype(np.int64) << self.bits)

"""Weights drawn by the thousand beside the product and the sort that any such study needs."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

import numpy as np
from numpy.typing import NDArray

from benchmarks.measuring import Line, interleaved, seconds
from clact_model import robustness
from clact_model.allocation import STRATEGIES, Settings
from clact_model.allocation import Line as Request
from clact_model.robustness import Law, Subject, law
from clact_model.robustness.serving import STRATEGIES as TOGETHER
from clact_model.robustness.values import Values

DOSSIERS, CRITERIA, DRAWS = 330, 5, 10_000
BATCH = 1000
"""Rows of one product: the fastest of those tried for the baseline."""


def lines() -> Iterator[Line]:
    """The whole study, one strategy after the other: draws, ranks, grants, places, missing data, answer."""
    subject = _subject()
    shares = law.shares(law.draws(list(subject.weights.values()), Law(), DRAWS))
    envelope = sum((r.ceiling or Decimal(0) for r in subject.lines), Decimal(0)) * 2 / 5
    for strategy in (code for code in STRATEGIES if code in TOGETHER):
        settings = Settings(envelope.quantize(Decimal("0.01")), strategie=strategy)
        baseline, ours = interleaved(
            partial(seconds, partial(_bare, shares, subject.values.low)),
            partial(seconds, partial(robustness.run, subject, settings, Law(DRAWS))),
            runs=7,
        )
        yield Line(
            f"{DRAWS:,} draws of weights, {DOSSIERS} dossiers, {strategy}",
            ours,
            baseline,
            "product and argsort",
            limit=2,
        )


def _bare(shares: NDArray[np.float64], values: NDArray[np.float64]) -> None:
    """The order of each draw, ties as they come, nothing kept and no money."""
    for first in range(0, len(shares), BATCH):
        np.argsort(shares[first : first + BATCH] @ values.T, axis=1)


def _subject() -> Subject:
    """Yes-or-no criteria and measured ones, some data missing, as calls have them."""
    random = np.random.default_rng(DOSSIERS)
    low = random.random((DOSSIERS, CRITERIA)).round(10)
    low[:, ::2] = low[:, ::2] > 0.5
    high = np.where(random.random(low.shape) < 0.1, 1, low)
    asked = random.integers(100_000, 9_000_000, DOSSIERS)
    requests = [
        Request(str(i), None, i + 1, None, amount, amount)
        for i, amount in enumerate(Decimal(int(cents)).scaleb(-2) for cents in asked)
    ]
    values = Values(tuple(r.key for r in requests), random.random(DOSSIERS) < 0.3, low, high)
    return Subject(tuple(requests), values, {f"critere_{i}": Decimal(1) for i in range(CRITERIA)})

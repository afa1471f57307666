"""An envelope shared out by each strategy, beside a sort and a running sum."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from random import Random

from benchmarks.measuring import Line, interleaved, seconds
from clact_model import allocation
from clact_model.allocation import Line as Request
from clact_model.allocation import Settings

SIZES = {330: 15, 100_000: 5}
"""Lines → runs."""


def lines() -> Iterator[Line]:
    """Every strategy on 330 and on 100,000 lines. The envelope holds two fifths of what could be granted."""
    for size, runs in SIZES.items():
        requests = _requests(size)
        envelope = sum((r.ceiling or Decimal(0) for r in requests), Decimal(0)) * 2 / 5
        for strategy in allocation.STRATEGIES:
            settings = Settings(envelope.quantize(Decimal("0.01")), strategie=strategy)
            baseline, ours = interleaved(
                partial(seconds, partial(_bare, requests, settings.enveloppe)),
                partial(seconds, partial(allocation.run, requests, settings)),
                runs=runs,
            )
            yield Line(f"{strategy}, {size:,} lines", ours, baseline, "sort and running sum")


def _requests(size: int) -> list[Request]:
    random = Random(size)
    positions = random.sample(range(1, size + 1), size)
    return [
        Request(
            numero=str(i),
            ligne=None,
            position=position,
            score=Decimal(random.randrange(1_000_000)) / 10_000,
            requested=(asked := Decimal(random.randrange(100_000, 9_000_000)) / 100),
            ceiling=None if i % 50 == 0 else (asked * (i % 4 + 1) / 4).quantize(Decimal("0.01")),
            standing="refuse" if i % 9 == 0 else "en_attente" if i % 11 == 0 else "finançable",
        )
        for i, position in enumerate(positions)
    ]


def _bare(requests: Sequence[Request], envelope: Decimal) -> list[int]:
    """In rank order, in full, while it fits."""
    grants, left = [], int(envelope * 100)
    for request in sorted(requests, key=lambda r: r.position or 0):
        granted = request.limit if request.limit <= left else 0
        left -= granted
        grants.append(granted)
    return grants

"""All the rules of a programme on every dossier."""

import resource
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks import bases
from benchmarks.measuring import Line, in_child, interleaved, seconds
from clact_model import eligibility

LIMITS = {330: 0.060, 100_000: 1.0}
MILLION = 1_000_000


def lines() -> Iterator[Line]:
    """330 and 100,000 dossiers of two lines."""
    for dossiers, limit in LIMITS.items():
        taken, _ = in_child(judge, bases.filled(dossiers), 7 if dossiers < 1000 else 5)
        yield Line(f"all rules on {dossiers:,} dossiers", taken, limit=limit)


def million_lines() -> Iterator[Line]:
    """A million dossiers: time, and the memory of the process that judges them."""
    taken, peak = in_child(judge, bases.filled(MILLION), 3)
    yield Line(f"all rules on {MILLION:,} dossiers", taken, limit=10)
    yield Line(f"memory of all rules on {MILLION:,} dossiers", peak, limit=4096, unit="MB")


def judge(path: Path, runs: int) -> tuple[float, float]:
    """Median seconds, and the most memory that this process has held, in MB."""
    with bases.opened(path) as base:
        cursor = base.cursor()
        work = partial(eligibility.judge, cursor, bases.programme(), bases.today())
        work()
        (taken,) = interleaved(lambda: seconds(work), runs=runs)
    return taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

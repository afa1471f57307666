"""All the rules of a programme on every dossier."""

import resource
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from itertools import count
from pathlib import Path

from benchmarks import bases
from benchmarks.measuring import Line, in_child, interleaved, seconds
from clact_model import eligibility
from clact_model.allocation import Settings
from clact_model.whatif import ParameterChange, State

LIMITS = {330: 0.060, 100_000: 1.0}
CHANGED = 330
"""Dossiers judged anew after a change of parameter: those of a real call."""
MILLION = 1_000_000


def lines() -> Iterator[Line]:
    """330 and 100,000 dossiers of two lines."""
    for dossiers, limit in LIMITS.items():
        taken, _ = in_child(judge, bases.filled(dossiers), 7 if dossiers < 1000 else 5)
        yield Line(f"all rules on {dossiers:,} dossiers", taken, limit=limit)
    changed = in_child(judge_changed, bases.filled(CHANGED), 9)
    yield Line(f"all rules again after a change of parameter, {CHANGED} dossiers", changed, limit=0.100)


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


def judge_changed(path: Path, runs: int) -> float:
    """Median seconds from a rate that was never tried to the verdicts and the aid under it."""
    rates = (Decimal(percent).scaleb(-2) for percent in count(20))
    with bases.opened(path) as base:
        cursor = base.cursor()

        def work() -> None:
            change = ParameterChange("taux", next(rates))
            state = change.applied(State(bases.programme(), Settings(Decimal(4_000_000))))
            eligibility.judge(cursor, state.programme, bases.today(), state.parameters)

        work()
        (taken,) = interleaved(lambda: seconds(work), runs=runs)
    return taken

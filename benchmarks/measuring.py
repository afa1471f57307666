"""Times, medians, and the lines of the table."""

import gc
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from statistics import median
from typing import Literal, ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")
Measure = Callable[[], float]
"""Does its work once and says how long it took, in seconds."""

Unit = Literal["s", "MB"]


@dataclass(frozen=True)
class Line:
    """One line of the table. ``limit``: of ours ÷ baseline where there is a baseline, else of ours; None: reported."""

    what: str
    ours: float
    baseline: float | None = None
    against: str = ""
    """What the baseline is."""
    limit: float | None = None
    unit: Unit = "s"

    @property
    def judged(self) -> float:
        """What the limit is set on."""
        return self.ours if self.baseline is None else self.ours / self.baseline

    @property
    def met(self) -> bool | None:
        """None without a goal."""
        return None if self.limit is None else self.judged <= self.limit


class MissingToolError(Exception):
    """What a subject cannot be measured without."""


def seconds(action: Callable[[], object]) -> float:
    """How long the action takes. Garbage of what ran before is collected first."""
    gc.collect()
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def interleaved(*measures: Measure, runs: int = 5) -> list[float]:
    """The median of each measure, taken in turn: what slows the machine slows all of them."""
    rounds = [[measure() for measure in measures] for _ in range(runs)]
    return [median(times) for times in zip(*rounds, strict=True)]


def in_child(action: Callable[Arguments, Answer], *arguments: Arguments.args, **named: Arguments.kwargs) -> Answer:
    """The action's answer, from a fresh process: its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as child:
        return child.submit(action, *arguments, **named).result()

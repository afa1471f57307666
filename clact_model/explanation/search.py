"""The smallest of many possible changes that works, when each one must be tried."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

SAMPLES = 16
"""Changes tried across the range where a larger one may fail though a smaller one works."""


class Found(NamedTuple):
    """A change that works, and whether it is known that no smaller one does."""

    change: int
    smallest: bool


def smallest(most: int, works: Callable[[int], bool], rising: bool, likely: int = 0) -> Found | None:
    """The smallest change from 1 to ``most`` that works; 0 is known not to.

    ``rising``: whatever is larger than a change that works, works too: some twenty tries, two when ``likely`` is right.
    Otherwise the range is sampled, and the answer is only the end of one stretch that works, unless every change was tried.
    """
    if most < 1:
        return None
    if rising:
        if 0 < likely <= most and works(likely) and (likely == 1 or not works(likely - 1)):
            return Found(likely, True)
        return Found(_edge(0, most, works), True) if works(most) else None
    tries = _sampled(most)
    failed = 0
    for change in tries:
        if works(change):
            return Found(_edge(failed, change, works), len(tries) == most)
        failed = change
    return None


def _sampled(most: int) -> Sequence[int]:
    if most <= SAMPLES:
        return range(1, most + 1)
    return [most * step // SAMPLES for step in range(1, SAMPLES + 1)]


def _edge(fails: int, holds: int, works: Callable[[int], bool]) -> int:
    """The first of a stretch that works, between one that fails and one that works."""
    while holds - fails > 1:
        middle = (fails + holds) // 2
        if works(middle):
            holds = middle
        else:
            fails = middle
    return holds

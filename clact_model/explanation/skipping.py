"""``classement_continu`` at every envelope: what is served, from one amount at which it changes to the next.

A line that is passed over would be served with its aid and what was granted before it: the smallest such sum is the next
amount at which something changes, and only what comes after that line has to be gone through again.
"""

from collections.abc import Iterator, Sequence

NEVER = 1 << 62


def served(limits: Sequence[int], first: int, last: int) -> Iterator[tuple[int, Sequence[bool]]]:
    """The amounts from ``first`` to ``last`` at which the lines served change, ``first`` before all, with those lines."""
    flags = [False] * len(limits)
    thresholds = [NEVER] * len(limits)
    available, place, used = first, 0, 0
    while available <= last:
        for index in range(place, len(limits)):
            needed = used + limits[index]
            flags[index] = needed <= available
            thresholds[index] = NEVER if flags[index] else needed
            if flags[index]:
                used = needed
        yield available, tuple(flags)
        available = min(thresholds, default=NEVER)
        if available < NEVER:
            place = thresholds.index(available)
            used = available - limits[place]

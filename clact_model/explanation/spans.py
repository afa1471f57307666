"""With how much money a line is funded under ``classement_continu``, exactly.

More money may put a line out (it lets in a dearer one before it), so the amounts that fund a line are not all those
above some amount but a set of intervals. It is found from the end: what must be left when the line's turn comes, then,
line by line towards the first, what must be left before each.
"""

from collections.abc import Sequence

Span = tuple[int, int]
"""From the first, included, to the second, excluded; in cents."""
MOST = 50_000
"""Intervals followed at most: some calls would have more than a machine can hold."""


def funding(before: Sequence[int], limit: int, most: int) -> list[Span] | None:
    """The amounts available, up to ``most``, with which a line of that aid is funded after those of the lines before it.

    Rising and apart from each other. None when there are too many of them.
    """
    spans: list[Span] = [(limit, most + 1)] if limit <= most else []
    for aid in reversed(before):
        skipped = [(low, min(high, aid)) for low, high in spans if low < aid]
        served = [(low + aid, min(high + aid, most + 1)) for low, high in spans if low + aid <= most]
        spans = _joined(skipped, served)
        if len(spans) > MOST:
            return None
    return spans


def _joined(first: list[Span], then: list[Span]) -> list[Span]:
    if first and then and first[-1][1] == then[0][0]:
        return [*first[:-1], (first[-1][0], then[0][1]), *then[1:]]
    return [*first, *then]

"""The envelope slider: the lines of :mod:`benchmarks.slider`, with their goals."""

from collections.abc import Iterator

from benchmarks.measuring import Line, MissingToolError
from tests.conftest import NO_BROWSER, browser_path

LIMITS = (2.0, 1.3)
"""Of our page beside a bare one, then of 10,000 dossiers beside 330."""


def lines() -> Iterator[Line]:
    """From a move of the slider to the new figures."""
    if browser_path() is None:
        raise MissingToolError(NO_BROWSER)
    from benchmarks import slider

    for (what, baseline, ours), limit in zip(slider.measure(), LIMITS, strict=True):
        yield Line(what, ours, baseline, limit=limit)

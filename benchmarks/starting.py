"""From the start of the server's process to a first page with figures, beside `streamlit hello`."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks import bases, painting, server
from benchmarks.measuring import Line, interleaved
from clact_model import paths

OURS = "[data-testid=stMain] [data-testid=stMetricValue]"
HELLO = "[data-testid=stMain] [data-testid=stMarkdown] p"
"""What makes each page worth reading: its figures, or the first thing said under its title."""


def lines() -> Iterator[Line]:
    """The second start, the base already filled."""
    base = bases.demonstration()
    with server.browser() as browser:

        def ours() -> float:
            return _start(browser, server.DASHBOARD, paths.ROOT, OURS, base)

        def hello() -> float:
            return _start(browser, server.HELLO, bases.folder(), HELLO)

        ours(), hello()  # compiled files and disk caches are there at a second start
        baseline, taken = interleaved(hello, ours, runs=3)
    yield Line("second start to the first figures", taken, baseline, "streamlit hello", limit=2)


def _start(browser: Browser, command: Sequence[str], folder: Path, awaited: str, base: Path | None = None) -> float:
    with server.serving(command, folder, base) as running, server.page(browser) as page:
        painting.watch(page, awaited)
        return painting.opened(page, running.url) - running.started

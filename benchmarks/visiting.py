"""The page Consommation opened again, beside a bare page: from the address to the figures painted, in one browser."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from playwright.sync_api import BrowserContext, sync_playwright

from benchmarks import painting
from benchmarks.measuring import Line, Measure, MissingToolError, interleaved
from benchmarks.slider import BARE, PROGRAMME, served
from clact_model import demo
from clact_model.paths import FOLLOWED_DEMO_BASE, ROOT
from tests.conftest import NO_BROWSER, browser_path
from tests.navigateur.conftest import ARGUMENTS

LIMIT = 2.0
RUNS = 9


def lines() -> Iterator[Line]:
    """Grand Est 2024 under way, on the demonstration's day. What a write makes anew is measured by ``consumption``."""
    browser_file = browser_path()
    day = demo.followed_day(PROGRAMME)
    if browser_file is None:
        raise MissingToolError(NO_BROWSER)
    if not FOLLOWED_DEMO_BASE.exists() or day is None:
        raise MissingToolError("the demonstration followed is not made yet: open it once with `make run`")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (folder / "bare.py").write_text(BARE, encoding="utf-8")
        bare = stack.enter_context(served(folder / "bare.py"))
        variables = {"CLACT_BASE": str(FOLLOWED_DEMO_BASE), "CLACT_AUJOURDHUI": day.isoformat()}
        own = stack.enter_context(served(ROOT / "app.py", **variables))
        browser = stack.enter_context(sync_playwright()).chromium.launch(executable_path=browser_file, args=ARGUMENTS)
        stack.callback(browser.close)
        context = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900})
        context.set_default_timeout(60_000)
        visits = (
            _visits(context, bare, "[data-testid=stMarkdown]"),
            _visits(context, f"{own}/consommation?appel={PROGRAMME}", "[data-testid=stMetricValue]"),
        )
        for visit in visits:
            visit()
        baseline, ours = interleaved(*visits, runs=RUNS)
    yield Line("Consommation opened again", ours, baseline, "a bare page", LIMIT)


def _visits(context: BrowserContext, address: str, figures: str) -> Measure:
    """Visits of one address, in a page of its own, each until what ``figures`` selects is painted."""
    page = context.new_page()
    painting.watch(page, figures)
    return partial(painting.visit, page, address)

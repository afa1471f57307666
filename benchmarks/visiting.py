"""The page Consommation opened again, beside a bare page: from the address to the figures painted, in one browser."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.measuring import Line, MissingToolError, interleaved
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
        page = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900}).new_page()
        page.set_default_timeout(60_000)
        visits = (
            partial(_visit, page, bare, "[data-testid=stMarkdown]"),
            partial(_visit, page, f"{own}/consommation?appel={PROGRAMME}", "[data-testid=stMetricValue]"),
        )
        for visit in visits:
            visit()
        baseline, ours = interleaved(*visits, runs=RUNS)
    yield Line("Consommation opened again", ours, baseline, "a bare page", LIMIT)


def _visit(page: Page, address: str, figures: str) -> float:
    """Seconds from the address to what ``figures`` selects."""
    start = time.perf_counter()
    page.goto(address)
    page.wait_for_selector(figures)
    return time.perf_counter() - start

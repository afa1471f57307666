"""From a move of the envelope slider to the new figures in the browser, beside a bare page with one slider and one text.

Both in the same Chromium, one after the other, a key press each: the clock starts at the key, and stops two frames after
the text has changed. ``measure()`` needs a browser (``CLACT_CHROMIUM``, else ``chromium``) and takes about two minutes.
"""

import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from clact_model import demo
from clact_model.paths import ROOT
from clact_model.store import Base
from tests.conftest import browser_path
from tests.navigateur.conftest import ARGUMENTS
from tests.navigateur.screens import settle

PROGRAMME = "grand_est_2024"
DAY = "2024-06-15"
COPIES = 30
"""Times that the demo of the programme is copied beside itself: 10,230 dossiers."""
TURNS, MOVES = 5, 8

BARE = """import streamlit as st
value = st.slider("Enveloppe", 0, 8_000_000, 4_000_000, step=10_000)
st.markdown(f"<{value}>")
"""
ARM = """selector => {
    const texts = () => [...document.querySelectorAll(selector)].map(e => e.textContent).join("|");
    const before = texts();
    window.moved = new Promise(done => {
        let start;
        document.addEventListener("keydown", () => { start = performance.now(); }, { capture: true, once: true });
        const watch = new MutationObserver(() => {
            if (start === undefined || texts() === before) return;
            watch.disconnect();
            requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
        });
        watch.observe(document.body, { subtree: true, childList: true, characterData: true });
    });
}"""


def moves(page: Page, figures: str, count: int) -> list[float]:
    """Moves of the page's slider, in seconds, each until what ``figures`` selects has changed and is painted."""
    page.bring_to_front()
    page.get_by_role("slider").first.focus()
    found = []
    for number in range(count):
        page.evaluate(ARM, figures)
        page.keyboard.press("ArrowLeft" if number % 2 else "ArrowRight")
        found.append(float(page.evaluate("window.moved")) / 1000)
        # Until the rest of the answer is painted: a move never waits for the one before it.
        page.wait_for_timeout(250)
    return found


@contextmanager
def served(script: Path, **variables: str) -> Iterator[str]:
    """A Streamlit server on a free port, with the settings beside the script: its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", "0", "--server.headless", "true"],
        cwd=script.parent,
        env=dict(os.environ) | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout
        address = next(found[0] for line in process.stdout if (found := re.search(r"http://localhost:\d+", line)))
        threading.Thread(target=process.stdout.read, daemon=True).start()
        yield address
    finally:
        process.terminate()
        process.wait(10)


def fill(path: Path, copies: int) -> None:
    """The demo in a base of its own, the dossiers of PROGRAMME ``copies`` times more."""
    base = Base(path)
    demo.ensure(base)
    if copies:
        with base.write("importer", PROGRAMME) as writing:
            for table, apart in (
                ("dossier", ", t.finess || '-' || i AS finess, t.siret || '-' || i AS siret"),
                ("action", ""),
            ):
                writing.cursor.execute(
                    f"""INSERT INTO {table} SELECT t.* REPLACE (t.numero || '-' || i AS numero {apart})
                        FROM {table} t, range(1, $copies + 1) r(i) WHERE t.programme = $programme""",
                    {"copies": copies, "programme": PROGRAMME},
                )
            writing.seal()
    base.close()


def bare(page: Page, address: str) -> str:
    """Open the bare page; gives where its answer stands."""
    page.goto(address)
    page.wait_for_selector("[data-testid=stSlider]")
    return "[data-testid=stMarkdown]"


def enveloppe(page: Page, address: str) -> str:
    """Open our page Enveloppe; gives where its figures stand."""
    page.goto(address)
    settle(page)
    page.goto(f"{address}/enveloppe")
    page.wait_for_selector("[data-testid=stMetricValue]", timeout=120_000)
    settle(page)
    return "[data-testid=stMain] [data-testid=stMetricValue]"


def measure() -> list[tuple[str, float, float]]:
    """What is measured, its baseline and ours: medians, in seconds. The three pages take turns, whatever else runs."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (folder / "bare.py").write_text(BARE, encoding="utf-8")
        fill(folder / "330.duckdb", copies=0)
        fill(folder / "10000.duckdb", copies=COPIES)
        addresses = [stack.enter_context(served(folder / "bare.py"))]
        for base in ("330.duckdb", "10000.duckdb"):
            variables = {"CLACT_BASE": str(folder / base), "CLACT_AUJOURDHUI": DAY}
            addresses.append(stack.enter_context(served(ROOT / "app.py", **variables)))
        browser = stack.enter_context(sync_playwright()).chromium.launch(executable_path=browser_path(), args=ARGUMENTS)
        stack.callback(browser.close)
        context = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900})
        context.set_default_timeout(60_000)
        pages = [context.new_page() for _ in addresses]
        openings = (bare, enveloppe, enveloppe)
        figures = [opening(*at) for opening, at in zip(openings, zip(pages, addresses, strict=True), strict=True)]
        found: list[list[float]] = [[] for _ in pages]
        for turn in range(1 + TURNS):
            for times, page, selector in zip(found, pages, figures, strict=True):
                taken = moves(page, selector, MOVES)
                # The first turn warms up.
                times += taken if turn else []
    baseline, few, many = (median(times) for times in found)
    return [
        ("slider to figures, 330 dossiers, beside a bare page", baseline, few),
        ("slider to figures, 10,230 dossiers, beside 330", few, many),
    ]


if __name__ == "__main__":
    for what, baseline, ours in measure():
        print(f"{what} : {baseline * 1000:.0f} ms, {ours * 1000:.0f} ms, {ours / baseline:.2f} ×")

"""When a page is worth reading: the first moment at which what a selector names is painted.

Told by the page itself. Playwright's own waiting asks again after 20, 50, 100, then every 500 ms: too coarse to compare.
"""

import json
import time

from playwright.sync_api import Page

WATCH = """selector => {
    window.painted = new Promise(done => {
        const look = () => {
            const found = document.querySelector(selector);
            if (!found || !found.checkVisibility()) return requestAnimationFrame(look);
            requestAnimationFrame(() => done(performance.timeOrigin + performance.now()));
        };
        requestAnimationFrame(look);
    });
}"""


def watch(page: Page, selector: str) -> None:
    """From its next address on, the page notes when what the CSS ``selector`` names is painted."""
    page.add_init_script(f"({WATCH})({json.dumps(selector)})")


def opened(page: Page, address: str) -> float:
    """Open the address in a page that watches; gives the moment at which it was painted, as ``time.time()``."""
    page.bring_to_front()
    page.goto(address)
    return float(page.evaluate("window.painted")) / 1000


def visit(page: Page, address: str) -> float:
    """Seconds from the address to the painted figures, in a page that watches."""
    start = time.time()
    return opened(page, address) - start

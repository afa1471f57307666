"""Pictures of every page of the menu, at 1280 and 1920 pixels: `python -m scripts.screenshots FOLDER [--base FILE] [--jour AAAA-MM-JJ]`.

Without ``--base`` the dashboard opens what `make run` would; ``--jour`` judges that day (2026-02-16: the first call of the
demonstration while it is followed). The browser is the one of the tests.
"""

import argparse
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from clact_model.paths import ROOT
from tests.conftest import browser_path
from tests.navigateur.conftest import ARGUMENTS
from tests.navigateur.screens import menu, settle

WIDTHS = (1280, 1920)


def take_all(page: Page, url: str, folder: Path) -> None:
    """One whole-page picture a width and page: ``1280-tableau-de-bord.png``."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for name, address in menu(page, url).items():
            page.goto(address)
            settle(page)
            # Streamlit scrolls inside the page: the window takes the height of what it holds.
            height = int(page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight"))
            page.set_viewport_size({"width": width, "height": max(900, min(height, 12_000))})
            page.wait_for_timeout(1_500)
            page.screenshot(path=folder / f"{width}-{_file_name(name)}.png")
            page.set_viewport_size({"width": width, "height": 900})
            print(folder / f"{width}-{_file_name(name)}.png")


def _file_name(title: str) -> str:
    ascii_title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_title).strip("-")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--base", type=Path)
    parser.add_argument("--jour", default="")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    environment = dict(os.environ) | ({"CLACT_BASE": str(options.base.resolve())} if options.base else {})
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "0"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout
        url = next(found[0] for line in server.stdout if (found := re.search(r"http://localhost:\d+", line)))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path(), args=ARGUMENTS)
            context = browser.new_context(locale="fr-FR", timezone_id="Europe/Paris")
            context.set_default_timeout(60_000)
            take_all(context.new_page(), f"{url}/?jour={options.jour}" if options.jour else url, options.folder)
            browser.close()
    finally:
        server.terminate()


if __name__ == "__main__":
    main()

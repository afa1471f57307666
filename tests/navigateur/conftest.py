"""A real browser in French, in which nothing may go wrong unseen."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

OWN_HOSTS = {"localhost", "127.0.0.1"}
QUIET = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Chromium refuses its sandbox to root, which is who CI is.
ARGUMENTS = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "navigateur" in item.path.parts:
            item.add_marker("navigateur")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for all the tests."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in fr-FR. The test fails on a request to another host, an error in the console, an exception in a script."""
    context = browser.new_context(
        locale="fr-FR",
        timezone_id="Europe/Paris",
        viewport={"width": 1280, "height": 900},
        accept_downloads=True,
    )
    # What a page shows of the model takes seconds the first time on a small machine.
    context.set_default_timeout(30_000)
    faults: list[str] = []

    def watch_request(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.hostname not in OWN_HOSTS:
            faults.append(f"request to the outside: {request.url}")

    def watch_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(f"console: {message.text}")

    opened = context.new_page()
    context.on("request", watch_request)
    context.on("console", watch_console)
    opened.on("pageerror", lambda error: faults.append(f"script: {error}"))
    yield opened
    context.close()
    assert not faults, "\n".join(dict.fromkeys(faults))

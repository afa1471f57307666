"""What the server holds in memory once the demonstration has been looked at."""

from collections.abc import Iterator

from benchmarks import bases, server
from benchmarks.measuring import Line
from clact_model import paths
from tests.navigateur.screens import settle

PAGES = ("", "dossiers", "enveloppe")


def lines() -> Iterator[Line]:
    """The dashboard, the list of dossiers and the envelope opened one after the other."""
    with (
        server.browser() as browser,
        server.serving(server.DASHBOARD, paths.ROOT, bases.demonstration()) as running,
        server.page(browser) as page,
    ):
        for path in PAGES:
            page.goto(f"{running.url}/{path}")
            settle(page)
        yield Line("memory of the server, demo open, three pages seen", running.memory(), limit=400, unit="MB")

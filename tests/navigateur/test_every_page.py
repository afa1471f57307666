"""Every page of the menu opens, empty and with the demo, without a fault or a request to the outside (fixture ``page``)."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.conftest import Server, Start
from tests.navigateur.screens import MENU_LINK, menu, settle


def test_every_page_opens_at_its_own_address(page: Page, demo_site: Server) -> None:
    pages = menu(page, demo_site.url)
    assert pages, "the menu is empty"
    for name, address in pages.items():
        page.goto(address)
        settle(page)
        _sound(page, name, demo_site)


def test_every_page_opens_from_the_menu_on_an_empty_base(page: Page, empty_site: Server) -> None:
    for name in menu(page, empty_site.url):
        # One click from page to page: the browser loads the dashboard once, not once a page.
        page.locator(MENU_LINK).get_by_text(name, exact=True).click()
        expect(page.get_by_role("heading", level=1, name=name, exact=True)).to_be_visible()
        settle(page)
        _sound(page, name, empty_site)


def _sound(page: Page, name: str, server: Server) -> None:
    assert page.locator("[data-testid=stMain] h1").count() == 1, f"{name}: no title"
    assert page.get_by_text("Incident").count() == 0, f"{name}: {''.join(server.log[-5:])}"
    assert page.locator("[data-testid=stException]").count() == 0, name


def test_a_deep_link_may_be_the_first_visit_of_all(page: Page, start: Start, tmp_path: Path) -> None:
    server = start(tmp_path / "vide.duckdb")
    page.goto(f"{server.url}/dossiers")
    settle(page)
    assert page.locator("[data-testid=stMain] h1").inner_text() == "Dossiers"
    assert page.get_by_role("dialog").count() == 0

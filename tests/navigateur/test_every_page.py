"""Every page of the menu opens, empty and with the demo, without a fault or a request to the outside (fixture ``page``)."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.conftest import Start
from tests.navigateur.screens import menu, settle


@pytest.mark.parametrize("site", ["empty_site", "demo_site"])
def test_every_page_opens_at_its_own_address(site: str, page: Page, request: pytest.FixtureRequest) -> None:
    server = request.getfixturevalue(site)
    pages = menu(page, server.url)
    assert pages, "the menu is empty"
    for name, address in pages.items():
        page.goto(address)
        settle(page)
        assert page.locator("[data-testid=stMain] h1").count() == 1, f"{name}: no title"
        assert page.get_by_text("Incident").count() == 0, f"{name}: {''.join(server.log[-5:])}"
        assert page.locator("[data-testid=stException]").count() == 0, name


def test_a_deep_link_may_be_the_first_visit_of_all(page: Page, start: Start, tmp_path: Path) -> None:
    server = start(tmp_path / "vide.duckdb")
    page.goto(f"{server.url}/dossiers")
    settle(page)
    assert page.locator("[data-testid=stMain] h1").inner_text() == "Dossiers"
    assert page.get_by_role("dialog").count() == 0

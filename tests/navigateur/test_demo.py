"""The demonstration says that it is one, and one click leaves it for a base of one's own."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.conftest import Server, Start, fresh_clone
from tests.navigateur.screens import settle


def test_one_click_leaves_the_demonstration_for_an_empty_base(start: Start, tmp_path: Path, page: Page) -> None:
    folder = fresh_clone(tmp_path / "clone")
    server = start(None, folder)
    page.goto(server.url)
    settle(page)
    expect(page.get_by_text("Données de démonstration")).to_be_visible()

    page.get_by_role("button", name="Quitter la démonstration").click()

    expect(page.get_by_text("Données de démonstration")).to_have_count(0)
    assert (folder / "data" / "clact.duckdb").exists()
    page.reload()
    settle(page)
    expect(page.get_by_text("Données de démonstration")).to_have_count(0)


def test_a_base_of_one_s_own_shows_no_banner(empty_site: Server, page: Page) -> None:
    page.goto(empty_site.url)
    settle(page)
    expect(page.get_by_text("Données de démonstration")).to_have_count(0)

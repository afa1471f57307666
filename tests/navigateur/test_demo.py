"""The demonstration says that it is one, plays on two moments, and one click leaves it for a base of one's own."""

import re
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


def test_one_click_goes_from_what_is_undecided_to_what_is_followed_and_back(demo_site: Server, page: Page) -> None:
    page.set_default_timeout(90_000)
    page.goto(f"{demo_site.url}/conventions_et_versements")
    settle(page)
    expect(page.get_by_text("Aucune subvention notifiée à ce jour")).to_be_visible()

    page.get_by_role("button", name="Voir le suivi").click()
    expect(page.get_by_text("décisions et suivi inventés, au 16 février 2026")).to_be_visible(timeout=90_000)
    expect(page.get_by_text("Aucune subvention notifiée à ce jour")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"jour=2026-02-16"))

    page.get_by_role("link", name="Sélection").click()
    expect(page.get_by_role("paragraph").filter(has_text="comité du")).to_be_visible()
    page.reload()
    settle(page)
    expect(page.get_by_role("paragraph").filter(has_text="comité du")).to_be_visible()

    page.get_by_role("radio", name="Instruction").or_(page.get_by_role("button", name="Instruction")).first.click()
    expect(page.get_by_text("Aucune liste encore")).to_be_visible()
    expect(page).not_to_have_url(re.compile("jour="))

"""The programme worked on: chosen once, named in the address, the same on every page."""

import re

from playwright.sync_api import Locator, Page, expect

from clact_model.programme import load_all
from tests.conftest import Server
from tests.navigateur.screens import MENU_LINK, settle

TITLES = [programme.titre for programme in load_all().programmes.values()]
NAMED = re.compile(r"\?(.+&)?programme=\S+")


def _choice(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Programme")


def test_the_first_programme_is_chosen_and_named_in_the_address(empty_site: Server, page: Page) -> None:
    page.goto(empty_site.url)
    settle(page)
    expect(_choice(page)).to_have_value(TITLES[0])
    expect(page).to_have_url(NAMED)


def test_the_choice_goes_from_page_to_page_and_through_a_reload(empty_site: Server, page: Page) -> None:
    page.goto(empty_site.url)
    settle(page)
    _choice(page).click()
    page.get_by_role("option", name=TITLES[-1]).click()
    expect(page.get_by_text(f"{TITLES[-1]}, version")).to_be_visible()

    page.locator(MENU_LINK).last.click()
    expect(page.get_by_text(f"{TITLES[-1]}, version")).to_be_visible()
    page.reload()
    settle(page)
    expect(_choice(page)).to_have_value(TITLES[-1])
    expect(page.get_by_text(f"{TITLES[-1]}, version")).to_be_visible()


def test_an_unknown_programme_in_the_address_opens_the_first(empty_site: Server, page: Page) -> None:
    page.goto(f"{empty_site.url}/?programme=Inconnu")
    settle(page)
    expect(page.get_by_text(f"{TITLES[0]}, version")).to_be_visible()
    expect(_choice(page)).to_have_value(TITLES[0])

"""A link opened in a new tab shows the same programme, and its address stays plain."""

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from clact_model.programme import load_all
from tests.conftest import Server
from tests.navigateur.screens import MENU_LINK, settle

LAST = list(load_all().programmes.values())[-1]
PLAIN = re.compile(rf"\?{re.escape(urlencode({'programme': LAST.titre}))}$")
"""An address that names the programme, once, and nothing else."""


@pytest.mark.parametrize("link", [MENU_LINK, "[data-testid=stMain] [data-testid=stPageLink-NavLink]"])
def test_a_middle_click_keeps_the_programme(empty_site: Server, page: Page, link: str) -> None:
    page.goto(f"{empty_site.url}/dossiers?{urlencode({'programme': LAST.titre})}")
    settle(page)
    with page.context.expect_page() as opened:
        page.locator(link).last.click(button="middle")
    tab = opened.value
    settle(tab)
    expect(tab.get_by_text(f"{LAST.titre}, version")).to_be_visible()
    expect(tab).to_have_url(PLAIN)


def test_a_click_leaves_one_programme_in_the_address(empty_site: Server, page: Page) -> None:
    page.goto(f"{empty_site.url}/dossiers?{urlencode({'programme': LAST.titre})}")
    settle(page)
    for name in ("Recevabilité", "Tableau de bord", "Dossiers"):
        page.locator(MENU_LINK).filter(has_text=name).click()
        expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
        settle(page)
        expect(page).to_have_url(PLAIN)

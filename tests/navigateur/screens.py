"""How a test walks through the dashboard: addresses, and when a screen is finished."""

from playwright.sync_api import Page

MENU_LINK = "[data-testid=stSidebar] [data-testid=stPageLink-NavLink]"
FINISHED = "[data-testid=stApp][data-test-script-state=notRunning]"


def settle(page: Page) -> None:
    """Wait until the script has run and what it sent is painted."""
    page.wait_for_selector("[data-testid=stMain] h1, [data-testid=stAlert]")
    page.wait_for_selector(FINISHED)
    page.wait_for_selector("[data-testid=stSkeleton]", state="detached")


def menu(page: Page, url: str) -> dict[str, str]:
    """Every page of the menu: its name and its address."""
    page.goto(url)
    settle(page)
    links = page.locator(MENU_LINK).all()
    return {link.inner_text().strip().splitlines()[-1]: str(link.evaluate("link => link.href")) for link in links}

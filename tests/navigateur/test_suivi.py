"""A grant followed by an analyst: its convention, its first tranche, the statement that comes back, what is consumed."""

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.conftest import Server, Start
from tests.navigateur.screens import MENU_LINK, settle
from tests.statements import builders

NUMERO = builders.UNSIGNED


@pytest.fixture
def site(start: Start, tmp_path: Path) -> Server:
    base = builders.followed(tmp_path)
    path = base.path
    base.close()
    return start(path, CLACT_AUJOURDHUI=builders.RECEIVED.isoformat(), CLACT_UTILISATEUR="Claire Essai")


def test_an_analyst_follows_a_grant_from_its_convention_to_its_expenses(
    site: Server, page: Page, tmp_path: Path
) -> None:
    page.goto(f"{site.url}/conventions_et_versements?appel={builders.programme().id}")
    settle(page)
    _sign(page)
    _pay(page)
    page.locator(MENU_LINK).filter(has_text="Consommation").click()
    expect(page.get_by_role("heading", level=1, name="Consommation")).to_be_visible()
    settle(page)
    _take_back(page, _statement(tmp_path))
    page.get_by_role("radio", name="Subventions").click()
    settle(page)
    consumed = page.get_by_test_id("stMetric").filter(has_text="Consommé")
    expect(consumed.get_by_text("150\u00a0€").first).to_be_visible()
    assert _empty_day(page) == ['"jj"', '"mm"', '"aaaa"']


def _picked(page: Page) -> None:
    """The one dossier in the table, picked: the box at the head of its row."""
    search = page.get_by_role("textbox", name="Chercher")
    search.fill(NUMERO)
    search.press("Enter")
    expect(page.get_by_text(re.compile("^1 subvention[.,]"))).to_be_visible()
    settle(page)
    table: Locator = page.locator("[data-testid=stDataFrame] canvas").first
    table.click(position={"x": 18, "y": 50}, force=True)
    expect(page.get_by_text("Ouvrir sa fiche")).to_be_visible()
    settle(page)


def _empty_day(page: Page) -> list[str]:
    """What the field of a later last day awaits, as it is painted."""
    _picked(page)
    page.get_by_role("tab", name="Report, annulation, récupération").click()
    parts = page.get_by_test_id("stDateInput").locator("[data-placeholder=true]")
    expect(parts).to_have_count(3)
    words: list[str] = parts.evaluate_all("parts => parts.map(part => getComputedStyle(part, '::after').content)")
    return words


def _sign(page: Page) -> None:
    _picked(page)
    page.get_by_role("textbox", name="Numéro").fill("CONV-2026-18")
    page.get_by_test_id("stBaseButton-primaryFormSubmit").click()
    expect(page.get_by_text("Convention inscrite, avec ses tranches.")).to_be_visible()
    settle(page)


def _pay(page: Page) -> None:
    # Still ticked after what was just written.
    expect(page.get_by_role("textbox", name="Montant (€)")).to_have_value("400")
    page.get_by_role("textbox", name="Référence du paiement").fill("DV-2026-7")
    page.get_by_test_id("stBaseButton-primaryFormSubmit").click()
    expect(page.get_by_text("400,00\u00a0€ versés.")).to_be_visible()
    settle(page)


def _statement(folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Consommation"
    sheet.append(["N° dossier", "Tranche", "N° facture", "Date de facture", "Montant facturé", "Montant admis"])
    sheet.append([NUMERO, 1, "F-118", "12/08/2026", 200, 150])
    book.save(folder / "etat.xlsx")
    return folder / "etat.xlsx"


def _take_back(page: Page, path: Path) -> None:
    page.get_by_role("radio", name="États récapitulatifs").click()
    settle(page)
    page.locator("input[type=file]").first.set_input_files(path)
    write = page.get_by_role("button", name="Écrire dans la base")
    expect(write).to_be_visible()
    settle(page)
    write.click()
    expect(page.get_by_text("C'est écrit")).to_be_visible(timeout=30_000)
    settle(page)

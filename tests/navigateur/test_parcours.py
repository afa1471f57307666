"""The main job in a real browser: import, override, weights, envelope, scenario, list, and the list read back."""

import io
import re
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from clact_model import paths
from tests.conftest import Server, Start
from tests.navigateur.screens import MENU_LINK, settle

PROGRAMME, TITRE, DAY = "grand_est_2024", "CLACT Grand Est 2024", "2024-06-15"
REFUSED = "L'établissement a retiré sa demande."
SCENARIO = "Comité du 15 juin"


@pytest.fixture
def site(start: Start, tmp_path: Path) -> Server:
    """The dashboard on an empty base, on the day of the demo."""
    return start(tmp_path / "parcours.duckdb", CLACT_AUJOURDHUI=DAY, CLACT_UTILISATEUR="Claire Essai")


def test_a_list_that_can_be_traced_from_a_workbook_to_its_totals(site: Server, page: Page) -> None:
    page.goto(site.url)
    settle(page)
    _import(page)
    first = _first_of_the_ranking(page)
    _override(page, site.url, first)
    _double_the_first_weight(page)
    granted = _move_the_envelope(page)
    _save_the_scenario(page)
    book = _download(page)
    _check(book, first, granted)


def _go(page: Page, name: str) -> None:
    page.locator(MENU_LINK).filter(has_text=name).click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    settle(page)


def _import(page: Page) -> None:
    _go(page, "Importer")
    page.locator("input[type=file]").first.set_input_files(paths.DEMO_FOLDER / f"{PROGRAMME}.xlsx")
    page.get_by_role("button", name="Écrire dans la base (330 dossiers)").click()
    expect(page.get_by_text("C'est écrit.")).to_be_visible()
    settle(page)


def _first_of_the_ranking(page: Page) -> str:
    """The number of the first dossier: it stands first on the chart of contributions."""
    _go(page, "Priorités")
    expect(page.get_by_text("Dossiers classés")).to_be_visible()
    label = page.locator(".js-plotly-plot text", has_text=re.compile(r"^1\. "))
    return (label.first.text_content() or "").removeprefix("1. ")


def _override(page: Page, url: str, numero: str) -> None:
    page.goto(f"{url}/fiche_dossier?{urlencode({'programme': TITRE, 'numero': numero})}")
    settle(page)
    page.get_by_role("combobox", name="Verdict retenu").click()
    page.get_by_role("option", name="Irrecevable").click()
    page.get_by_role("textbox", name="Motif").fill(REFUSED)
    page.get_by_role("button", name="Déroger").click()
    expect(page.get_by_text(REFUSED).first).to_be_visible()
    settle(page)


def _double_the_first_weight(page: Page) -> None:
    _go(page, "Priorités")
    page.get_by_role("slider").first.focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
        settle(page)
    expect(page.get_by_text("Poids choisis à l'écran, non enregistrés").first).to_be_visible()


def _move_the_envelope(page: Page) -> str:
    """What is granted once the slider has left 4 M€."""
    _go(page, "Enveloppe")
    expect(page.get_by_text("Poids choisis à l'écran, non enregistrés").first).to_be_visible()
    exact = page.get_by_role("textbox", name="Montant exact (€)")
    page.get_by_role("slider").first.focus()
    page.keyboard.press("ArrowLeft")
    expect(exact).to_have_value("3\u202f990\u202f000")
    settle(page)
    return _figure(page, "Accordé")


def _figure(page: Page, label: str) -> str:
    found = page.get_by_test_id("stMetric").filter(has=page.get_by_text(label, exact=True))
    return found.get_by_test_id("stMetricValue").inner_text()


def _save_the_scenario(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer le scénario").click()
    page.get_by_role("textbox", name="Nom du scénario").fill(SCENARIO)
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text(f"Scénario « {SCENARIO} » enregistré")).to_be_visible()
    page.keyboard.press("Escape")


def _download(page: Page) -> openpyxl.Workbook:
    _go(page, "Sélection")
    page.get_by_role("combobox", name="Scénario").click()
    page.get_by_role("option", name=SCENARIO).click()
    expect(page.get_by_text("par Claire Essai")).to_be_visible()
    settle(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Classeur (xlsx)").click()
    assert waiting.value.suggested_filename.startswith(f"selection_{PROGRAMME}_comite_du_15_juin_")
    return openpyxl.load_workbook(io.BytesIO(Path(waiting.value.path()).read_bytes()))


def _check(book: openpyxl.Workbook, refused: str, granted: str) -> None:
    """Each sheet adds up to its total and to the sheet « Contexte »; the total is the one that stood on the screen."""
    assert book.sheetnames == ["Sélection", "Liste d'attente", "Non retenus", "Contexte"]
    facts = {row[0]: row[1:] for row in book["Contexte"].iter_rows(values_only=True) if row[0]}
    assert facts["Scénario"][0] == SCENARIO
    assert facts["Auteur"][0] == "Claire Essai"
    assert facts["Enveloppe (€)"][0] == 3_990_000
    for name in book.sheetnames[:3]:
        rows, total = _rows(book[name])
        assert _cents(total["Montant accordé (€)"]) == sum(_cents(row["Montant accordé (€)"]) for row in rows)
        assert facts[name][0] == len(rows)
        assert _cents(facts[name][4]) == _cents(total["Montant accordé (€)"])
    _, total = _rows(book["Sélection"])
    assert _cents(total["Montant accordé (€)"]) == int("".join(c for c in granted if c.isdigit()))
    (told,) = (row for row in _rows(book["Non retenus"])[0] if row["Numéro de dossier"] == refused)
    assert REFUSED.removesuffix(".") in told["Raison"]


def _rows(sheet: Any) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The rows of a list and its total row, by header."""
    headers, *rows = sheet.iter_rows(values_only=True)
    named = [dict(zip(headers, row, strict=True)) for row in rows]
    assert rows[-1][0] == "Total"
    return named[:-1], named[-1]


def _cents(amount: float | None) -> int:
    return int((Decimal(str(amount or 0)) * 100).to_integral_value())

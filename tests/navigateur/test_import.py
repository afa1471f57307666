"""The import screen in a real browser: several files, a hostile one, columns corrected by hand and remembered."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from clact_model.fields import dictionary
from tests.bad_inputs import archives
from tests.conftest import Server, Start
from tests.intake.builders import flat_csv, flat_rows, xlsx
from tests.navigateur.screens import settle

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AMOUNT = dictionary().get("action", "montant_demande").libelle
CORRESPONDENCE = "Tableau de Lille"
HEAD = ["Numéro de dossier", "N° FINESS", "Statut juridique", "Somme attendue", "Coût total"]


@pytest.fixture
def site(start: Start, tmp_path: Path) -> Server:
    """The dashboard on an empty base."""
    return start(tmp_path / "import.duckdb", CLACT_AUJOURDHUI="2022-06-15", CLACT_UTILISATEUR="Claire Essai")


def _payload(name: str, content: bytes) -> FilePayload:
    return FilePayload(name=name, mimeType="text/csv" if name.endswith(".csv") else XLSX, buffer=content)


def _renamed(*numbers: str) -> bytes:
    rows = [[number, "590000014", "public", 400, 1000] for number in numbers]
    return xlsx({"Dossiers": [HEAD, *rows]})


def _drop(page: Page, site: Server, *files: FilePayload) -> None:
    page.goto(f"{site.url}/importer")
    settle(page)
    page.locator("input[type=file]").first.set_input_files(list(files))
    expect(page.get_by_text(files[-1]["name"]).first).to_be_visible()
    settle(page)


def _write(page: Page, dossiers: str) -> None:
    page.get_by_role("button", name=f"Écrire dans la base ({dossiers})").click()
    expect(page.get_by_text("C'est écrit.")).to_be_visible()
    settle(page)


def test_a_hostile_file_among_others_is_refused_and_the_others_go_in_without_it(site: Server, page: Page) -> None:
    sound = [_payload("nord.csv", flat_csv(flat_rows()[:3])), _payload("aisne.csv", flat_csv(flat_rows()[3:]))]
    hostile = _payload("piege.xlsx", archives.laughs())
    _drop(page, site, *sound, hostile)
    expect(page.get_by_text("déclare des entités ou un type de document").first).to_be_visible()
    expect(page.get_by_role("button", name="Écrire dans la base")).to_have_count(0)
    assert site.process.poll() is None
    _drop(page, site, *sound)
    _write(page, "5 dossiers")


def test_a_renamed_column_is_put_right_once_and_the_next_file_needs_no_click(site: Server, page: Page) -> None:
    _drop(page, site, _payload("lille.xlsx", _renamed("A1")))
    expect(page.get_by_text("Une réponse est attendue").first).to_be_visible()
    expect(page.get_by_role("combobox", name=re.compile("Corriger la colonne"))).to_have_value(
        re.compile("Somme attendue")
    )
    field = page.get_by_role("combobox", name=re.compile("Elle va dans")).first
    field.press("Backspace")  # What the tool supposed is not it.
    settle(page)
    field.press_sequentially(AMOUNT)
    page.get_by_role("option", name=AMOUNT).click()
    page.keyboard.press("Escape")
    settle(page)
    page.get_by_role("button", name="Appliquer").first.click()
    name = page.get_by_role("textbox", name="Garder ces corrections sous le nom")
    name.fill(CORRESPONDENCE)
    page.get_by_role("button", name="Enregistrer la correspondance").click()
    expect(page.get_by_text(f"Correspondance appliquée : « {CORRESPONDENCE} »")).to_be_attached()
    settle(page)
    _write(page, "1 dossier")
    _drop(page, site, _payload("lille_juin.xlsx", _renamed("A1", "A2")))
    expect(page.get_by_text("Tout peut entrer").first).to_be_visible()
    expect(page.get_by_text(f"Correspondance appliquée : « {CORRESPONDENCE} »")).to_be_attached()
    _write(page, "1 dossier")

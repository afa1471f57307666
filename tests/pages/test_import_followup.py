"""After the remarks of an import: one's own file with the cells marked, and a text for each establishment."""

from io import BytesIO
from pathlib import Path

import openpyxl
from streamlit.testing.v1 import AppTest

from tests.pages.test_importer import PAGE, _drop, _with, _write
from tests.pages.walk import Open, empty, open_page, sane  # noqa: F401

FAULTY = _with({("Actions", 5, "Montant demandé à l'ARS"): "voir devis"})


def buttons(test: AppTest) -> dict[str, str]:
    """Label of each download → what identifies its button."""
    return {found.proto.label: found.proto.id for found in test.get("download_button")}


def dossier_of_the_fault() -> str:
    return str(openpyxl.load_workbook(BytesIO(FAULTY))["Actions"].cell(5, 1).value)


def test_a_faulty_file_can_be_downloaded_with_its_cells_marked(open_page: Open, empty: Path) -> None:  # noqa: F811
    test = _drop(open_page(empty, PAGE), "candidatures.xlsx", FAULTY)
    assert "Télécharger mon fichier annoté" in buttons(test)


def test_the_text_for_an_establishment_is_shown_when_it_is_asked_for(open_page: Open, empty: Path) -> None:  # noqa: F811
    test = _drop(open_page(empty, PAGE), "candidatures.xlsx", FAULTY)
    assert not test.main.code
    test.main.toggle(key="textes_apercu").set_value(True).run()
    sane(test)
    test.main.selectbox(key="texte_de_apercu").set_value(dossier_of_the_fault()).run()
    sane(test)
    text = test.main.code[0].value
    assert f"dossier n° {dossier_of_the_fault()}" in text
    assert "« voir devis » n'est pas un montant" in text
    assert "@" not in text
    assert any(label.startswith("Télécharger tous les textes") for label in buttons(test))


def test_a_past_import_has_both_too(open_page: Open, empty: Path) -> None:  # noqa: F811
    test = _write(_drop(open_page(empty, PAGE), "candidatures.xlsx", FAULTY))
    test.session_state["imports"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    test.run()
    sane(test)
    assert "Télécharger mon fichier annoté" in buttons(test)
    assert [toggle for toggle in test.main.toggle if toggle.label.startswith("Textes à envoyer")]


def test_a_file_refused_at_the_door_has_its_list_and_no_text_to_send(open_page: Open, empty: Path) -> None:  # noqa: F811
    test = _drop(open_page(empty, PAGE), "mauvais.xlsx", b"ceci n'est pas un classeur")
    assert "Télécharger mon fichier annoté" in buttons(test)
    assert not [toggle for toggle in test.main.toggle if toggle.label.startswith("Textes à envoyer")]

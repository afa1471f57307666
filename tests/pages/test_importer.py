"""Files are read, reported on, and written once."""

from io import BytesIO
from pathlib import Path

import openpyxl
from streamlit.testing.v1 import AppTest

from clact_model import paths
from tests.pages.walk import PROGRAMME, Open, empty, filled, open_page, sane, words, written  # noqa: F401

PAGE = "campagne/importer.py"
WORKBOOK = paths.DEMO_FOLDER / f"{PROGRAMME}.xlsx"


def _drop(test: AppTest, name: str, content: bytes) -> AppTest:
    test.main.file_uploader[0].upload(name, content, "application/octet-stream").run()
    sane(test)
    return test


def _with(changes: dict[tuple[str, int, str], object]) -> bytes:
    """The demonstration's workbook with some cells changed: (sheet, row, header) → value."""
    book = openpyxl.load_workbook(WORKBOOK)
    for (sheet, row, header), value in changes.items():
        heads = [cell.value for cell in book[sheet][1]]
        book[sheet].cell(row, heads.index(header) + 1).value = value
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _counts(test: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in test.main.metric}


def _choose_import(test: AppTest, place: int) -> None:
    test.session_state["imports"] = {"selection": {"rows": [place], "columns": [], "cells": []}}
    test.run()
    sane(test)


def _write(test: AppTest) -> AppTest:
    test.main.button(key="import_ecrire").click().run()
    sane(test)
    return test


def test_without_a_file_the_empty_workbook_and_the_history_are_there(open_page: Open, empty: Path) -> None:  # noqa: F811
    test = open_page(empty, PAGE)
    assert len(test.get("download_button")) == 2
    assert "Aucun import n'a encore été écrit" in words(test)


def test_nothing_is_written_before_it_is_confirmed_then_once(open_page: Open, empty: Path) -> None:  # noqa: F811
    test = _drop(open_page(empty, PAGE), "candidatures.xlsx", WORKBOOK.read_bytes())
    assert "Rien n'est encore écrit" in words(test)
    assert _counts(test)["Nouveaux"] == "96"
    assert "Aucun import n'a encore été écrit" in words(test)
    _write(test)
    assert "C'est écrit" in words(test)
    assert len(test.dataframe[-1].value) == 1
    assert {link.proto.label for link in test.get("page_link")} >= {"Voir les dossiers"}


def test_the_same_file_again_has_nothing_to_write(open_page: Open, filled: Path) -> None:  # noqa: F811
    test = _drop(open_page(filled, PAGE), "encore.xlsx", WORKBOOK.read_bytes())
    assert "Rien à écrire" in words(test)
    assert "est déjà importé" in test.main.table[0].value.iloc[0]["Ce qui est dit, et le remède"]
    assert not [button for button in test.main.button if button.key == "import_ecrire"]


def test_a_corrected_file_shows_the_old_value_and_the_new(open_page: Open, written: Path) -> None:  # noqa: F811
    test = _drop(open_page(written, PAGE), "corrige.xlsx", _with({("Dossiers", 8, "RIB"): "non"}))
    changes = next(table.value for table in test.dataframe if "avant" in table.value.columns)
    assert changes[["champ", "avant", "apres"]].to_numpy().tolist() == [["RIB", "oui", "non"]]
    _write(test)
    assert _counts(test)["Modifiés"] == "1"


def test_a_bad_cell_is_named_with_its_place_and_its_remedy(open_page: Open, filled: Path) -> None:  # noqa: F811
    content = _with({("Actions", 5, "Montant demandé à l'ARS"): "[voir](http://mal.example) devis"})
    test = _drop(open_page(filled, PAGE), "faute.xlsx", content)
    said = test.main.table[0].value
    row = said[said["Où"].str.contains("ligne 5") & said["Où"].str.contains("colonne L")].iloc[0]
    assert "«\u00a0Actions\u00a0»" in row["Où"]
    assert row["Effet"] == "✖\u00a0Refusé"
    assert "n\\'est pas un montant" in row["Ce qui est dit, et le remède"]
    assert "[voir](http" not in row["Valeur lue"]


def test_a_file_that_is_no_workbook_is_refused_in_one_sentence(open_page: Open, filled: Path) -> None:  # noqa: F811
    test = _drop(open_page(filled, PAGE), "mauvais.xlsx", b"ceci n'est pas un classeur")
    assert "Rien de ces fichiers ne peut entrer" in words(test)
    assert not [button for button in test.main.button if button.key == "import_ecrire"]


def test_an_earlier_import_is_undone_after_a_preview(open_page: Open, written: Path) -> None:  # noqa: F811
    test = _write(_drop(open_page(written, PAGE), "corrige.xlsx", _with({("Dossiers", 8, "RIB"): "non"})))
    history = test.dataframe[-1].value
    assert history["fichiers"].tolist() == ["corrige.xlsx", f"{PROGRAMME}.xlsx"]
    _choose_import(test, 0)
    assert "corrige.xlsx" in [button.proto.label.replace("\\", "") for button in test.get("download_button")]
    next(button for button in test.main.button if button.label == "Annuler cet import…").click().run()
    sane(test)
    assert "1 dossier retrouverait l'état d'avant" in words(test)
    changes = next(table.value for table in test.dataframe if "avant" in table.value.columns)
    assert changes[["champ", "avant", "apres"]].to_numpy().tolist() == [["RIB", "non", "oui"]]
    test.main.button(key="annulation_confirmer").click().run()
    sane(test)
    assert "annulé : 0 dossier retiré, 1 dossier rétabli" in words(test)
    assert "↩ Annulé (tout est entré)" in test.dataframe[-1].value["resultat"].tolist()


def test_an_import_that_was_rewritten_says_which_one_to_undo_first(open_page: Open, written: Path) -> None:  # noqa: F811
    test = _write(_drop(open_page(written, PAGE), "corrige.xlsx", _with({("Dossiers", 8, "RIB"): "non"})))
    _choose_import(test, 1)
    next(button for button in test.main.button if button.label == "Annuler cet import…").click().run()
    assert "annulez\\-le d\\'abord" in words(test)
    assert not [button for button in test.main.button if button.key == "annulation_confirmer"]
    test.main.button(key="annulation_garder").click().run()
    sane(test)
    assert "abord" not in words(test)


def test_a_question_must_be_answered_before_writing(open_page: Open, written: Path) -> None:  # noqa: F811
    book = openpyxl.load_workbook(BytesIO(_with({("Dossiers", 8, "RIB"): "non"})))
    gone = book["Dossiers"].cell(20, 1).value
    book["Dossiers"].delete_rows(20)
    for row in range(book["Actions"].max_row, 1, -1):
        if book["Actions"].cell(row, 1).value == gone:
            book["Actions"].delete_rows(row)
    content = BytesIO()
    book.save(content)
    test = _drop(open_page(written, PAGE), "incomplet.xlsx", content.getvalue())
    assert "absents de ce fichier" in words(test)
    assert test.main.button(key="import_ecrire").disabled
    next(box for box in test.main.checkbox if "continuer" in box.label).check().run()
    assert not test.main.button(key="import_ecrire").disabled
    _write(test)
    assert "C'est écrit" in words(test)

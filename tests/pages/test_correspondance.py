"""The columns of a file are shown beside their fields, corrected by hand, and kept for the next file."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.intake.builders import xlsx
from tests.pages.walk import Open, empty, open_page, sane, words  # noqa: F401

PAGE = "campagne/importer.py"
HEAD = ["Numéro de dossier", "N° FINESS", "Structure porteuse", "Nature du porteur", "Somme attendue", "Coût total"]


def _content(number: str = "A1") -> bytes:
    return xlsx({"Dossiers": [HEAD, [number, "590000014", "CH A", "Hôpital", 400, 1000]]})


def _dropped(open_page: Open, base: Path, number: str = "A1") -> AppTest:  # noqa: F811
    test = open_page(base, PAGE)
    test.main.file_uploader[0].upload("stars.xlsx", _content(number), "application/octet-stream").run()
    sane(test)
    return test


def _correct(test: AppTest, key: str, champ: str) -> None:
    test.main.selectbox(key="colonne_0").select(key).run()
    test.main.multiselect(key=f"champs_0_{key}").set_value([champ]).run()
    test.main.button(key="appliquer_0").click().run()
    sane(test)


def test_each_column_is_shown_beside_its_field_with_examples(open_page: Open, empty: Path) -> None:  # noqa: F811
    test = _dropped(open_page, empty)
    seen = next(table.value for table in test.dataframe if "exemples" in table.value.columns)
    cost = seen[seen["titre"] == "Coût total"].iloc[0]
    assert (cost["champs"], cost["comment"], cost["exemples"]) == ("Coût total", "Titre du modèle", "1000")
    assert seen[seen["titre"] == "Structure porteuse"].iloc[0]["comment"] == "Non lue"
    assert "Champs qu'aucune colonne ne donne" in words(test)


def test_a_correction_is_read_at_once_and_kept_for_the_next_file(open_page: Open, empty: Path) -> None:  # noqa: F811
    test = _dropped(open_page, empty)
    assert "Une réponse est attendue" in words(test)
    _correct(test, "somme attendue", "montant_demande")
    _correct(test, "nature du porteur", "statut")
    assert "« Hôpital »" in str(test.main.selectbox(key="valeur_fichier").options)
    test.main.selectbox(key="valeur_sens_statut|hopital").select("public").run()
    test.main.button(key="appliquer_valeur").click().run()
    sane(test)
    assert "Tout peut entrer" in words(test)
    next(box for box in test.main.text_input if "Garder ces corrections" in box.label).set_value("STARS-FIR")
    next(button for button in test.main.button if "Enregistrer la correspondance" in button.label).click().run()
    sane(test)
    again = _dropped(open_page, empty, "A2")
    assert "Correspondance appliquée : « STARS" in words(again)
    assert "Tout peut entrer" in words(again)


def test_what_a_file_was_taken_for_can_be_changed(open_page: Open, empty: Path) -> None:  # noqa: F811
    test = _dropped(open_page, empty)
    nature = next(box for box in test.main.selectbox if "est lu comme" in box.label)
    assert nature.value == "classeur"
    nature.select("plateforme").run()
    sane(test)
    assert "pas les titres" in test.main.table[0].value.iloc[0]["Ce qui est dit, et le remède"]

"""Registers are dropped, recognised and loaded; the dossiers are compared with them and completed."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from clact_model import dossiers, references
from clact_model.store import Base
from pages.components import base as screens
from tests import facts
from tests.decision.builders import put_decision
from tests.pages.walk import Open, empty, filled, open_page, programme, sane, words  # noqa: F401
from tests.references import builders

PAGE = "campagne/references.py"
FIXTURES = Path(__file__).parents[1] / "fixtures"


def _drop(test: AppTest, name: str, content: bytes) -> AppTest:
    test.main.file_uploader[0].upload(name, content, "application/octet-stream").run()
    sane(test)
    return test


def _known(path: Path) -> Path:
    """A base with one dossier that agrees with the register but for its sector, and whose SIRET is missing."""
    base = Base(path)
    dossier = {"numero": "D1", "raison_sociale": "CH de Lille", "finess": builders.SITE, "secteur": "medico_social"}
    facts.put(base, programme(), dossier, [{"montant_demande": 1000}])
    references.load(base, builders.new_register())
    base.close()
    return path


def _stored(*champs: str) -> tuple[object, ...]:
    """Fields of the one dossier, read through the base that the screen holds open."""
    (one,) = dossiers.read(screens.opened().cursor(), programme())
    return tuple(one[champ] for champ in champs)


def test_without_a_register_the_page_says_which_files_to_drop(open_page: Open, empty: Path) -> None:  # noqa: F811
    test = open_page(empty, PAGE)
    assert "Aucun référentiel n'est chargé" in words(test)
    assert not test.main.metric


def test_a_register_is_recognised_before_it_is_loaded(open_page: Open, empty: Path) -> None:  # noqa: F811
    name = "finess-structures-journalier-20260911.json.gz"
    test = _drop(open_page(empty, PAGE), name, (FIXTURES / name).read_bytes())
    row = test.main.table[0].value.iloc[0]
    assert (row["Reconnu comme"], row["Extraction du"]) == ("Flux FINESS « structures » de l'ANS (JSON)", "11/09/2026")
    assert not test.main.metric
    test.main.button(key="references_charger").click().run()
    sane(test)
    assert {figure.label: figure.value for figure in test.main.metric} == {
        "Établissements": "54",
        "Dont fermés": "1",
        "Entités juridiques": "54",
        "Dont en GHT": "20",
    }
    assert "1 référentiel chargé" in words(test)
    assert "Aucun dossier n'est encore importé" in words(test)


def test_a_file_that_is_no_register_is_refused_in_its_place(open_page: Open, empty: Path) -> None:  # noqa: F811
    test = _drop(open_page(empty, PAGE), "notes.csv", b"a;b\n1;2\n")
    assert "pas un référentiel reconnu" in words(test)
    assert not [button for button in test.main.button if button.key == "references_charger"]


def test_an_older_extraction_is_loaded_only_on_a_word(open_page: Open, empty: Path) -> None:  # noqa: F811
    test = _drop(open_page(_known(empty), PAGE), "ancien.csv", builders.etalab().encode())
    assert "plus récente" in words(test)
    assert test.main.button(key="references_charger").disabled
    test.main.checkbox(key="references_anciennes").check().run()
    test.main.button(key="references_charger").click().run()
    sane(test)
    assert len(test.main.dataframe[0].value) == 2


def test_differences_are_shown_in_words_and_filtered(open_page: Open, empty: Path) -> None:  # noqa: F811
    test = open_page(_known(empty), PAGE)
    (row,) = test.main.dataframe[1].value.to_dict("records")
    assert row["genre"] == "Secteur : autre valeur"
    assert (row["dossier"], row["referentiel"], row["certitude"]) == ("Médico-social", "Sanitaire", "son FINESS")
    test.main.text_input(key="differences_cherche").input("introuvable").run()
    sane(test)
    assert "0 différence" in words(test)


def test_a_preview_then_a_click_completes_the_dossiers(open_page: Open, empty: Path) -> None:  # noqa: F811
    test = open_page(_known(empty), PAGE)
    preview = {row["champ"]: row["valeur"] for row in test.main.dataframe[2].value.to_dict("records")}
    assert preview["N° SIRET"] == builders.SITE_SIRET
    assert preview["Statut juridique"] == "Public"
    test.main.button(key="completer").click().run()
    sane(test)
    assert "Rien à compléter" in words(test) and "le journal le garde" in words(test)
    assert _stored("siret", "secteur") == (builders.SITE_SIRET, "medico_social")


def test_a_decided_dossier_is_named_and_not_completed(open_page: Open, empty: Path) -> None:  # noqa: F811
    path = _known(empty)
    base = Base(path)
    put_decision(base, programme(), "D1")
    base.close()
    test = open_page(path, PAGE)
    assert "d'un dossier déjà décidé (D1) \\: rien n'y est complété" in words(test).replace("\\'", "'").replace(
        "\\(", "("
    ).replace("\\)", ")")
    assert not [button for button in test.main.button if button.key == "completer"]


def test_one_field_alone_can_be_completed(open_page: Open, empty: Path) -> None:  # noqa: F811
    test = open_page(_known(empty), PAGE)
    test.main.button_group(key="completion_champ").select("siret").run()
    test.main.button(key="completer").click().run()
    sane(test)
    assert _stored("siret", "statut") == (builders.SITE_SIRET, None)


def test_the_fiche_shows_the_other_dossiers_of_the_establishment(open_page: Open, empty: Path) -> None:  # noqa: F811
    base = Base(_known(empty))
    facts.put(base, programme(), {"numero": "D2", "siret": builders.SITE_SIRET}, [{"montant_demande": 500}])
    base.close()
    test = open_page(empty, "instruction/fiche_dossier.py", numero="D1")
    assert "Autres dossiers de cet établissement" in words(test)
    others = next(table.value for table in test.main.dataframe if "lien" in table.value.columns)
    assert others[["numero", "lien"]].to_numpy().tolist() == [["D2", "Même établissement"]]

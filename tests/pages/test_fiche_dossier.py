"""One dossier at its own address, and what an instructor writes on it."""

from decimal import Decimal
from pathlib import Path

from streamlit.testing.v1 import AppTest

from clact_model import dossiers, scoring
from clact_model.store import Base
from pages.components import base as screens
from pages.components import text
from tests.pages.walk import Open, empty, filled, open_page, programme, sane, words, written  # noqa: F401

PAGE = "instruction/fiche_dossier.py"
NUMERO = "NOR25-0102"


def test_an_empty_base_says_what_to_do(open_page: Open, empty: Path) -> None:  # noqa: F811
    assert "Aucun dossier n'est encore importé" in words(open_page(empty, PAGE))


def test_without_a_number_a_dossier_is_to_be_chosen(open_page: Open, filled: Path) -> None:  # noqa: F811
    test = open_page(filled, PAGE)
    assert "Choisissez un dossier" in words(test)
    assert len(test.main.selectbox[0].options) == 96


def test_a_number_that_is_not_there_is_said(open_page: Open, filled: Path) -> None:  # noqa: F811
    test = open_page(filled, PAGE, numero="<b>[x](http://mal.example)")
    assert "n'est pas dans ce programme" in words(test)
    assert "[x](http" not in words(test)


def test_a_dossier_has_its_own_address(open_page: Open, filled: Path) -> None:  # noqa: F811
    test = open_page(filled, PAGE, numero=NUMERO)
    said = words(test)
    assert test.main.selectbox[0].value == NUMERO
    assert "Centre fictif de réadaptation de Bretteclair" in said
    assert "Règles du dossier" in said and "Notes de l'instructeur" in said
    assert {"verdict", "assiette", "aide_maximale"} <= set(test.dataframe[0].value.columns)


def test_a_failing_rule_shows_its_message_and_the_words_of_the_call(open_page: Open, filled: Path) -> None:  # noqa: F811
    said = words(open_page(filled, PAGE, numero="NOR25-0114"))
    assert "L\\'évaluation quantitative et qualitative des actions précédemment financées n\\'est pas produite" in said
    assert "Notre lecture" in said


def test_everything_that_the_file_says_of_a_dossier_is_on_its_fiche(open_page: Open, filled: Path) -> None:  # noqa: F811
    said = words(open_page(filled, PAGE, numero=NUMERO))
    shown = [field.libelle for field in programme().dictionary.stored("dossier") if field.type != "courriel"]
    assert [label for label in shown if text.plain(label) not in said] == []


def test_an_override_is_written_with_its_reason_and_can_be_lifted(open_page: Open, written: Path) -> None:  # noqa: F811
    test = open_page(written, PAGE, numero=NUMERO)
    test.main.text_area[0].set_value("Pièce vue *sur place*")
    next(button for button in test.main.button if button.label == "Déroger").click().run()
    sane(test)
    assert "par Camille Essai" in words(test)
    assert "Pièce vue \\*sur place\\*" in words(test)
    next(button for button in test.main.button if button.label == "Lever la dérogation").click().run()
    sane(test)
    assert "par Camille Essai" not in words(test)
    assert "Dérogation levée" in words(test)


def test_an_override_without_a_reason_is_refused(open_page: Open, filled: Path) -> None:  # noqa: F811
    test = open_page(filled, PAGE, numero=NUMERO)
    next(button for button in test.main.button if button.label == "Déroger").click().run()
    assert "Une dérogation demande un motif écrit" in words(test)


def test_a_grade_is_written_and_kept_in_the_history(open_page: Open, written: Path) -> None:  # noqa: F811
    test = open_page(written, PAGE, numero=NUMERO)
    choice = test.main.selectbox(key=f"note_{NUMERO}_dialogue_social")
    choice.select(Decimal(5))
    next(button for button in test.main.button if button.label == "Enregistrer les notes").click().run()
    sane(test)
    assert "Notes enregistrées" in words(test)
    history = next(table.value for table in test.dataframe if "avant" in table.value.columns)
    assert next(iter(history["champ"].dropna())) == "Qualité du dialogue social"


def _note(base: Base) -> Decimal | None:
    """The grade that counts, as the rules read it."""
    (note,) = (one["dialogue_social"] for one in dossiers.read(base.cursor(), programme()) if one["numero"] == NUMERO)
    return note


def test_a_grade_is_taken_back_and_that_of_the_file_holds_again(open_page: Open, written: Path) -> None:  # noqa: F811
    base = Base(written)
    of_the_file = _note(base)
    scoring.grade(base, programme(), NUMERO, "dialogue_social", Decimal("0.5"))
    assert _note(base) != of_the_file
    base.close()
    test = open_page(written, PAGE, numero=NUMERO)
    assert "Qualité de la concertation et du dialogue social : 0,5, par " in words(test)
    test.main.button(key=_withdrawal(test)).click().run()
    sane(test)
    assert "Note retirée" in words(test)
    assert not _withdrawal(test)
    assert _note(screens.opened()) == of_the_file


def _withdrawal(test: AppTest) -> str | None:
    return next((button.key for button in test.main.button if button.label == "Retirer cette note"), None)


def test_the_next_dossier_is_one_click_away(open_page: Open, filled: Path) -> None:  # noqa: F811
    test = open_page(filled, PAGE, numero=NUMERO)
    next(button for button in test.main.button if button.label == "Suivant").click().run()
    sane(test)
    assert test.main.selectbox[0].value == "NOR25-0103"


def test_the_contact_is_never_shown(open_page: Open, filled: Path) -> None:  # noqa: F811
    assert "fictif.example" not in words(open_page(filled, PAGE, numero=NUMERO))


def _press(test: AppTest, label: str) -> AppTest:
    next(button for button in test.main.button if button.label == label).click().run()
    sane(test)
    return test


def test_a_remark_is_added_corrected_and_withdrawn_with_its_trace(open_page: Open, written: Path) -> None:  # noqa: F811
    test = open_page(written, PAGE, numero=NUMERO)
    next(area for area in test.main.text_area if area.label == "Nouvelle remarque").set_value("Appel *DRH*")
    _press(test, "Ajouter la remarque")
    assert "**Camille Essai**" in words(test) and "Appel \\*DRH\\*" in words(test)
    next(area for area in test.main.text_area if area.label == "Remarque corrigée").set_value("Appel direction")
    _press(test, "Enregistrer la correction")
    assert "Appel direction" in words(test) and "corrigée depuis" in words(test)
    _press(test, "Retirer cette remarque")
    assert "Appel direction" not in words(test) and "Appel \\*DRH\\*" in words(test)
    history = next(table.value for table in test.dataframe if "avant" in table.value.columns)
    assert list(history["nature"][:2]) == ["Remarque retirée", "Remarque retirée"]
    assert history["avant"].iloc[0] == "Appel direction"


def test_somebody_is_put_in_charge_and_the_list_shows_it(open_page: Open, written: Path) -> None:  # noqa: F811
    test = open_page(written, PAGE, numero=NUMERO)
    next(field for field in test.main.text_input if field.label == "Ou une autre personne").set_value(
        "Dominique Lefèvre"
    )
    _press(test, "Enregistrer")
    assert "1 dossier confié à Dominique Lefèvre (1 changement)" in words(test)
    test.switch_page("pages/instruction/dossiers.py").run()
    test.multiselect(key="instructeur").select("Dominique Lefèvre").run()
    assert list(test.dataframe[0].value["numero"]) == [NUMERO]


def test_a_piece_is_asked_for_with_the_delay_of_the_call_and_received_once(open_page: Open, written: Path) -> None:  # noqa: F811
    test = open_page(written, PAGE, numero=NUMERO)
    asked = next(box for box in test.main.selectbox if box.label == "Pièce à demander")
    assert asked.options[0] == "Statuts de l'association : inconnue"
    due = next(field for field in test.main.date_input if field.label == "Échéance")
    assert due.value == programme().file.completer_jusqu_au
    _press(test, "Demander la pièce")
    assert "**Statuts de l'association**" in words(test).replace("\\", "")
    assert (
        "Statuts de l'association : inconnue"
        not in next(box for box in test.main.selectbox if box.label == "Pièce à demander").options
    )
    _press(test, "Marquer reçue")
    assert "Pièce reçue" in words(test)
    assert not [button for button in test.main.button if button.label == "Marquer reçue"]


def test_a_piece_that_the_dossier_says_is_there_is_proposed_as_received(open_page: Open, written: Path) -> None:  # noqa: F811
    test = open_page(written, PAGE, numero=NUMERO)
    asked = next(box for box in test.main.selectbox if box.label == "Pièce à demander")
    asked.select(next(option for option in asked.options if option == "RIB : jointe")).run()
    _press(test, "Demander la pièce")
    assert "Le dossier dit maintenant que cette pièce est là" in words(test)


def test_something_else_is_asked_for_in_free_words(open_page: Open, written: Path) -> None:  # noqa: F811
    test = open_page(written, PAGE, numero=NUMERO)
    next(box for box in test.main.selectbox if box.label == "Pièce à demander").select(
        "Autre pièce ou information"
    ).run()
    _press(test, "Demander la pièce")
    assert "Nommez la pièce à demander" in words(test)
    next(field for field in test.main.text_input if field.label == "Ce qui est demandé").set_value("Lettre du maire")
    _press(test, "Demander la pièce")
    assert "**Lettre du maire**" in words(test)


def test_the_check_sheet_is_offered_under_the_number_of_the_dossier(open_page: Open, filled: Path) -> None:  # noqa: F811
    test = open_page(filled, PAGE, numero=NUMERO)
    labels = [button.proto.label for button in test.get("download_button")]
    assert labels == ["Fiche de contrôle à imprimer"]


def test_a_dossier_withdrawn_is_set_aside_with_its_reason_and_taken_up_again(open_page: Open, written: Path) -> None:  # noqa: F811
    test = open_page(written, PAGE, numero=NUMERO)

    def send() -> None:
        next(button for button in test.main.button if button.label == "Mettre ce dossier de côté").click().run()
        sane(test)

    send()
    assert "Donnez un motif" in words(test)
    next(field for field in test.main.text_input if field.label == "Motif").set_value("Retiré *par courriel*")
    send()
    assert "mis de côté : il se reprend sous la liste" in words(test)
    test = open_page(written, PAGE, numero=NUMERO)
    assert "est mis de côté" in words(test) and len(test.main.selectbox[0].options) == 95
    test = open_page(written, "instruction/dossiers.py")
    aside = test.dataframe[-1].value
    place = list(aside["numero"]).index(NUMERO)
    assert aside["motif"][place] == "Retiré *par courriel*"
    name = test.dataframe[-1].proto.id
    test.session_state[name[name.index("mis_de_cote") :]] = {"selection": {"rows": [place], "columns": [], "cells": []}}
    test.run()
    next(button for button in test.main.button if button.label.startswith("Reprendre le dossier")).click().run()
    sane(test)
    assert "de nouveau instruit et classé" in words(test)

"""The files of the follow-up on screen: statements sent and taken back, payments matched and confirmed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from clact_model import ledger
from pages.components import base as screen
from tests.intake import builders
from tests.pages.walk import Open, open_page, sane, words  # noqa: F401
from tests.statements.builders import GRANTED, RECEIVED, followed, programme, row, statement

Opened = Callable[..., AppTest]
PAYMENTS, EXPENSES = "suivi/conventions_et_versements.py", "suivi/consommation.py"
CHORUS = (
    "Référence;Montant;Date de paiement;Bénéficiaire;SIRET;Libellé\n"
    f"DP-1;2000,00;02/05/2026;Établissement 1;{builders.SIRETS[0]};CONV-2026-17\n"
    f"DP-2;1500,00;03/08/2026;Établissement 1;{builders.SIRETS[0]};subvention\n"
    "DP-3;333,33;03/08/2026;EHPAD des Lilas;;\n"
).encode()


@pytest.fixture
def base(tmp_path: Path) -> Path:
    opened = followed(tmp_path)
    opened.close()
    return opened.path


@pytest.fixture
def opened(open_page: Open, base: Path, monkeypatch: pytest.MonkeyPatch) -> Opened:  # noqa: F811
    """A page of that call on the day on which statements are received."""

    def run(page: str, vue: str | None = None) -> AppTest:
        test = open_page(base, page)
        monkeypatch.setenv("CLACT_AUJOURDHUI", RECEIVED.isoformat())
        test.session_state["programme"] = programme().id
        test.run()
        if vue:
            test.segmented_control(key="conso_vue" if page == EXPENSES else "vue").set_value(vue).run()
        sane(test)
        return test

    return run


def drop(test: AppTest, name: str, content: bytes) -> AppTest:
    test.main.file_uploader[0].upload(name, content, "application/octet-stream").run()
    sane(test)
    return test


def balance() -> ledger.Balance:
    """Of the grant, in the base that the page has open."""
    return ledger.balances(screen.cursor(), programme().id, RECEIVED)[GRANTED, "aide"]


def figures(test: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in test.main.metric}


def test_a_statement_is_shown_then_written_once(opened: Opened) -> None:
    test = opened(EXPENSES, "États récapitulatifs")
    assert len(test.get("download_button")) == 2
    drop(test, "etat.xlsx", statement(row(), row("2026-9999", "F-2")).content)
    assert (figures(test)["Nouvelles"], figures(test)["Refusées"]) == ("1", "1")
    assert "Rien n'est encore écrit" in words(test)
    assert balance().presente == 0
    test.main.button(key="import_ecrire").click().run()
    sane(test)
    assert "C'est écrit" in words(test)
    assert balance().presente == 1000


def test_the_importer_takes_a_statement_in_the_same_way(opened: Opened) -> None:
    test = drop(opened("campagne/importer.py"), "etat.xlsx", statement(row()).content)
    assert figures(test)["Nouvelles"] == "1"
    assert "État récapitulatif \\(consommation\\)" in words(test)
    test.main.button(key="import_ecrire").click().run()
    sane(test)
    assert balance().presente == 1000
    test.session_state["imports"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    test.run()
    next(button for button in test.main.button if button.label == "Annuler cet import…").click().run()
    assert "1 ligne du registre serait contre-passée" in words(test)
    test.main.button(key="annulation_confirmer").click().run()
    sane(test)
    assert "1 ligne du registre contre-passée" in words(test)
    assert balance().presente == 0


def test_the_importer_says_where_an_extract_of_payments_goes(opened: Opened) -> None:
    test = drop(opened("campagne/importer.py"), "chorus.csv", CHORUS)
    assert "Import des versements" in test.main.table[0].value.iloc[0]["Ce qui est dit, et le remède"]


def test_payments_are_proposed_chosen_and_written_once(opened: Opened) -> None:
    test = drop(opened(PAYMENTS, "Import des versements"), "chorus.csv", CHORUS)
    assert [figures(test)[name] for name in ("Sûrs", "À confirmer", "Sans candidat", "Déjà inscrits")] == list("1110")
    assert balance().paye == 0
    question = test.main.selectbox(key="versement_chorus.csv_3")
    assert question.value == "Laisser de côté"
    question.select_index(1).run()
    sane(test)
    assert "2 versements" in test.main.button(key="versements_inscrire").label
    test.main.button(key="versements_inscrire").click().run()
    sane(test)
    assert balance().paye == 3500
    assert any("2 versements inscrits" in box.value for box in test.success)


def test_what_the_ledger_refuses_is_said_and_nothing_is_written(opened: Opened) -> None:
    test = drop(opened(PAYMENTS, "Import des versements"), "chorus.csv", CHORUS)
    options = test.main.selectbox(key="versement_chorus.csv_4").options
    unsigned = next(place for place, label in enumerate(options) if "2026-0002" in label)
    test.main.selectbox(key="versement_chorus.csv_4").select_index(unsigned).run()
    test.main.button(key="versements_inscrire").click().run()
    assert any("aucune convention signée" in box.value for box in test.error)
    assert balance().paye == 0


def test_an_extract_without_its_reference_shows_the_remedy_and_no_empty_table(opened: Opened) -> None:
    content = CHORUS.replace("Référence".encode(), b"Colonne A")
    test = drop(opened(PAYMENTS, "Import des versements"), "chorus.csv", content)
    assert not [table for table in test.main.dataframe if "statut" in table.value.columns]
    assert "Sûrs" not in figures(test)
    assert any(
        "indiquez dans la correspondance" in said for said in test.main.table[0].value["Ce qui est dit, et le remède"]
    )


def test_an_extract_names_its_payments_by_their_document(opened: Opened) -> None:
    content = CHORUS.replace("Référence".encode(), "N° pièce".encode())
    test = drop(opened(PAYMENTS, "Import des versements"), "chorus.csv", content)
    assert figures(test)["Sûrs"] == "1"


def test_the_titles_of_an_extract_are_corrected_on_screen_and_kept_for_the_next_one(opened: Opened) -> None:
    """As an accounting tool writes them: no title is one that we know."""
    _, rows = CHORUS.decode().split("\n", 1)
    content = ("Clé EJ;Mt TTC réglé;Dt règlement;Nom tiers;Ident. tiers;Texte\n" + rows).encode()
    test = drop(opened(PAYMENTS, "Import des versements"), "chorus.csv", content)
    assert "Sûrs" not in figures(test)
    for title, champ in (
        ("cle ej", "reference_versement"),
        ("mt ttc regle", "montant_paye"),
        ("dt reglement", "date_paiement"),
    ):
        test.main.selectbox(key="colonne_0").select(title).run()
        test.main.multiselect(key=f"champs_0_{title}").set_value([champ]).run()
        test.main.button(key="appliquer_0").click().run()
        sane(test)
    assert figures(test)["Sans candidat"] == "1"
    next(box for box in test.main.text_input if "Garder ces corrections" in box.label).set_value("Chorus")
    next(button for button in test.main.button if "Enregistrer la correspondance" in button.label).click().run()
    sane(test)
    again = drop(opened(PAYMENTS, "Import des versements"), "mars.csv", content.replace(b"DP-", b"DP-M"))
    assert "Correspondance appliquée : « Chorus »" in words(again)
    assert figures(again)["Sans candidat"] == "1"


def test_what_is_asked_of_an_extract_is_answered_before_a_payment_is_attached(opened: Opened) -> None:
    content = CHORUS.replace(b";Montant;", ";Montant (k€);".encode()).replace(b"2000,00", b"2,00")
    test = drop(opened(PAYMENTS, "Import des versements"), "chorus.csv", content)
    assert any("multiplier par 1" in box.value for box in test.main.warning)
    assert "versements_inscrire" not in [button.key for button in test.main.button]
    next(box for box in test.main.checkbox if "J'ai lu" in box.label).check().run()
    sane(test)
    assert "2 000,00" in test.main.button(key="versements_inscrire").label.replace("\u202f", " ")

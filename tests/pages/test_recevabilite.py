"""What each rule stops, dossier by dossier, and what is to be asked for."""

from datetime import date
from pathlib import Path

from clact_model.instruction import requests
from clact_model.instruction.requests import Wanted
from clact_model.store import Base
from tests.pages.walk import Open, empty, filled, open_page, programme, words, written  # noqa: F401

PAGE = "instruction/recevabilite.py"


def test_an_empty_base_says_what_to_do(open_page: Open, empty: Path) -> None:  # noqa: F811
    assert "Aucun dossier n'est encore importé" in words(open_page(empty, PAGE))


def test_each_verdict_has_its_count_and_its_shape(open_page: Open, filled: Path) -> None:  # noqa: F811
    test = open_page(filled, PAGE)
    labels = [metric.label for metric in test.metric]
    assert labels == ["✔ Recevable", "? À vérifier", "◔ À compléter", "Ⅱ En sursis", "✖ Irrecevable"]
    assert sum(int(metric.value) for metric in test.metric) == 96


def test_every_rule_of_the_programme_is_counted(open_page: Open, filled: Path) -> None:  # noqa: F811
    table = open_page(filled, PAGE).dataframe[0].value
    assert list(table["libelle"]) == [rule.libelle for rule in programme().file.regle]
    assert table["dossiers_non"].sum() > 0


def test_the_grid_answers_in_words(open_page: Open, filled: Path) -> None:  # noqa: F811
    test = open_page(filled, PAGE, vue="Règles × dossiers")
    grid = test.dataframe[0].value
    answers = set(grid[[rule.id for rule in programme().file.regle if rule.id in grid.columns]].to_numpy().ravel())
    assert {"✔ oui", "✖ non", "? sans réponse"} <= answers
    assert len(grid) <= 50


def test_what_is_to_be_asked_for_is_listed_with_its_last_day(open_page: Open, filled: Path) -> None:  # noqa: F811
    table = open_page(filled, PAGE, vue="Pièces à demander").dataframe[0].value
    assert str(table["jusqu_au"].iloc[0]).startswith("2025-06-29")
    assert (table["nombre"] > 0).all()


def test_what_was_asked_for_stands_beside_what_is_to_be_asked(open_page: Open, written: Path) -> None:  # noqa: F811
    base = Base(written)
    day = date(2025, 5, 1)
    requests.ask(base, programme(), day, "NOR25-0102", [Wanted("Statuts de l'association", day, "statuts")])
    requests.ask(base, programme(), day, "NOR25-0101", [Wanted("RIB", date(2025, 6, 1), "rib")])
    base.close()
    test = open_page(written, PAGE, vue="Pièces demandées")
    table = next(table.value for table in test.dataframe if "arrivee" in table.value.columns)
    assert list(table["numero"]) == ["NOR25-0102", "NOR25-0101"]
    assert list(table["etat"]) == ["⚠ En retard", "◔ Demandée"]
    assert list(table["arrivee"].fillna("")) == ["", "✔ à marquer reçue"]
    assert [metric.value for metric in test.metric][-3:] == ["2", "1", "1"]
    to_ask = open_page(written, PAGE, vue="Pièces à demander").dataframe[0].value
    assert list(to_ask.loc[to_ask["numero"] == "NOR25-0102", "attendues"]) == [1]


def test_nothing_asked_for_says_so(open_page: Open, filled: Path) -> None:  # noqa: F811
    assert "Aucune pièce demandée n'est attendue" in words(open_page(filled, PAGE, vue="Pièces demandées"))

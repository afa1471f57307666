"""Where the call stands, at a glance."""

import shutil
from pathlib import Path

import pytest

from clact_model import eligibility, overview
from clact_model.overview import Summary
from clact_model.store import Base
from tests.pages.walk import DAY, Open, empty, filled, open_page, programme, words  # noqa: F401

PAGE = "campagne/tableau_de_bord.py"


def _rows(path: Path) -> list[Summary]:
    # A base is open once in a process: a copy tells what the page read.
    base = Base(Path(shutil.copy(path, path.with_name("copie.duckdb"))))
    try:
        return overview.summaries(eligibility.judge(base.cursor(), programme(), DAY))
    finally:
        base.close()


def test_an_empty_base_says_what_to_do(open_page: Open, empty: Path) -> None:  # noqa: F811
    test = open_page(empty, PAGE)
    assert "Aucun dossier n'est encore importé" in words(test)
    assert not test.metric


def test_the_headline_figures_are_there_with_their_definitions(open_page: Open, filled: Path) -> None:  # noqa: F811
    test = open_page(filled, PAGE)
    assert [metric.label for metric in test.metric] == [
        "Dossiers reçus",
        "Recevables",
        "Demandé (€)",
        "Enveloppe (€)",
        "Pression",
    ]
    assert test.metric[0].value == "96"
    assert all(metric.proto.help for metric in test.metric)


def test_without_an_envelope_the_pressure_is_unknown_and_says_why(open_page: Open, filled: Path) -> None:  # noqa: F811
    test = open_page(filled, PAGE)
    assert [metric.value for metric in test.metric][-2:] == ["—", "—"]
    assert "Le texte de l'appel ne donne pas d'enveloppe" in words(test)


def test_what_awaits_someone_is_counted(open_page: Open, filled: Path) -> None:  # noqa: F811
    test = open_page(filled, PAGE)
    links = [link.proto.label for link in test.get("page_link")]
    assert "**Dossiers à compléter : 5**" in links
    assert "dernier jour : **29 juin 2025**" in words(test)


@pytest.mark.parametrize("split", ["Verdict", "Secteur", "Statut juridique", "Département", "Axe"])
def test_every_split_can_be_asked_for_in_the_address(split: str, open_page: Open, filled: Path) -> None:  # noqa: F811
    test = open_page(filled, PAGE, repartition=split)
    table = next(table.value for table in test.dataframe if "groupe" in table.value.columns)
    assert sum(table["demande"]) == sum(row.demande or 0 for row in _rows(filled))

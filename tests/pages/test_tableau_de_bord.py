"""Where the call stands, at a glance."""

import shutil
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from clact_model import eligibility, intake, overview, paths
from clact_model.overview import Summary
from clact_model.store import Base
from tests.pages.walk import DAY, PROGRAMME, Open, empty, filled, open_page, programme, sane, words, written  # noqa: F401

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


def _since(test: AppTest, chosen: str) -> AppTest:
    test.main.segmented_control(key="depuis").set_value(chosen).run()
    sane(test)
    return test


def _without_rib(path: Path, numero: str) -> None:
    """The demonstration's workbook once more, the RIB of one dossier taken out."""
    book = openpyxl.load_workbook(paths.DEMO_FOLDER / f"{PROGRAMME}.xlsx")
    heads = [cell.value for cell in book["Dossiers"][1]]
    row = next(cells for cells in book["Dossiers"].iter_rows() if cells[0].value == numero)
    row[heads.index("RIB")].value = "non"
    content = BytesIO()
    book.save(content)
    base = Base(path)
    report = intake.preview(base, programme(), [intake.UploadedFile("corrige.xlsx", content.getvalue())])
    intake.write(base, programme(), report)
    base.close()


def test_a_verdict_that_turned_since_the_last_import_is_told_with_its_cause(open_page: Open, written: Path) -> None:  # noqa: F811
    numero = next(row.numero for row in _rows(written) if row.verdict == "recevable")
    _without_rib(written, numero)
    test = _since(open_page(written, PAGE), "Le dernier import")
    counts = {metric.label: metric.value for metric in test.metric}
    assert (counts["Verdicts changés"], counts["Pièces arrivées"], counts["Dossiers arrivés"]) == ("1", "0", "0")
    assert "✔\u00a0Recevable → **✖\u00a0Irrecevable**" in words(test)
    assert "« RIB » \\: oui → non" in words(test)
    assert f"numero={numero}" in "".join(link.proto.query_string for link in test.get("page_link"))


def test_every_dossier_of_a_new_base_has_arrived_since_a_chosen_day(open_page: Open, filled: Path) -> None:  # noqa: F811
    test = open_page(filled, PAGE)
    assert "Choisissez depuis quand." in words(test)
    test = _since(test, "Une date")
    assert date.fromisoformat(str(test.query_params["depuis_le"])) == test.main.date_input(key="depuis_le").value
    test.main.date_input(key="depuis_le").set_value(date(2020, 1, 31)).run()
    sane(test)
    assert "Depuis le 31/01/2020 à 00:00." in words(test)
    assert {metric.label: metric.value for metric in test.metric}["Dossiers arrivés"] == "96"

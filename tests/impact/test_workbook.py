"""The workbook of outcomes: filled by a person, taken back, with each anomaly in its place."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from clact_model import impact
from clact_model.documents import outcomes_xlsx
from clact_model.impact import Indicator, Yearly
from clact_model.reading import FileRefusedError, UploadedFile
from tests.impact.builders import LATER, funded_two

NOW = datetime(2026, 9, 1, 10, tzinfo=UTC)
KNOWN = Indicator(
    "1",
    "Absences",
    "%",
    2023,
    Decimal("9.5"),
    Decimal(8),
    "baisse",
    Decimal("9.25"),
    date(2025, 7, 1),
    Decimal(8),
    None,
)


def written(base, programme) -> openpyxl.Workbook:
    content = BytesIO()
    outcomes_xlsx(base.cursor(), programme, 2025, NOW, content)
    return openpyxl.load_workbook(content)


def taken(base, programme, book) -> impact.Reading:
    content = BytesIO()
    book.save(content)
    return impact.preview(base.cursor(), programme, LATER, UploadedFile("bilan.xlsx", content.getvalue()))


def test_what_the_base_knows_goes_out_and_comes_back_the_same(tmp_path):
    base, programme = funded_two(tmp_path)
    year = Yearly("3", 2024, 120, Decimal("0.095"), Decimal("0.12"), 7)
    impact.record(base, programme, LATER, [KNOWN], [year])
    found = taken(base, programme, written(base, programme))
    assert found.resultat == "accepte"
    assert list(found.indicateurs) == [KNOWN]
    assert list(found.mesures) == [year], "the rows that wait to be filled say nothing"
    assert (found.nouveaux, found.modifies, found.inchanges, found.rejetes) == (0, 0, 2, 0)


def test_a_row_waits_for_each_grant_without_an_indicator_and_each_applicant_of_the_year(tmp_path):
    base, programme = funded_two(tmp_path)
    impact.record(base, programme, LATER, [KNOWN])
    book = written(base, programme)
    assert [row[0].value for row in book["Indicateurs"].iter_rows(min_row=2)] == ["1", "2"]
    assert [(row[0].value, row[2].value) for row in book["Mesures annuelles"].iter_rows(min_row=2)] == [
        (str(n), 2025) for n in range(1, 8)
    ]


def test_filled_rows_are_shown_before_they_are_written_and_then_are_there(tmp_path):
    base, programme = funded_two(tmp_path)
    book = written(base, programme)
    sheet = book["Indicateurs"]
    for column, value in {
        3: "Agents formés",
        4: "agents",
        6: 10,
        7: "25",
        8: "Hausse",
        9: "12,5",
        10: "01/07/2025",
    }.items():
        sheet.cell(2, column).value = value
    book["Mesures annuelles"].cell(4, 5).value = "9,5 %"
    found = taken(base, programme, book)
    assert found.resultat == "accepte"
    assert impact.indicators(base.cursor(), programme) == []
    impact.record(base, programme, LATER, found.indicateurs, found.mesures, source=found.fichier)
    assert impact.indicators(base.cursor(), programme) == [
        Indicator(
            "1", "Agents formés", "agents", None, Decimal(10), Decimal(25), "hausse", Decimal("12.5"), date(2025, 7, 1)
        )
    ]
    assert impact.yearly(base.cursor(), programme) == [Yearly("3", 2025, None, Decimal("0.095"))]


@pytest.mark.parametrize(
    ("row", "said", "column"),
    [
        ({1: "99", 3: "x"}, "n'est pas dans ce programme", None),
        ({3: "x", 6: "beaucoup"}, "n'est pas un nombre", "F"),
        ({3: "x", 9: -2}, "est négatif", "I"),
        ({3: "x", 8: "pareil"}, "n'est pas une valeur admise", "H"),
        ({3: "x", 9: 2, 10: "31/02/2025"}, "date impossible", "J"),
        ({3: "x", 9: 2, 10: "01/09/2027"}, "après le jour jugé", None),
        ({6: 12}, "« Indicateur » est vide", None),
        ({3: "x", 5: 23}, "entre 1990 et 2100", None),
    ],
)
def test_a_row_that_cannot_be_kept_is_refused_in_its_place_and_the_others_are_not(tmp_path, row, said, column):
    base, programme = funded_two(tmp_path)
    book = written(base, programme)
    for place, value in row.items():
        book["Indicateurs"].cell(2, place).value = value
    book["Indicateurs"].cell(3, 3).value = "Un autre"
    found = taken(base, programme, book)
    assert (found.resultat, found.rejetes) == ("lignes_rejetees", 1)
    (anomaly,) = found.anomalies
    assert said in anomaly.message
    assert (anomaly.feuille, anomaly.ligne, anomaly.colonne) == ("Indicateurs", 2, column)
    assert [one.nom for one in found.indicateurs] == ["Un autre"]


def test_an_indicator_given_twice_is_refused_the_second_time(tmp_path):
    base, programme = funded_two(tmp_path)
    book = written(base, programme)
    for row in (2, 3):
        book["Indicateurs"].cell(row, 1).value = "1"
        book["Indicateurs"].cell(row, 3).value = "Le même "
    found = taken(base, programme, book)
    assert "donne deux fois l'indicateur « Le même »" in found.anomalies[0].message
    assert len(found.indicateurs) == 1


def test_a_target_on_the_wrong_side_is_kept_and_said(tmp_path):
    base, programme = funded_two(tmp_path)
    book = written(base, programme)
    for place, value in {3: "Absences", 6: 8, 7: 9, 8: "Baisse"}.items():
        book["Indicateurs"].cell(2, place).value = value
    found = taken(base, programme, book)
    assert found.resultat == "accepte_avec_avertissement"
    assert "s'éloigne" in found.anomalies[0].message


def test_a_file_without_these_titles_is_refused(tmp_path):
    base, programme = funded_two(tmp_path)
    book = openpyxl.Workbook()
    book.active.append(["Bonjour", "N° dossier"])
    with pytest.raises(FileRefusedError, match="n'est pas un classeur de bilan"):
        taken(base, programme, book)

"""The exported list is what the screen shows, and nothing in it runs."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import openpyxl
import pytest

from clact_model import eligibility, overview
from clact_model.documents.dossiers_xlsx import ListContext, dossiers_xlsx, list_file_name
from clact_model.overview import Filters, Summary
from clact_model.store import Base
from tests.pages.walk import DAY, filled_copy, programme

PROGRAMME = programme()
CONTEXT = ListContext(
    3, DAY, "Camille Essai", datetime(2025, 5, 15, 10, 30, tzinfo=PROGRAMME.file.zone), {"Verdict": "X"}
)


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Summary]]:
    opened = Base(filled_copy(tmp_path_factory.mktemp("export")))
    yield overview.summaries(eligibility.judge(opened.cursor(), PROGRAMME, DAY))
    opened.close()


def _written(rows: list[Summary], context: ListContext = CONTEXT) -> openpyxl.Workbook:
    content = io.BytesIO()
    dossiers_xlsx(PROGRAMME, rows, context, content)
    return openpyxl.load_workbook(content)


def test_the_workbook_holds_exactly_the_rows_given(rows: list[Summary]) -> None:
    shown = overview.filtered(rows, Filters(verdict=("a_verifier",)))
    sheet = _written(shown)["Dossiers"]
    header, *body, total = sheet.iter_rows(values_only=True)
    assert list(header) == [column.libelle for column in overview.columns(PROGRAMME)]
    assert [line[0] for line in body] == [row.numero for row in shown]
    asked = header.index("Montant demandé (€)")
    assert Decimal(str(total[asked])) == overview.asked(shown) == sum(Decimal(str(line[asked])) for line in body)


def test_identifiers_are_text_amounts_numbers_and_days_dates(rows: list[Summary]) -> None:
    row = next(row for row in rows if row.jusqu_au and row.finess)
    sheet = _written([row])["Dossiers"]
    cells = {str(head.value): cell for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert (cells["N° FINESS"].value, cells["N° FINESS"].data_type) == (row.finess, "s")
    assert cells["Montant demandé (€)"].data_type == "n"
    assert cells["À compléter jusqu'au"].is_date and cells["Date de dépôt"].is_date


def test_the_context_says_filters_author_date_version(rows: list[Summary]) -> None:
    facts = dict(_written(rows)["Contexte"].iter_rows(min_col=1, max_col=2, values_only=True))
    assert facts["Filtres"] == "Verdict : X"
    assert facts["Auteur"] == "Camille Essai"
    assert facts["Version du programme"] == PROGRAMME.version
    assert facts["Dossiers"] == len(rows)


def test_nothing_in_a_cell_is_a_formula_or_a_contact(rows: list[Summary]) -> None:
    hostile = replace(rows[0], raison_sociale='=HYPERLINK("http://mal.example")', intitules=("@SUM(1)", "+1"))
    book = _written([hostile], replace(CONTEXT, filtres={"Recherche": "=1+1"}))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert not [
        cell.value for cell in cells if "courriel" in str(cell.value).casefold() or ".example'" in str(cell.value)
    ]


def test_the_same_list_gives_the_same_bytes(rows: list[Summary]) -> None:
    first, second = io.BytesIO(), io.BytesIO()
    dossiers_xlsx(PROGRAMME, rows, CONTEXT, first)
    dossiers_xlsx(PROGRAMME, rows, CONTEXT, second)
    assert first.getvalue() == second.getvalue()


def test_the_file_is_named_after_programme_and_day() -> None:
    assert list_file_name(PROGRAMME, CONTEXT) == f"dossiers_{PROGRAMME.id}_2025-05-15.xlsx"

"""The selection list read back from the workbook and the csv, cell by cell."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clact_model import documents, scenario, selection
from clact_model.documents import Context, FormatError, TargetError
from clact_model.documents.cells import guarded, would_run
from tests.allocation.campaign import TODAY, campaign, dossier

NASTY = '=HYPERLINK("http://mal.example";"cliquez")'
MONEY = ("Montant demandé (€)", "Aide maximale (€)", "Montant accordé (€)")
IDENTIFIERS = ("Numéro de dossier", "N° FINESS", "N° SIRET", "Département")
QUAND = datetime(2024, 9, 12, 14, 5, tzinfo=ZoneInfo("Europe/Paris"))
LISTS = ("Sélection", "Liste d'attente", "Non retenus")


@pytest.fixture(scope="module")
def call(tmp_path_factory):
    return campaign(
        tmp_path_factory.mktemp("base"),
        dossier(
            "=1+1",
            raison_sociale=NASTY,
            finess="010000123",
            actions=[{"intitule": "-Prévention"}, {"intitule": "@été"}],
        ),
        dossier("2", siret="00000000000018", actions=[{"cout_total": 33333.33, "montant_demande": 16666.66}]),
        dossier("3", raison_sociale="EHPAD «\u00a0Les Tilleuls\u00a0»"),
        dossier("4", "RIB inconnu"),
        dossier("5", "déposé le 11 mai à 0 h 00"),
    )


@pytest.fixture(scope="module")
def lists(call):
    return selection.lists(call.cursor, call.programme, call.run("60000"))


def context(call, **rest) -> Context:
    return Context(
        **{
            "programme_id": call.programme.id,
            "programme_titre": call.programme.titre,
            "programme_version": call.programme.version,
            "version_donnees": call.base.version(),
            "aujourdhui": TODAY,
            "auteur": "=analyste",
            "quand": QUAND,
            "settings": call.run("60000").settings,
            "scenario": "Comité n° 1",
        }
        | rest
    )


def workbook(call, lists, **rest) -> openpyxl.Workbook:
    content = io.BytesIO()
    documents.export(lists, context(call, **rest), content, "xlsx")
    return openpyxl.load_workbook(io.BytesIO(content.getvalue()))


def table(sheet) -> tuple[dict[str, int], list]:
    """Column of each header, and the rows between the header and the total."""
    header = {cell.value: cell.column - 1 for cell in sheet[1]}
    return header, list(sheet.iter_rows(min_row=2, max_row=sheet.max_row - 1))


def test_every_line_is_in_one_list_and_one_only(call, lists):
    numbers = [row.numero for part in lists.parts for row in part.rows]
    assert sorted(numbers) == ["2", "3", "4", "5", "=1+1"]
    assert [[row.statut for row in part.rows] for part in lists.parts] == [
        ["Financé", "Financé"],
        ["Liste d'attente", "En attente d'instruction"],
        ["Non retenu"],
    ]


def test_a_saved_scenario_gives_the_same_lists(call, lists):
    result = call.run("60000")
    scenario.save(call.base, call.programme, "Mars", result, scenario.Basis(TODAY, "1", 1))
    saved = scenario.load(call.base.cursor(), call.programme, "Mars").result
    again = selection.lists(call.base.cursor(), call.programme, saved)
    for fresh, kept in zip(lists.parts, again.parts, strict=True):
        assert [row.raison for row in kept.rows] == [row.raison for row in fresh.rows]
        assert (kept.demande, kept.accorde) == (fresh.demande, fresh.accorde)


def test_labels_are_those_a_committee_reads(lists):
    row = next(row for row in lists.retenus.rows if row.numero == "=1+1")
    assert (row.secteur, row.statut_juridique, row.intitule) == ("Sanitaire", "Public", "-Prévention ; @été")


def test_the_workbook_has_its_four_sheets(call, lists):
    assert workbook(call, lists).sheetnames == [*LISTS, "Contexte"]


def test_no_cell_is_a_formula_nor_a_link(call, lists):
    book = workbook(call, lists)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not any(cell.hyperlink for cell in cells)
    assert any(cell.value == NASTY for cell in cells)
    assert all(cell.quotePrefix for cell in cells if cell.value == NASTY)


def test_identifiers_are_text_cells_with_their_zeros(call, lists):
    for title in LISTS:
        header, rows = table(workbook(call, lists)[title])
        cells = [row[header[name]] for row in rows for name in IDENTIFIERS]
        assert all(cell.data_type == "s" and cell.number_format == "@" for cell in cells if cell.value is not None)
    values = {cell.value for row in table(workbook(call, lists)["Sélection"])[1] for cell in row}
    assert {"010000123", "00000000000018"} <= values


def test_amounts_are_numbers_in_euros_and_the_total_row_is_their_sum(call, lists):
    book = workbook(call, lists)
    for title, part in zip(LISTS, lists.parts, strict=True):
        header, rows = table(book[title])
        for name, expected in zip(MONEY, (part.demande, part.aide_maximale, part.accorde), strict=True):
            cells = [row[header[name]] for row in rows if row[header[name]].value is not None]
            assert all(cell.data_type == "n" and "€" in cell.number_format for cell in cells)
            total = book[title].cell(book[title].max_row, header[name] + 1).value
            assert Decimal(str(total)) == sum(Decimal(str(cell.value)) for cell in cells) == expected


def test_the_context_says_where_the_list_comes_from(call, lists):
    facts = {
        row[0].value: row[1] for row in workbook(call, lists, filtres={"Secteur": "Sanitaire"})["Contexte"].iter_rows()
    }
    assert facts["Programme"].value == call.programme.titre
    assert facts["Version du programme"].value == call.programme.version
    assert facts["Scénario"].value == "Comité n° 1"
    assert (facts["Auteur"].value, facts["Auteur"].data_type) == ("=analyste", "s")
    assert facts["Filtres"].value == "Secteur : Sanitaire"
    assert facts["Enveloppe (€)"].value == 60000
    assert facts["Jour de l'instruction"].value.date() == date(2024, 6, 15)
    assert facts["Établi le (heure de Europe/Paris)"].value == QUAND.replace(tzinfo=None)
    assert facts["Reste à répartir (€)"].value == pytest.approx(3333.34)


def test_the_context_names_the_unit_as_the_call_does(call):
    settings = call.run("60000", unite="action").settings
    assert ("Unité", "Par projet") in context(call, settings=settings, ligne="projet").facts()
    assert ("Unité", "Par dossier") in context(call, ligne="projet").facts()


def test_the_totals_of_the_context_equal_those_of_the_sheets(call, lists):
    book = workbook(call, lists)
    summary = {row[0].value: [cell.value for cell in row] for row in book["Contexte"].iter_rows()}
    for title in LISTS:
        header, rows = table(book[title])
        totals = [book[title].cell(book[title].max_row, header[name] + 1).value for name in MONEY]
        assert summary[title][3:6] == totals
        assert summary[title][2] == len(rows)


def test_the_header_stays_in_sight_and_can_be_filtered(call, lists):
    sheet = workbook(call, lists)["Sélection"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref.startswith("A1:")


def test_an_empty_list_is_a_sheet_with_its_header_and_a_total_of_nothing(tmp_path):
    call = campaign(tmp_path)
    book = workbook(call, selection.lists(call.cursor, call.programme, call.run("100")))
    assert [cell.value for cell in book["Sélection"]["A"]] == ["Place au classement", "Total"]


def test_the_same_list_gives_the_same_bytes(call, lists):
    first, second = io.BytesIO(), io.BytesIO()
    documents.export(lists, context(call), first, "xlsx")
    documents.export(lists, context(call), second, "xlsx")
    assert first.getvalue() == second.getvalue()


def test_by_action_the_line_and_its_rank_are_columns(call):
    lists = selection.lists(call.cursor, call.programme, call.run("60000", unite="action"))
    header, rows = table(workbook(call, lists)["Sélection"])
    assert {"Ligne", "Rang de priorité"} <= header.keys()
    assert lists.retenus.dossiers <= len(rows)


def read_csv(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_the_csv_holds_every_line_with_decimal_commas(call, lists):
    content = io.BytesIO()
    documents.export(lists, context(call), content, "csv")
    rows = read_csv(content.getvalue())
    assert [row["Liste"] for row in rows] == ["Sélection"] * 2 + ["Liste d'attente"] * 2 + ["Non retenus"]
    granted = {row["Numéro de dossier"]: row["Montant accordé (€)"] for row in rows}
    assert granted["2"] == "16666,66"
    total = sum(Decimal(row["Montant accordé (€)"].replace(",", ".")) for row in rows)
    assert total == lists.retenus.accorde


def test_the_csv_starts_no_cell_with_what_a_spreadsheet_runs(call, lists):
    content = io.BytesIO()
    documents.export(lists, context(call), content, "csv")
    rows = read_csv(content.getvalue())
    assert not any(would_run(cell) for row in rows for cell in row.values())
    assert f"'{NASTY}" in {row["Raison sociale"] for row in rows}


@given(st.text())
def test_a_guarded_text_is_never_run_and_a_harmless_one_is_left_alone(text):
    assert not would_run(guarded(text))
    if text.isalnum():
        assert guarded(text) == text


def test_a_text_longer_than_a_cell_is_cut_and_says_so():
    assert guarded("a" * 40_000) == "a" * 32_766 + "…"


def test_a_format_that_is_not_made_is_refused_in_french(call, lists, tmp_path):
    with pytest.raises(FormatError, match="Le format « ods » n'est pas proposé ; au choix : xlsx, csv"):
        documents.export(lists, context(call), tmp_path / "liste.ods", "ods")


def test_a_place_where_nothing_can_be_written_is_named(call, lists, tmp_path):
    with pytest.raises(TargetError, match=r"« liste\.xlsx » ne peut pas être écrit"):
        documents.export(lists, context(call), tmp_path / "absent" / "liste.xlsx", "xlsx")


def test_a_file_is_written_where_it_is_asked_for(call, lists, tmp_path):
    documents.export(lists, context(call), tmp_path / "liste.xlsx", "xlsx")
    assert openpyxl.load_workbook(tmp_path / "liste.xlsx").sheetnames[0] == "Sélection"


def test_the_file_s_name_holds_nothing_of_a_path(call):
    name = documents.file_name(context(call, scenario="../../été : n° 1 \u202e=1"), "xlsx")
    assert name == "selection_grand_est_2024_ete_n_1_1_2024-09-12.xlsx"
    assert Path(name).name == name
    assert documents.file_name(context(call, scenario=None, quand=datetime(2024, 9, 12, tzinfo=UTC)), "csv") == (
        "selection_grand_est_2024_2024-09-12.csv"
    )

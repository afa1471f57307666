"""The list of bad files (``bad_inputs.csv``): those that go in whole, with something said or nothing."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from clact_model import intake
from clact_model.programme import Programme
from clact_model.store import Base
from tests.intake import builders
from tests.intake.bad_sheets import patched_sheet
from tests.intake.builders import (
    HEADERS,
    errors,
    flat_csv,
    flat_rows,
    flat_xlsx,
    held,
    imported,
    messages,
    saved,
    upload,
    with_cell,
    workbook,
)

ACCEPTED: dict[str, tuple[Callable[[], bytes], str, str, str]] = {
    "z00_reference": (flat_xlsx, "z00.xlsx", "accepte", ""),
    "z02_reference": (lambda: builders.ods({"Dossiers": [HEADERS, *flat_rows()]}), "z02.ods", "accepte", ""),
    "a06_xlsx_renomme": (flat_xlsx, "a06.csv", "accepte", ""),
    "a17_traversee": (flat_xlsx, "../../etc/x.xlsx", "accepte", ""),
    "a21_nom_nul": (flat_xlsx, "a\x00\n21.xlsx", "accepte", ""),
    "b10_dimension_geante": (
        lambda: patched_sheet(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"'),
        "b10.xlsx",
        "accepte",
        "",
    ),
    "c04_titre_au_dessus": (
        lambda: builders.xlsx({"Dossiers": [["Campagne 2026"], [], ["Édité le 1er mai"], HEADERS, *flat_rows()]}),
        "c04.xlsx",
        "accepte",
        "",
    ),
    "c08_colonnes_en_trop": (
        lambda: builders.xlsx({"Dossiers": [[*HEADERS, "Mémo"], *([*row, "vu"] for row in flat_rows())]}),
        "c08.xlsx",
        "accepte_avec_avertissement",
        "ignorée",
    ),
    "c12_lignes_vides": (
        lambda: builders.xlsx({"Dossiers": [HEADERS, *flat_rows()[:2], [], [" "], [], *flat_rows()[2:]]}),
        "c12.xlsx",
        "accepte",
        "",
    ),
    "c20_lignes_fantomes": (
        lambda: patched_sheet(
            rb"</sheetData>",
            b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(7, 20_007)) + b"</sheetData>",
        ),
        "c20.xlsx",
        "accepte",
        "",
    ),
    "d42_entete_sql": (
        lambda: builders.xlsx(
            {"Dossiers": [[*HEADERS, "'); DROP TABLE dossier; --"], *([*r, 1] for r in flat_rows())]}
        ),
        "d42.xlsx",
        "accepte_avec_avertissement",
        "ignorée",
    ),
    "e01_cp1252": (lambda: flat_csv().decode().encode("cp1252"), "e01.csv", "accepte", ""),
    "e03_utf16": (lambda: flat_csv().decode().replace(";", "\t").encode("utf-16"), "e03.csv", "accepte", ""),
    "e05_double_utf8": (
        lambda: flat_csv().decode("cp1252").encode(),
        "e05.csv",
        "accepte_avec_avertissement",
        "accents",
    ),
    "e07_virgule": (
        lambda: builders.csv_text([HEADERS, *flat_rows()], ",").encode(),
        "e07.csv",
        "accepte",
        "",
    ),
    "e09_cr_seul": (lambda: flat_csv().replace(b"\n", b"\r"), "e09.csv", "accepte", ""),
    "e11_saut_dans_cellule": (
        lambda: flat_csv(with_cell(2, "Description", "ligne 1\nligne 2 ; suite")),
        "e11.csv",
        "accepte",
        "",
    ),
    "e13_guillemet_milieu": (
        lambda: flat_csv().replace(b"charges", b'charges 5" tube'),
        "e13.csv",
        "accepte",
        "",
    ),
    "f09_demande_sup_cout": (
        lambda: flat_xlsx(with_cell(2, "Taux demandé", None, with_cell(2, "Montant demandé", 20_000))),
        "f09.xlsx",
        "accepte_avec_avertissement",
        "supérieur au coût",
    ),
}


@pytest.mark.parametrize("case", ACCEPTED)
def test_a_readable_file_goes_in_whole(case: str, base: Base, programme: Programme) -> None:
    make, name, outcome, word = ACCEPTED[case]
    report = imported(base, programme, upload(make(), name))
    assert report.resultat == outcome, messages(report)
    assert report.nouveaux == 5
    assert word in messages(report)
    assert held(base, "raison_sociale")[0] == ("Établissement 1",)
    assert held(base, "sum(montant_demande) AS s, 1 AS numero, 1 AS ligne", "action") == [
        (Decimal("25005.00"), 1, 1)
    ] or (case == "f09_demande_sup_cout")


def test_names_of_files_are_shown_clean(base: Base, programme: Programme) -> None:
    report = imported(base, programme, upload(flat_xlsx(), "../../etc/x\x00\n.xlsx"))
    assert report.fichiers[0].nom == "x.xlsx"


def test_c02_a_hidden_sheet_is_not_read_and_this_is_said(base: Base, programme: Programme) -> None:
    book = workbook({"Dossiers": [HEADERS, *flat_rows()], "Ancien": [HEADERS, *flat_rows()]})
    book["Ancien"].sheet_state = "veryHidden"
    report = imported(base, programme, saved(book))
    assert report.resultat == "accepte_avec_avertissement"
    assert "masquée « Ancien »" in messages(report)


def test_messages_use_the_rows_that_excel_shows(base: Base, programme: Programme) -> None:
    rows = with_cell(2, "Montant demandé", "voir devis")
    report = imported(base, programme, builders.xlsx({"Dossiers": [["Titre"], [], [], HEADERS, *rows]}))
    assert errors(report)[0].ligne == 5


def test_d04_a_finess_typed_as_a_number_gets_its_zero_back(base: Base, programme: Programme) -> None:
    report = imported(base, programme, flat_xlsx(with_cell(2, "FINESS EJ", 10000024)))
    (anomaly,) = report.anomalies
    assert (report.resultat, anomaly.ligne, anomaly.colonne) == ("accepte_avec_avertissement", 2, "B")
    assert held(base, "finess")[0] == ("010000024",)


def test_d06_corsican_finess_are_stored_in_capitals(base: Base, programme: Programme) -> None:
    rows = with_cell(2, "FINESS EJ", "2A0000014", with_cell(3, "FINESS EJ", "2b0000013", flat_rows(2)))
    report = imported(base, programme, flat_xlsx(rows))
    assert report.resultat == "accepte"
    assert held(base, "finess") == [("2A0000014",), ("2B0000013",)]


def test_d22_a_title_in_thousands_is_asked_about(base: Base, programme: Programme) -> None:
    headers = ["Montant demandé (k€)" if h == "Montant demandé" else h for h in HEADERS]
    content = flat_xlsx(with_cell(2, "Montant demandé", 5, flat_rows(1)), headers)
    report = intake.preview(base, programme, [upload(content)])
    question = next(a for a in report.anomalies if a.gravite == "question")
    assert (report.resultat, question.feuille, question.ligne, question.colonne) == ("question", "Dossiers", 1, "K")
    assert "k€" in question.message
    intake.write(base, programme, report, accept=True)
    assert held(base, "montant_demande", "action") == [(Decimal("5000.00"),)]


def test_d28_a_date_shown_as_a_number_is_read_and_said(base: Base, programme: Programme) -> None:
    report = imported(base, programme, flat_xlsx(with_cell(2, "Date de dépôt", 46084, flat_rows(1))))
    assert report.resultat == "accepte_avec_avertissement"
    assert held(base, "CAST(timezone('Europe/Paris', date_depot) AS DATE)") == [(date(2026, 3, 3),)]

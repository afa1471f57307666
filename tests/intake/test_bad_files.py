"""The list of bad files (``bad_inputs.csv``): what each must give. Names of the cases are those of the list."""

import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from clact_model import intake
from clact_model.programme import Programme
from clact_model.store import Base
from tests.intake import builders
from tests.intake.builders import (
    HEADERS,
    errors,
    flat_csv,
    flat_rows,
    flat_xlsx,
    held,
    imported,
    messages,
    part,
    patched,
    saved,
    upload,
    with_cell,
    workbook,
)

SHEET = "xl/worksheets/sheet1.xml"


def patched_sheet(pattern: bytes, by: bytes, content: bytes | None = None) -> bytes:
    """The correct workbook with the XML of its sheet changed."""
    content = content or flat_xlsx()
    changed, count = re.subn(pattern, by, part(content, SHEET))
    assert count
    return patched(content, {SHEET: changed})


def edited(change: Callable[[Worksheet], Any], rows: list[builders.Row] | None = None) -> bytes:
    """The correct workbook, changed through openpyxl."""
    book = workbook({"Dossiers": [HEADERS, *(rows or flat_rows())]})
    change(book["Dossiers"])
    return saved(book)


def many_sheets(count: int) -> bytes:
    return builders.xlsx({f"F{number}": [["a"]] for number in range(count)})


def transposed() -> bytes:
    return builders.xlsx({"Dossiers": list(zip(*[HEADERS, *flat_rows()], strict=True))})


NOTHING_WRITTEN: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "a02_texte": (lambda: b"Bonjour,\nvoici les dossiers.", "a02.xlsx", "pas un classeur"),
    "a04_html": (lambda: b"<html><table><tr><td>1</td></tr></table>", "a04.xls", "page web"),
    "a08_macros": (lambda: patched(flat_xlsx(), {}, {"xl/vbaProject.bin": b"x"}), "a08.xlsm", "macro"),
    "a10_zip_quelconque": (lambda: builders.archive({"lettre.txt": "x"}), "a10.xlsx", "classeur"),
    "a13_feuille_absente": (lambda: patched(flat_xlsx(), {SHEET: None}), "a13.xlsx", "abîmé"),
    "a15_pdf": (lambda: b"%PDF-1.7\n...", "a15.xlsx", "PDF"),
    "a23_300_feuilles": (lambda: many_sheets(300), "a23.xlsx", "feuilles"),
    "vide": (lambda: b"", "vide.csv", "vide"),
    "ancien_xls": (lambda: b"\xd0\xcf\x11\xe0" + b"\x00" * 500, "vieux.xls", ".xlsx"),
    "mot_de_passe": (
        lambda: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
        "secret.xlsx",
        "mot de passe",
    ),
    "b02_bombe_texte": (
        lambda: patched(flat_xlsx(), {"xl/styles.xml": b"<a>" + b" " * 160_000_000}),
        "b02.xlsx",
        "trop volumineux",
    ),
    "b04_billion_laughs": (
        lambda: patched_sheet(rb"<worksheet", b'<!DOCTYPE w [<!ENTITY a "b">]><worksheet'),
        "b04.xlsx",
        "refusé",
    ),
    "b08_cellule_lointaine": (
        lambda: patched_sheet(rb"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
        "b08.xlsx",
        "XFD1048576",
    ),
    "b12_60k_fusions": (
        lambda: patched_sheet(
            rb"</sheetData>",
            b"</sheetData><mergeCells>"
            + b"".join(b'<mergeCell ref="A%d:B%d"/>' % (n, n) for n in range(100, 60_100))
            + b"</mergeCells>",
        ),
        "b12.xlsx",
        "fusion",
    ),
    "b14_16384_colonnes": (lambda: builders.xlsx({"Dossiers": [["x"] * 16_384] * 2}), "b14.xlsx", "colonnes"),
    "b20_30k_entrees": (
        lambda: builders.archive({f"f{number}.xml": "" for number in range(3_000)}),
        "b20.xlsx",
        "refusé",
    ),
    "b24_ods_entites": (
        lambda: patched(
            builders.ods({"Dossiers": [["a"]]}), {"content.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}
        ),
        "b24.ods",
        "refusé",
    ),
    "b28_csv_10000_colonnes": (lambda: b";".join([b"x"] * 10_000), "b28.csv", "colonnes"),
    "c10_entete_vide": (
        lambda: flat_xlsx(headers=["" if h == "Montant demandé" else h for h in HEADERS]),
        "c10.xlsx",
        "sans titre",
    ),
    "c18_transpose": (transposed, "c18.xlsx", "colonnes"),
    "traversée dans le zip": (lambda: patched(flat_xlsx(), {}, {"../evil.xml": b"<a/>"}), "t.xlsx", "refusé"),
    "ods chiffré": (
        lambda: patched(builders.ods({"Dossiers": [["a"]]}), {"META-INF/manifest.xml": b"<manifest:encryption-data/>"}),
        "c.ods",
        "mot de passe",
    ),
    "plusieurs feuilles sans Dossiers": (
        lambda: builders.xlsx({"2025": [["a"]], "2026": [["b"]]}),
        "p.xlsx",
        "Dossiers",
    ),
}


@pytest.mark.parametrize("case", NOTHING_WRITTEN)
def test_a_file_that_cannot_be_read_is_refused_in_one_french_sentence(
    case: str, base: Base, programme: Programme
) -> None:
    make, name, word = NOTHING_WRITTEN[case]
    content = make()
    start = time.process_time()
    report = imported(base, programme, upload(content, name))
    assert time.process_time() - start < 2
    assert report.resultat == "fichier_rejete"
    (anomaly,) = errors(report)
    assert word in anomaly.message
    assert anomaly.fichier == name
    assert held(base, "numero") == []


def test_b22_sizes_that_lie_are_not_trusted(base: Base, programme: Programme) -> None:
    content = bytearray(flat_xlsx())
    directory = content.index(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = (10).to_bytes(4, "little")
    report = imported(base, programme, bytes(content))
    assert report.resultat == "fichier_rejete"
    assert "abîmé" in messages(report)


def test_a12_a_workbook_without_its_texts_is_refused(base: Base, programme: Programme, tmp_path: Any) -> None:
    path = tmp_path / "modele.xlsx"
    intake.write_template(programme, path)
    report = imported(base, programme, patched(path.read_bytes(), {"xl/sharedStrings.xml": None}))
    assert report.resultat == "fichier_rejete"
    assert "abîmé" in messages(report)


def test_b26_a_quote_never_closed_is_refused_at_its_record(base: Base, programme: Programme) -> None:
    lines = flat_csv().decode().splitlines()
    lines[2] = lines[2].replace("Établissement 2", '"Établissement 2')
    report = imported(base, programme, upload("\n".join(lines).encode(), "b26.csv"))
    (anomaly,) = errors(report)
    assert (report.resultat, anomaly.ligne) == ("fichier_rejete", 3)
    assert "guillemet" in anomaly.message


def test_c06_two_columns_for_one_field_that_differ_refuse_the_file(base: Base, programme: Programme) -> None:
    headers = ["Montant demandé" if h == "Coût total" else h for h in HEADERS]
    report = imported(base, programme, flat_xlsx(headers=headers))
    (anomaly,) = errors(report)
    assert (report.resultat, anomaly.feuille, anomaly.ligne, anomaly.colonne) == ("fichier_rejete", "Dossiers", 1, "J")
    assert "deux fois" in anomaly.message


def test_a_hostile_workbook_leaves_the_process_alive_and_small() -> None:
    """In a process of its own: calamine alone aborts here."""
    script = (
        "import resource;"
        "from clact_model.reading import UploadedFile, read;"
        "from tests.intake.test_bad_files import NOTHING_WRITTEN;"
        "content = NOTHING_WRITTEN['b08_cellule_lointaine'][0]();"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "try: read(UploadedFile('b08.xlsx', content))\n"
        "except Exception as error: print(type(error).__name__, "
        "resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    name, grown = done.stdout.split()
    assert name == "FileRefusedError"
    assert int(grown) < 300_000
    assert resource.RUSAGE_SELF == 0


# Accepted, with something said or nothing

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


# Rows refused: what is made of the correct file, where, which words

REFUSED: dict[str, tuple[Callable[[], bytes], int, str, str, int]] = {
    "c14_sous_totaux": (
        lambda: flat_xlsx([*flat_rows()[:2], [None] * 9 + [20_001, 10_000], *flat_rows()[2:]]),
        4,
        "A",
        "N° dossier",
        5,
    ),
    "c16_cellules_fusionnees": (
        lambda: edited(lambda sheet: (sheet.merge_cells("B2:B4"), sheet.merge_cells("D2:D4"))),
        3,
        "B",
        "fusionnée",
        3,
    ),
    "d10_finess_longueur": (lambda: flat_xlsx(with_cell(2, "FINESS EJ", "5900000")), 2, "B", "9 caractères", 4),
    "d18_montant_vide": (lambda: flat_xlsx(with_cell(2, "Montant demandé", "-")), 2, "K", "vide", 4),
    "d26_dates_impossibles": (lambda: flat_xlsx(with_cell(2, "Date de dépôt", "31/02/2026")), 2, "I", "date", 4),
    "d32_departements": (lambda: flat_xlsx(with_cell(6, "Département", 99)), 6, "E", "Département", 4),
    "d44_types_inattendus": (
        lambda: flat_xlsx(with_cell(2, "Montant demandé", True)),
        2,
        "K",
        "Montant demandé",
        4,
    ),
    "f03_doublon": (lambda: flat_xlsx(with_cell(3, "N° dossier", " 2026–0001 ")), 3, "A", "Doublon", 4),
    "formule_sans_resultat": (
        lambda: flat_xlsx(with_cell(2, "Description", "=1+1")),
        2,
        "N",
        "formule",
        4,
    ),
}
REFUSED |= {
    f"d02_{error}": (
        lambda error=error: flat_xlsx(with_cell(3, "Montant demandé", error)),  # type: ignore[misc]
        3,
        "K",
        error,
        4,
    )
    for error in ("#N/A", "#DIV/0!", "#NAME?")
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_row_is_refused_at_its_place_and_the_others_go_in(case: str, base: Base, programme: Programme) -> None:
    make, line, column, word, accepted = REFUSED[case]
    report = imported(base, programme, make())
    assert report.resultat == "lignes_rejetees"
    first = errors(report)[0]
    assert (first.feuille, first.ligne, first.colonne) == ("Dossiers", line, column)
    assert word in first.message
    assert report.nouveaux == accepted
    assert len(held(base, "numero")) == accepted


def test_the_same_errors_are_found_in_an_ods(base: Base, programme: Programme) -> None:
    content = builders.ods({"Dossiers": [HEADERS, *with_cell(3, "Description", "À REMPLACER")]})
    xml = part(content, "content.xml").replace(
        b'office:value-type="string"><text:p>\xc3\x80 REMPLACER',
        b'table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"><text:p>#DIV/0!',
    )
    report = imported(base, programme, upload(patched(content, {"content.xml": xml}), "erreur.ods"))
    (anomaly,) = errors(report)
    assert (anomaly.ligne, anomaly.colonne, anomaly.valeur) == (3, "N", "#DIV/0!")


def test_d34_a_text_longer_than_a_cell_of_excel_refuses_its_row(base: Base, programme: Programme) -> None:
    report = imported(base, programme, upload(flat_csv(with_cell(2, "Description", "a" * 200_000)), "d34.csv"))
    (anomaly,) = errors(report)
    assert (anomaly.ligne, anomaly.colonne) == (2, "Description")
    assert "trop long" in anomaly.message
    assert len(anomaly.valeur or "") <= 60


def test_a_csv_row_that_its_delimiter_shifted_is_refused(base: Base, programme: Programme) -> None:
    text = flat_csv().decode().replace("Établissement 2", "Établissement ; 2")
    report = imported(base, programme, upload(text.encode(), "decale.csv"))
    assert 3 in {anomaly.ligne for anomaly in errors(report)}
    assert report.nouveaux == 4


def test_f01_the_same_row_twice_counts_once_and_is_said(base: Base, programme: Programme) -> None:
    report = imported(base, programme, flat_xlsx([*flat_rows(), flat_rows()[1]]))
    (anomaly,) = report.anomalies
    assert (report.resultat, anomaly.ligne, anomaly.colonne) == ("accepte_avec_avertissement", 7, "A")
    assert "Doublon" in anomaly.message
    assert "2026-0002" in anomaly.message
    assert len(held(base, "numero", "action")) == 5


def test_d14_amounts_in_their_french_writings(base: Base, programme: Programme) -> None:
    writings = ("1 234,56", "1\u202f234,56 €", "12.500,00", "12 500 euros", "500")
    rows = flat_rows()
    for line, writing in enumerate(writings, start=2):
        with_cell(line, "Montant demandé", writing, with_cell(line, "Coût total", None, rows))
    report = imported(base, programme, upload(flat_csv(rows), "d14.csv"))
    assert report.resultat == "accepte"
    cents = [int(montant * 100) for (montant,) in held(base, "montant_demande", "action")]
    assert cents == [123456, 123456, 1250000, 1250000, 50000]

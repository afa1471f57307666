"""The list of bad files (``bad_inputs.csv``): those of which nothing is written. Names of the cases are those of the list."""

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

from clact_model import intake
from clact_model.programme import Programme
from clact_model.store import Base
from tests.intake import builders
from tests.intake.bad_sheets import SHEET, many_sheets, patched_sheet, transposed
from tests.intake.builders import (
    HEADERS,
    errors,
    flat_csv,
    flat_xlsx,
    held,
    imported,
    messages,
    patched,
    upload,
)

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

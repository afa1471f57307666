"""Other files that people send, beside those of the list: each has its outcome, its words and its place too."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from typing import NamedTuple

import openpyxl
import pytest

from clact_model import intake
from clact_model.programme import Programme
from clact_model.store import Base
from tests.bad_inputs import archives
from tests.bad_inputs.making import SHEET, K, column, plain, sheet_xml, text
from tests.intake.builders import (
    HEADERS,
    archive,
    flat_rows,
    held,
    messages,
    part,
    patched,
    saved,
    upload,
    with_cell,
    workbook,
    xlsx,
)

ACCEPTED, WARNED, REFUSED, ROWS = "accepte", "accepte_avec_avertissement", "fichier_rejete", "lignes_rejetees"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


class Case(NamedTuple):
    make: Callable[[], bytes]
    outcome: str
    words: str = ""
    rows: int = 0
    place: tuple[int | None, str | None] = (None, None)


def csv_cell(header: str, value: object) -> bytes:
    return text(with_cell(2, header, value)).encode()


def cell(header: str, value: object) -> bytes:
    return plain(with_cell(2, header, value))


def part_twice() -> bytes:
    stream = io.BytesIO(plain())
    with zipfile.ZipFile(stream, "a") as made, pytest.warns(UserWarning, match="Duplicate name"):
        made.writestr(SHEET, b"<a/>")
    return stream.getvalue()


def ods_with(old: bytes, new: bytes) -> bytes:
    content = archives.reference_ods()
    return patched(content, {"content.xml": part(content, "content.xml").replace(old, new, 1)})


def with_a_chart() -> bytes:
    book = workbook({"Dossiers": [HEADERS, *flat_rows()]})
    book.create_chartsheet("Graphique")
    return saved(book)


def filtered_1904() -> bytes:
    book = workbook({"Dossiers": [HEADERS, *flat_rows()]})
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book["Dossiers"].row_dimensions[3].hidden = True
    book["Dossiers"].auto_filter.ref = "A1:N6"
    return saved(book)


CASES: dict[str, Case] = {
    # No workbook, or not one that is read
    "vide.xlsx": Case(lambda: b"", REFUSED, "vide"),
    "tronque.xlsx": Case(lambda: plain()[:-400], REFUSED, "abîmé"),
    "moitie.xlsx": Case(lambda: plain()[:3000], REFUSED, "abîmé"),
    "mot_de_passe.xlsx": Case(lambda: OLE + "EncryptedPackage".encode("utf-16-le"), REFUSED, "mot de passe"),
    "ancien.xls": Case(lambda: OLE, REFUSED, ".xlsx"),
    "binaire.xlsb": Case(lambda: archive({"xl/workbook.bin": "x"}), REFUSED, ".xlsx"),
    "export.json": Case(lambda: json.dumps([{"ID": 1}]).encode(), REFUSED, "JSON"),
    "finess.json.gz": Case(lambda: gzip.compress(b"{}"), REFUSED, "décompressez"),
    "capture.png": Case(lambda: b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, REFUSED, "image"),
    "photo.xlsx": Case(lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 50, REFUSED, "image"),
    "lettre.docx": Case(lambda: archive({"word/document.xml": "<a/>"}), REFUSED, "pas un classeur"),
    "plat.fods": Case(
        lambda: (
            b'<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet"/>'
        ),
        REFUSED,
        ".fods",
    ),
    "archive_web.xls": Case(
        lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>", REFUSED, "page web"
    ),
    "macros_excel4.xlsx": Case(lambda: patched(plain(), {}, {"xl/macrosheets/sheet1.xml": b"<a/>"}), REFUSED, "macro"),
    "sans_relations.xlsx": Case(lambda: patched(plain(), {"xl/_rels/workbook.xml.rels": None}), REFUSED, "abîmé"),
    "xml_mal_forme.xlsx": Case(lambda: sheet_xml(rb"</sheetData>", b"<oups></sheetData>"), REFUSED, "abîmé"),
    "xml_coupe.xlsx": Case(lambda: patched(plain(), {SHEET: part(plain(), SHEET)[:2000]}), REFUSED, "abîmé"),
    "xml_utf16.xlsx": Case(
        lambda: patched(plain(), {SHEET: part(plain(), SHEET).decode().encode("utf-16")}), REFUSED, "refusé"
    ),
    "ods_coupe.ods": Case(
        lambda: patched(
            archives.reference_ods(), {"content.xml": part(archives.reference_ods(), "content.xml")[:2000]}
        ),
        REFUSED,
        "abîmé",
    ),
    "deux_fois_la_feuille.xlsx": Case(part_twice, REFUSED, "en double"),
    "bombe_en_morceaux.xlsx": Case(
        lambda: patched(plain(), {}, {f"xl/{number}.xml": b"<a>" + b" " * 16_000_000 for number in range(10)}),
        REFUSED,
        "trop volumineux",
    ),
    "colonnes_repetees.ods": Case(
        lambda: ods_with(
            b"<table:table-row>",
            b'<table:table-row><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>',
        ),
        REFUSED,
        "colonnes",
    ),
    "lignes_repetees.ods": Case(
        lambda: ods_with(b"<table:table-row>", b'<table:table-row table:number-rows-repeated="1048576">'),
        REFUSED,
        "cellules",
    ),
    "vide_repete.ods": Case(
        lambda: ods_with(
            b"</table:table>",
            b'<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/>'
            b"</table:table-row></table:table>",
        ),
        ACCEPTED,
        rows=5,
    ),
    "graphique.xlsx": Case(with_a_chart, ACCEPTED, rows=5),
    "filtre_1904.xlsx": Case(filtered_1904, ACCEPTED, rows=5),
    "liens_externes.xlsx": Case(
        lambda: patched(plain(), {}, {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}), ACCEPTED, rows=5
    ),
    "nom_de_feuille.xlsx": Case(
        lambda: xlsx({"Dossiers CLACT 2026 très longue": [HEADERS, *flat_rows()]}), ACCEPTED, rows=5
    ),
    # Text files
    "marque.csv": Case(lambda: b"\xef\xbb\xbf" + text().encode(), ACCEPTED, rows=5),
    "sep.csv": Case(lambda: ("sep=,\r\n" + text(delimiter=",")).encode(), ACCEPTED, rows=5),
    "barres.csv": Case(lambda: text(delimiter="|").encode(), ACCEPTED, rows=5),
    "tabulations.tsv": Case(lambda: text(delimiter="\t").encode(), ACCEPTED, rows=5),
    "fins_melees.csv": Case(lambda: text().replace("\n", "\r\n", 2).encode(), ACCEPTED, rows=5),
    "utf16be.csv": Case(lambda: b"\xfe\xff" + text(delimiter="\t").encode("utf-16-be"), ACCEPTED, rows=5),
    "utf32.csv": Case(lambda: text().encode("utf-32"), ACCEPTED, rows=5),
    "crlf.csv": Case(lambda: csv_cell("Description", "a\r\nb").replace(b"\n", b"\r\n"), ACCEPTED, rows=5),
    "nul.csv": Case(lambda: text().replace("charges", "cha\x00rges", 1).encode(), REFUSED, "nuls", place=(2, None)),
    "octets.csv": Case(lambda: text().encode() + b"\x81\x8d\n", REFUSED, "encodage"),
    "guillemet_apres.csv": Case(
        lambda: text().replace("Établissement 1", '"Établissement" 1', 1).encode(),
        REFUSED,
        "guillemet",
        place=(2, None),
    ),
    "separateur_dans_un_texte.csv": Case(
        lambda: text().replace("charges", "charges;x", 1).encode(), ROWS, "guillemets", 4, (2, None)
    ),
    "trop_de_lignes.csv": Case(lambda: (text() + "x;y\n" * 60_000).encode(), REFUSED, "50000 lignes"),
    # Cells
    "siret_scientifique.csv": Case(
        lambda: csv_cell("SIRET", "2,65907E+13"), ROWS, "chiffres sont perdus", 4, (2, "SIRET")
    ),
    "siret_court.xlsx": Case(lambda: cell("SIRET", "2659067190001"), ROWS, "14 chiffres", 4, (2, "C")),
    "siret_cle.xlsx": Case(lambda: cell("SIRET", "26590671900018"), WARNED, "clé", 5, (2, "C")),
    "negatif.xlsx": Case(lambda: cell(K, -500), ROWS, "négatif", 4, (2, "K")),
    "nombre_en_texte.xlsx": Case(lambda: cell(K, "5 000,00"), ACCEPTED, rows=5),
    "apostrophe.xlsx": Case(lambda: cell("N° dossier", "'2026-0001"), ACCEPTED, rows=5),
    "trop_grand.xlsx": Case(lambda: cell(K, 1e15), ROWS, "trop grand", 4, (2, "K")),
    "infini.csv": Case(lambda: csv_cell(K, "inf"), ROWS, "n'est pas un montant", 4, (2, K)),
    "anglais.csv": Case(lambda: csv_cell(K, "5,000.00"), ROWS, "n'est pas un montant", 4, (2, K)),
    "mois_d_abord.csv": Case(
        lambda: csv_cell("Date de dépôt", "04/13/2026"), ROWS, "date impossible", 4, (2, "Date de dépôt")
    ),
    "heure.csv": Case(
        lambda: csv_cell("Date de dépôt", "12/03/2026 25:61"), ROWS, "heure impossible", 4, (2, "Date de dépôt")
    ),
    "erreur_ref.xlsx": Case(lambda: cell(K, "#REF!"), ROWS, "#REF!", 4, (2, "K")),
    "erreur_nd.csv": Case(lambda: csv_cell(K, "#N/D"), ROWS, "#N/D", 4, (2, K)),
    "formule.xlsx": Case(lambda: cell(K, "=J2/2"), ROWS, "pas de résultat enregistré", 4, (2, "K")),
    "taux_de_950.csv": Case(lambda: csv_cell("Taux demandé", "950 %"), WARNED, "dépasse 100 %", 5, (2, "Taux demandé")),
    "taux.csv": Case(
        lambda: text(column("Taux demandé", ["50 %", "0,5", "50", "50,0%", "0.5"])).encode(),
        WARNED,
        "lu comme 50 %",
        5,
        (4, "Taux demandé"),
    ),
}


def given(case: Case, name: str, base: Base, programme: Programme) -> intake.Report:
    """The report on the file of a case, once it has been held against what the case says."""
    report = intake.write(base, programme, intake.preview(base, programme, [upload(case.make(), name)]))
    assert report.resultat == case.outcome, messages(report)
    assert len(held(base, "numero")) == case.rows
    assert case.words in messages(report)
    if case.place != (None, None):
        assert case.place in [(anomaly.ligne, anomaly.colonne) for anomaly in report.anomalies]
    return report


@pytest.mark.parametrize("name", CASES)
def test_another_file_gives_its_outcome_too(name: str, base: Base, programme: Programme) -> None:
    given(CASES[name], name, base, programme)

"""Families e and f of the list: how a csv file is written, and what comes twice."""

from tests.bad_inputs.making import K, column, makes, plain, text
from tests.intake.builders import flat_rows, with_cell

SPECIAL = "Hôpital « Cœur » – 5 €"


def _special() -> str:
    return text(with_cell(2, "Raison sociale", SPECIAL))


@makes("e01_cp1252.csv")
def cp1252() -> bytes:
    return _special().encode("cp1252")


@makes("e03_utf16.csv")
def utf16() -> bytes:
    return b"\xff\xfe" + text(with_cell(2, "Raison sociale", SPECIAL), "\t").encode("utf-16-le")


@makes("e05_double_utf8.csv")
def encoded_twice() -> bytes:
    return text().encode().decode("cp1252").encode()


@makes("e07_virgule.csv")
def commas() -> bytes:
    return text(delimiter=",").encode()


@makes("e09_cr_seul.csv")
def old_mac() -> bytes:
    return text().replace("\n", "\r").encode()


@makes("e11_saut_dans_cellule.csv")
def breaks_in_cells() -> bytes:
    return text(with_cell(2, "Description", "ligne 1\nligne 2 ; suite\r\nfin")).encode()


@makes("e13_guillemet_milieu.csv")
def stray_quote() -> bytes:
    return text().replace("charges", 'charges 5" tube', 1).encode()


@makes("f01_doublon_identique.xlsx")
def same_row_twice() -> bytes:
    rows = flat_rows()
    return plain([*rows, list(rows[1])])


@makes("f03_doublon_casse.xlsx")
def same_number() -> bytes:
    return plain(column("N° dossier", ["2026-0002", " 2026-0002", "2026-0002 ", "2026–0002"]))


@makes("f05_reimport_identique.xlsx")
def again() -> bytes:
    return plain()


@makes("f07_reimport_ampute.xlsx")
def shortened() -> bytes:
    return plain(flat_rows(3))


@makes("f09_demande_sup_cout.xlsx")
def more_than_the_cost() -> bytes:
    return plain(with_cell(2, K, 20_000, with_cell(2, "Taux demandé", None)))

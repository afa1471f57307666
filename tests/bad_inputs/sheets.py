"""Family c of the list: sheets, titles and rows that are not laid out as they should."""

from tests.bad_inputs.making import K, edited, makes, plain, sheet_xml
from tests.intake import builders
from tests.intake.builders import HEADERS, flat_rows, saved, workbook


@makes("c02_feuille_tres_masquee.xlsx")
def hidden_sheet() -> bytes:
    old = flat_rows()
    for row in old:
        row[HEADERS.index(K)] = 777_777
    book = workbook({"Dossiers": [HEADERS, *flat_rows()], "Ancien": [HEADERS, *old]})
    book["Ancien"].sheet_state = "veryHidden"
    return saved(book)


@makes("c04_titre_au_dessus.xlsx")
def title_above() -> bytes:
    return builders.xlsx({"Dossiers": [["Campagne CLACT 2026"], ["Édité le 1er mai"], [], HEADERS, *flat_rows()]})


@makes("c06_entetes_doubles.xlsx")
def title_twice() -> bytes:
    headers = [K if header == "Coût total" else header for header in HEADERS]
    return plain(headers=headers)


@makes("c08_colonnes_en_trop.xlsx")
def unknown_columns() -> bytes:
    more = ["Mémo", "Couleur", "Suivi par"]
    return plain([[*row, "vu", "bleu", "AB"] for row in flat_rows()], [*HEADERS, *more])


@makes("c10_entete_vide.xlsx")
def no_title() -> bytes:
    return plain(headers=[None if header == K else header for header in HEADERS])


@makes("c12_lignes_vides.xlsx")
def empty_rows() -> bytes:
    rows = flat_rows()
    return plain([*rows[:2], [], [" "], [None] * 14, *rows[2:]])


@makes("c14_sous_totaux.xlsx")
def subtotal() -> bytes:
    rows = flat_rows()
    return plain([*rows[:2], [None, None, None, "Sous-total", *[None] * 5, 20_001, 10_000.5], *rows[2:]])


@makes("c16_cellules_fusionnees.xlsx")
def merged() -> bytes:
    return edited(lambda sheet: (sheet.merge_cells("B2:B4"), sheet.merge_cells("D2:D4")))


@makes("c18_transpose.xlsx")
def transposed() -> bytes:
    return builders.xlsx({"Dossiers": list(zip(*[HEADERS, *flat_rows()], strict=True))})


@makes("c20_1000_lignes_fantomes.xlsx")
def phantom_rows() -> bytes:
    rows = b"".join(
        b'<row r="%d">' % row
        + b"".join(b'<c r="%c%d" s="0"/>' % (letter, row) for letter in b"ABCDEFGHIJKLMN")
        + b"</row>"
        for row in range(7, 20_007)
    )
    return sheet_xml(rb"</sheetData>", rows + b"</sheetData>")

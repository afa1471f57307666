"""Families a and b of the list: what is no workbook, and what attacks the one who opens it."""

import io

import xlsxwriter

from tests.bad_inputs.making import SHEET, edited, makes, plain, sheet_xml, text
from tests.intake import builders
from tests.intake.builders import HEADERS, archive, flat_rows, ods, part, patched

ENTITIES = (
    b'<!DOCTYPE w [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


@makes("z00_reference.xlsx")
def reference() -> bytes:
    return plain()


@makes("z02_reference.ods")
def reference_ods() -> bytes:
    return ods({"Dossiers": [HEADERS, *flat_rows()]})


@makes("a02_texte.xlsx")
def plain_text() -> bytes:
    return "Bonjour,\nvoici les dossiers du mois, bonne réception.\n".encode()


@makes("a04_html.xls")
def page() -> bytes:
    cells = "".join(f"<th>{header}</th>" for header in HEADERS)
    return f'<html><head><meta charset="utf-8"></head><body><table><tr>{cells}</tr></table></body></html>'.encode()


@makes("a06_xlsx_renomme.csv")
def renamed() -> bytes:
    return plain()


@makes("a08_macros.xlsm")
def macros() -> bytes:
    return patched(plain(), {}, {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 VBA"})


@makes("a10_zip_quelconque.xlsx")
def any_zip() -> bytes:
    return archive({"lettre.docx.txt": "Madame,", "photo.jpg": b"\xff\xd8\xff\x00"})


def with_shared_texts() -> bytes:
    """A workbook whose texts stand in a part of their own, as Excel writes them."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Dossiers")
        for number, row in enumerate([list(HEADERS), *flat_rows()]):
            sheet.write_row(number, 0, [str(cell) if cell is not None else "" for cell in row])
    return stream.getvalue()


@makes("a12_sharedstrings_absent.xlsx")
def texts_missing() -> bytes:
    return patched(with_shared_texts(), {"xl/sharedStrings.xml": None})


@makes("a13_feuille_absente.xlsx")
def sheet_missing() -> bytes:
    return patched(plain(), {SHEET: None})


@makes("a15_pdf.xlsx")
def pdf() -> bytes:
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"


for _name in ("a17_traversee.xlsx", "a19_nom_formule.xlsx", "a21_nom_nul.xlsx"):
    makes(_name)(plain)


@makes("a23_300_feuilles.xlsx")
def many_sheets() -> bytes:
    return builders.xlsx({"Dossiers": [HEADERS, *flat_rows()], **{f"F{number}": [["a"]] for number in range(299)}})


@makes("b02_bombe_texte.xlsx")
def bomb() -> bytes:
    texts = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>%b</t></si></sst>'
    return patched(with_shared_texts(), {"xl/sharedStrings.xml": texts % (b"A" * 300_000_000)})


@makes("b04_billion_laughs.xlsx")
def laughs() -> bytes:
    return sheet_xml(rb"<worksheet", ENTITIES + b"<worksheet")


@makes("b06_xxe_fichier.xlsx")
def external_entity() -> bytes:
    declared = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]><worksheet'
    return sheet_xml(rb"<worksheet", declared, sheet_xml(rb"<t>charges</t>|charges", b"&x;"))


@makes("b08_cellule_lointaine.xlsx")
def far_cell() -> bytes:
    return sheet_xml(rb"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')


@makes("b10_dimension_geante.xlsx")
def false_dimension() -> bytes:
    return sheet_xml(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"')


@makes("b12_60k_fusions.xlsx")
def many_merged_ranges() -> bytes:
    ranges = b"".join(b'<mergeCell ref="A%d:B%d"/>' % (row, row) for row in range(100, 60_100))
    return sheet_xml(rb"</sheetData>", b"</sheetData><mergeCells>" + ranges + b"</mergeCells>")


@makes("b14_16384_colonnes.xlsx")
def wide() -> bytes:
    from clact_model.reading.limits import column_letter

    letters = [column_letter(number) for number in range(1, 16_385)]
    rows = (
        f'<row r="{row}">' + "".join(f'<c r="{letter}{row}"><v>1</v></c>' for letter in letters) + "</row>"
        for row in range(2, 202)
    )
    return sheet_xml(rb"</sheetData>", ("".join(rows) + "</sheetData>").encode())


@makes("b16_100k_noms.xlsx")
def many_names() -> bytes:
    names = b"".join(
        b'<definedName name="nom_%d">Dossiers!$A$%d</definedName>' % (n, n % 6 + 1) for n in range(100_000)
    )
    named = b"<definedNames>" + names + b"</definedNames><calcPr"
    return sheet_xml(rb"<calcPr", named, part_name="xl/workbook.xml")


@makes("b18_dde_et_liens.xlsx")
def links() -> bytes:
    from openpyxl.comments import Comment

    def change(sheet: builders.Any) -> None:
        sheet["N2"] = "=cmd|'/c calc'!A1"
        sheet["D3"].hyperlink = "javascript:alert(1)"
        sheet["D4"].hyperlink = "file:///etc/passwd"
        sheet["A5"].comment = Comment("<script>alert(1)</script>", "x")

    return edited(change)


@makes("b20_30k_entrees.xlsx")
def many_entries() -> bytes:
    return patched(plain(), {}, {f"xl/media/{number}.xml": b"" for number in range(30_000)})


@makes("b22_tailles_menteuses.xlsx")
def lying_sizes() -> bytes:
    content = bytearray(patched(plain(), {}, {"xl/media/grand.xml": b"<a>" + b" " * 1_000_000 + b"</a>"}))
    for signature, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = content.find(signature)
        while at >= 0:
            content[at + place : at + place + 4] = (10).to_bytes(4, "little")
            at = content.find(signature, at + 4)
    return bytes(content)


@makes("b24_ods_entites.ods")
def ods_entities() -> bytes:
    xml = part(reference_ods(), "content.xml")
    return patched(
        reference_ods(), {"content.xml": xml.replace(b"<office:document", ENTITIES + b"<office:document", 1)}
    )


@makes("b26_csv_guillemet_ouvert.csv")
def open_quote() -> bytes:
    lines = text().split("\n")
    lines[2] = lines[2].replace(";Établissement 2;", ';"Établissement 2;')
    return "\n".join(lines).encode()


@makes("b28_csv_10000_colonnes.csv")
def wide_csv() -> bytes:
    return (";".join([*HEADERS, *(f"c{number}" for number in range(10_000))]) + "\n" + "1;" * 10_000 + "1\n").encode()

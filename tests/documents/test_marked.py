"""A faulty file comes back with its cells marked; once mended, the copy is imported as the file would have been."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.styles import Font
from openpyxl.workbook import Workbook

from clact_model import intake, marking, overview
from clact_model.documents.marked import copy_name, marked_copy
from clact_model.intake import Anomaly, UploadedFile
from clact_model.marking import Note, cells
from clact_model.programme import Programme
from clact_model.reading import Content, Sheet
from clact_model.store import Base
from tests import imports
from tests.intake import builders
from tests.intake.builders import HEADERS
from tests.intake.conftest import base, programme  # noqa: F401

AMOUNT = HEADERS.index("Montant demandé") + 1
RED, AMBER = cells.COLOURS["erreur"], cells.COLOURS["avertissement"]


def faulty_rows() -> list[list[Any]]:
    """Row 3 asks for no amount, row 4 has two faults; the second dossier's description looks like a formula."""
    rows = builders.with_cell(3, "Montant demandé", "voir devis")
    rows = builders.with_cell(3, "Description", "=1+1", rows)
    rows = builders.with_cell(4, "Date de dépôt", "hier", rows)
    return builders.with_cell(4, "Montant demandé", -5, rows)


def workbook(rows: list[list[Any]]) -> Workbook:
    """As a person keeps it: titles in bold with a comment, wide columns, a second sheet with a formula."""
    book = builders.workbook({"Dossiers": [HEADERS, *rows], "Suivi": [["Total", "=SUM(1,2)"], ["à voir", "=A1"]]})
    sheet = book["Dossiers"]
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == "=1+1":
                cell.data_type = "s"
    sheet["A1"].font = Font(bold=True)
    sheet["A1"].comment = openpyxl.comments.Comment("Le numéro donné par la plateforme", "Camille")
    sheet.column_dimensions["D"].width = 41
    sheet.freeze_panes = "B2"
    return book


def file(content: bytes | None = None, name: str = "candidatures.xlsx") -> UploadedFile:
    return UploadedFile(name, builders.saved(workbook(faulty_rows())) if content is None else content)


def marked(base: Base, programme: Programme, given: UploadedFile) -> Workbook:  # noqa: F811
    report = intake.preview(base, programme, [given])
    return openpyxl.load_workbook(BytesIO(marked_copy(given, report.anomalies)))


def fill(cell: Any) -> str | None:
    return str(cell.fill.fgColor.rgb) if cell.fill.fill_type == "solid" else None


def listed(book: Workbook) -> list[dict[str, Any]]:
    heads = [cell.value for cell in book.worksheets[0][5]]
    rows = book.worksheets[0].iter_rows(min_row=6, values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_a_faulty_cell_has_a_colour_and_a_comment_that_says_it_in_words(base: Base, programme: Programme) -> None:  # noqa: F811
    sheet = marked(base, programme, file())["Dossiers"]
    cell = sheet.cell(3, AMOUNT)
    assert (cell.value, fill(cell), cell.comment.author) == ("voir devis", RED, "Outil CLACT")
    assert cell.comment.text.startswith("✖ Refusé : « Montant demandé » : « voir devis » n'est pas un montant")
    sound = sheet.cell(2, AMOUNT)
    assert (fill(sound), sound.comment) == (None, None)


def test_the_rest_of_the_workbook_is_the_persons_own(base: Base, programme: Programme) -> None:  # noqa: F811
    book = marked(base, programme, file())
    assert book.sheetnames == ["Remarques", "Dossiers", "Suivi"]
    sheet = book["Dossiers"]
    assert (sheet["A1"].font.bold, sheet.column_dimensions["D"].width, sheet.freeze_panes) == (True, 41, "B2")
    assert sheet["A1"].comment.text == "Le numéro donné par la plateforme"
    assert (book["Suivi"]["B1"].value, book["Suivi"]["B1"].data_type) == ("=SUM(1,2)", "f")
    text = sheet.cell(3, HEADERS.index("Description") + 1)
    assert (text.value, text.data_type) == ("=1+1", "s")
    # Two sheets left selected would be edited together.
    assert [one.title for one in book.worksheets if one.sheet_view.tabSelected] == ["Remarques"]


def test_the_list_leads_to_each_cell(base: Base, programme: Programme) -> None:  # noqa: F811
    book = marked(base, programme, file())
    first = listed(book)[0]
    said = {name: first[name] for name in ("Effet", "Feuille", "Ligne", "Colonne", "Cellule", "Dossier", "Valeur lue")}
    assert said == {
        "Effet": "✖ Refusé",
        "Feuille": "Dossiers",
        "Ligne": 4,
        "Colonne": "I",
        "Cellule": "I4",
        "Dossier": "2026-0003",
        "Valeur lue": "hier",
    }
    assert book["Remarques"]["E6"].hyperlink.location == "'Dossiers'!I4"
    shapes = [note["Effet"][0] for note in listed(book)]
    assert shapes == sorted(shapes, key="✖?!i".index)


def test_a_mended_copy_is_imported_without_a_question(base: Base, programme: Programme) -> None:  # noqa: F811
    book = marked(base, programme, file())
    sheet, sound = book["Dossiers"], builders.flat_rows()
    for row in (3, 4):
        for column, value in enumerate(sound[row - 2], start=1):
            sheet.cell(row, column).value = value
    report = intake.write(base, programme, intake.preview(base, programme, [file(builders.saved(book))]))
    assert report.resultat.startswith("accepte"), builders.messages(report)
    assert (report.nouveaux, report.rejetes) == (5, 0)
    assert "Remarques" not in builders.messages(report)


def test_a_copy_marked_again_holds_the_new_remarks_alone(base: Base, programme: Programme) -> None:  # noqa: F811
    book = marked(base, programme, file())
    book["Dossiers"].cell(3, AMOUNT).value = 5000
    again = marked(base, programme, file(builders.saved(book)))
    assert again.sheetnames == ["Remarques", "Dossiers", "Suivi"]
    mended, faulty = again["Dossiers"].cell(3, AMOUNT), again["Dossiers"].cell(4, AMOUNT)
    assert (fill(mended), mended.comment) == (None, None)
    assert faulty.comment.text.count("✖ Refusé") == 1


def test_several_remarks_on_one_cell_are_one_comment_of_the_most_serious_colour() -> None:
    given = file()
    said = [
        Anomaly(given.name, "avertissement", "Vérifiez-le.", "Dossiers", 3, "K"),
        Anomaly(given.name, "erreur", "Corrigez-le.", "Dossiers", 3, "K"),
        Anomaly(given.name, "avertissement", "Toute la ligne.", "Dossiers", 4),
        Anomaly(given.name, "information", "Tout le fichier."),
    ]
    book = openpyxl.load_workbook(BytesIO(marked_copy(given, said)))
    sheet = book["Dossiers"]
    assert sheet["K3"].comment.text == "✖ Refusé : Corrigez-le.\n! Avertissement : Vérifiez-le."
    assert (fill(sheet["K3"]), fill(sheet["A4"])) == (RED, AMBER)
    assert len(listed(book)) == 4


def test_a_persons_own_comment_and_sheet_of_remarks_stay() -> None:
    book = workbook(faulty_rows())
    book.create_sheet("Remarques")["A1"] = "Les miennes"
    book["Dossiers"]["K3"].comment = openpyxl.comments.Comment("Devis attendu", "Camille")
    given = file(builders.saved(book))
    said = [Anomaly(given.name, "erreur", "Corrigez-le.", "Dossiers", 3, "K")]
    made = openpyxl.load_workbook(BytesIO(marked_copy(given, said)))
    assert made.sheetnames == ["Remarques (2)", "Dossiers", "Suivi", "Remarques"]
    assert made["Remarques"]["A1"].value == "Les miennes"
    assert "Corrigez-le." in made["Dossiers"]["K3"].comment.text
    assert "Devis attendu" in made["Dossiers"]["K3"].comment.text
    forgotten = openpyxl.load_workbook(BytesIO(marked_copy(file(builders.saved(made)), [])))
    assert forgotten["Dossiers"]["K3"].comment.text == "Devis attendu"


def test_a_cell_that_is_merged_away_is_marked_where_it_can_be_seen() -> None:
    book = workbook(faulty_rows())
    book["Suivi"].merge_cells("A2:C2")
    given = file(builders.saved(book))
    made = openpyxl.load_workbook(BytesIO(marked_copy(given, [Anomaly(given.name, "erreur", "Ici.", "Suivi", 2, "B")])))
    assert made["Suivi"]["A2"].comment.text == "✖ Refusé : Ici."


def test_csv_becomes_a_workbook_of_text_with_the_same_marks(base: Base, programme: Programme) -> None:  # noqa: F811
    rows = builders.with_cell(3, "Description", "=cmd|' /C calc'!A0", faulty_rows())
    rows = builders.with_cell(5, "FINESS EJ", "020000014", rows)
    given = file(builders.flat_csv(rows), "candidatures.csv")
    sheet = marked(base, programme, given)["Données"]
    assert (sheet.cell(3, AMOUNT).value, fill(sheet.cell(3, AMOUNT))) == ("voir devis", RED)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert sheet.cell(5, HEADERS.index("FINESS EJ") + 1).value == "020000014"


def test_ods_becomes_a_workbook_that_can_be_mended_and_imported(base: Base, programme: Programme) -> None:  # noqa: F811
    given = file(
        builders.ods({"Dossiers": [HEADERS, *builders.with_cell(3, "Montant demandé", "voir devis")]}), "c.ods"
    )
    book = marked(base, programme, given)
    assert fill(book["Dossiers"].cell(3, AMOUNT)) == RED
    book["Dossiers"].cell(3, AMOUNT).value = 5000.5
    report = intake.preview(base, programme, [file(builders.saved(book))])
    assert (report.nouveaux, report.rejetes) == (5, 0), builders.messages(report)


def test_the_copies_of_two_csv_files_go_together_as_the_files_did(base: Base, programme: Programme) -> None:  # noqa: F811
    sent = {"D1": imports.Sent(montants=(1000, 2000)), "D2": imports.Sent(rib="peut-être")}
    given = imports.files(sent)
    report = intake.preview(base, programme, given)
    copies = []
    for one in given:
        book = openpyxl.load_workbook(BytesIO(marked_copy(one, report.anomalies)))
        for row in book["Données"].iter_rows():
            for cell in row:
                cell.value = "Oui" if cell.value == "peut-être" else cell.value
        copies.append(file(builders.saved(book), copy_name(one.shown_name)))
    again = intake.preview(base, programme, copies)
    assert (again.nouveaux, again.rejetes) == (2, 0)
    assert not [a.message for a in again.anomalies if a.gravite == "question"]


def test_a_file_refused_at_the_door_gives_its_list_alone(base: Base, programme: Programme) -> None:  # noqa: F811
    book = marked(base, programme, file(b"%PDF-1.7 rien", "candidatures.xlsx"))
    assert book.sheetnames == ["Remarques"]
    assert "PDF" in listed(book)[0]["Ce qui est dit, et le remède"]


def test_a_workbook_that_spreads_out_without_end_is_copied_by_its_values() -> None:
    """A link over a whole sheet: openpyxl would make its seventeen thousand million cells."""
    book = workbook(faulty_rows())
    book["Suivi"]["E9"].hyperlink = openpyxl.worksheet.hyperlink.Hyperlink(ref="E9", location="Suivi!A1")
    content = builders.saved(book)
    part = builders.part(content, "xl/worksheets/sheet2.xml")
    given = file(
        builders.patched(content, {"xl/worksheets/sheet2.xml": part.replace(b'ref="E9"', b'ref="A1:XFD1048576"')})
    )
    said = [Anomaly(given.name, "erreur", "Corrigez-le.", "Dossiers", 3, "K")]
    made = openpyxl.load_workbook(BytesIO(marked_copy(given, said)))
    assert made["Dossiers"]["K3"].comment.text == "✖ Refusé : Corrigez-le."
    assert "sans sa mise en forme" in made["Remarques"]["A2"].value


def test_a_copy_that_cannot_be_made_gives_its_list_alone() -> None:
    """A moment with a zone stops openpyxl: whatever stops it ends the child, and not the server."""
    cell = datetime(2026, 3, 1, tzinfo=UTC)
    content = Content("candidatures.csv", (Sheet("candidatures.csv", None, [["Date de dépôt"], [cell]]),))
    note = Note("erreur", "✖ Refusé", "Ici.", None, 2, "Date de dépôt", None, None, 2, 1)
    given = file(b"", "candidatures.csv")
    book = openpyxl.load_workbook(BytesIO(marking.marked(given, content, [note])))
    assert book.sheetnames == ["Remarques"]
    assert listed(book)[0]["Ce qui est dit, et le remède"] == "Ici."


def test_comments_beyond_their_number_are_told_on_the_list() -> None:
    last = cells.COMMENTS + 2
    given = file(("Raison sociale;Ville\n" + "CH;Metz\n" * (last - 1)).encode(), "candidatures.csv")
    said = [Anomaly(given.name, "erreur", "Ici.", None, row, "Raison sociale") for row in range(2, last + 1)]
    book = openpyxl.load_workbook(BytesIO(marked_copy(given, said)))
    assert [bool(book["Données"].cell(row, 1).comment) for row in (2, last - 1, last)] == [True, True, False]
    assert [fill(book["Données"].cell(row, 1)) for row in (2, last)] == [RED, RED]
    assert "premières cellules portent un commentaire" in book["Remarques"]["A2"].value


def test_the_name_of_a_copy_is_ours() -> None:
    assert copy_name("Été « 2026 ».xlsx") == "Ete_2026_annote.xlsx"
    assert copy_name("../..") == "fichier_annote.xlsx"


def test_an_anomaly_knows_its_dossier_and_keeps_it(base: Base, programme: Programme) -> None:  # noqa: F811
    report = builders.imported(base, programme, file())
    assert {a.numero for a in report.anomalies if a.gravite == "erreur"} == {"2026-0002", "2026-0003"}
    one = overview.imports(base.cursor(), programme)[0]
    kept = overview.import_anomalies(base.cursor(), one.id)
    assert [k.numero for k in kept] == [a.numero for a in report.anomalies]

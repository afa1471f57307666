"""The empty workbook: what it shows, and that an import reads it back."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from clact_model import intake
from clact_model.programme import Programme, load_all
from clact_model.store import Base
from tests.intake.builders import errors, held, imported, messages, saved, template_sheets, upload

PROGRAMMES = load_all().programmes


@pytest.mark.parametrize("identifier", PROGRAMMES)
def test_titles_are_the_labels_of_the_dictionary_and_each_is_explained(identifier: str, tmp_path: Path) -> None:
    programme = PROGRAMMES[identifier]
    path = tmp_path / "modele.xlsx"
    intake.write_template(programme, path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Dossiers", "Actions", "Lisez-moi", "Listes"]
    for name, table in (("Dossiers", "dossier"), ("Actions", "action")):
        titles = book[name][1]
        assert [cell.value for cell in titles] == [f.libelle for f in programme.dictionary.of(table)]  # type: ignore[arg-type]
        assert all(cell.comment and "Format : " in cell.comment.text for cell in titles)
        assert book[name]["A2"].value == "EXEMPLE"
        assert book[name].freeze_panes == "B2"
    assert "EXEMPLE" in "".join(str(row[0].value) for row in book["Lisez-moi"].iter_rows())


@pytest.mark.parametrize("flat", [False, True])
def test_the_empty_workbook_imports_as_nothing(flat: bool, base: Base, programme: Programme, tmp_path: Path) -> None:
    path, memory = tmp_path / "modele.xlsx", BytesIO()
    intake.write_template(programme, path, flat=flat)
    intake.write_template(programme, memory, flat=flat)
    assert openpyxl.load_workbook(memory).sheetnames == openpyxl.load_workbook(path).sheetnames
    report = imported(base, programme, intake.UploadedFile.from_path(path))
    assert report.resultat == "accepte"
    assert {a.gravite for a in report.anomalies} == {"information"}
    assert held(base, "numero") == []


@pytest.mark.parametrize("identifier", PROGRAMMES)
@pytest.mark.parametrize("flat", [False, True])
def test_the_example_row_is_accepted_once_it_has_a_number(
    identifier: str, flat: bool, base: Base, tmp_path: Path
) -> None:
    programme = PROGRAMMES[identifier]
    path = tmp_path / "modele.xlsx"
    intake.write_template(programme, path, flat=flat)
    book = openpyxl.load_workbook(path)
    for name in ("Dossiers",) if flat else ("Dossiers", "Actions"):
        book[name]["A2"] = "2026-0001"
    report = imported(base, programme, upload(saved(book)))
    assert not errors(report), messages(report)
    assert (report.nouveaux, len(held(base, "numero", "action"))) == (1, 1)


def test_both_layouts_of_the_example_give_the_same_base(programme: Programme, tmp_path: Path) -> None:
    two = template_sheets(programme, tmp_path)
    one = template_sheets(programme, tmp_path, flat=True)
    assert one["Dossiers"][0] == two["Dossiers"][0] + two["Actions"][0][1:]

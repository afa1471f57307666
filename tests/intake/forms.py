"""Forms as establishments send them, and what a test changes in them."""

import io
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from clact_model import dossiers, intake
from clact_model.intake import Report, UploadedFile
from clact_model.programme import Programme
from clact_model.store import Base

FIXTURES = Path(__file__).parents[1] / "fixtures" / "formulaires"


EXPECTED: Mapping[str, Any] = json.loads((FIXTURES / "expected.json").read_text(encoding="utf-8"))


WITH_FORMULAS = "CLACT 2026 - CHU TEST SAINT-QUENTIN 001.xlsx"


"""« =E5-F5 » without results, merged labels, five actions at row 5."""


PLAIN = "formulaire_590001079_VF.xlsx"


"""Answers beside their labels, four actions at row 6."""


Change = Callable[[openpyxl.Workbook], None]


def changed(name: str, change: Change) -> bytes:
    """A form of the fixtures, retouched."""
    book = openpyxl.load_workbook(FIXTURES / name)
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def plan(book: openpyxl.Workbook) -> Worksheet:
    """The sheet of the actions."""
    sheet = book.worksheets[2]
    assert isinstance(sheet, Worksheet)
    return sheet


def identification(book: openpyxl.Workbook) -> Worksheet:
    sheet = book.worksheets[1]
    assert isinstance(sheet, Worksheet)
    return sheet


def answer(book: openpyxl.Workbook, label: str, value: Any) -> None:
    """Write beside a label, whose words are given by their beginning."""
    sheet = identification(book)
    place = next(cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith(label))
    old = next(cell for cell in sheet[place.row][place.column :] if cell.value is not None)
    old.value = value


def taken(
    base: Base, programme: Programme, *files: UploadedFile, accept: bool = False
) -> tuple[Report, dict[str, Any]]:
    report = intake.write(base, programme, intake.preview(base, programme, list(files)), accept=accept)
    return report, {one["numero"]: one for one in dossiers.read(base.cursor(), programme)}


def form(name: str) -> UploadedFile:
    return UploadedFile.from_path(FIXTURES / name)


def agrees(found: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    assert found["finess"] == expected["finess_et"]
    assert found["finess_juridique"] == expected["finess_ej"]
    assert found["siret"] == expected["siret"]
    amounts = [(line["cout_total"], line["montant_demande"]) for line in found["actions"]]
    assert amounts == [(Decimal(str(one["cout"])), Decimal(str(one["demande"]))) for one in expected["actions"]]

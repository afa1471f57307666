"""An xlsx or ods workbook → its sheets: looked through first, then read by calamine."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import python_calamine as calamine

from clact_model.reading import ods, xlsx
from clact_model.reading.archive import Archive
from clact_model.reading.limits import (
    COLUMNS,
    LAST_ROW,
    MERGED_CELLS,
    FileRefusedError,
    check_extent,
    damaged,
    reference_of,
)
from clact_model.reading.sheet import Content, Findings, Sheet, merged_sentence

Faults = dict[tuple[int, int], tuple[str, str]]


def look_through(archive: Archive) -> dict[str, Findings]:
    """Sheet name → what its raw XML says. Raises FileRefusedError for an archive that is no workbook, or not safe to read."""
    _refuse_other_kinds(archive)
    if xlsx.WORKBOOK in archive:
        return xlsx.inspect(archive)
    if "mimetype" in archive and archive.read("mimetype").startswith(ods.MIMETYPE) and ods.CONTENT in archive:
        return ods.inspect(archive)
    raise FileRefusedError(
        "Le fichier est une archive zip, pas un classeur : ouvrez-la, puis importez le classeur .xlsx, .ods ou .csv "
        "qu'elle contient."
    )


def read(fichier: str, content: bytes, found: Mapping[str, Findings]) -> Content:
    """The visible sheets. Raises FileRefusedError for what calamine cannot read."""
    try:
        with calamine.load_workbook(BytesIO(content)) as workbook:
            return _content(fichier, workbook, found)
    except (calamine.CalamineError, ValueError) as error:
        raise damaged("ses feuilles ne se lisent pas") from error


def _refuse_other_kinds(archive: Archive) -> None:
    for name in archive:
        if name.endswith("/vbaProject.bin") or name.startswith(("Basic/", "Scripts/", "xl/macrosheets/")):
            raise FileRefusedError(
                "Le classeur contient une macro : enregistrez-le au format .xlsx ou .ods, sans macro."
            )
        if name == "xl/workbook.bin":
            raise FileRefusedError("Le classeur est au format binaire .xlsb : enregistrez-le au format .xlsx.")


def _content(fichier: str, workbook: calamine.CalamineWorkbook, found: Mapping[str, Findings]) -> Content:
    sheets, hidden = [], []
    for metadata in workbook.sheets_metadata:
        if metadata.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        if metadata.visible != calamine.SheetVisibleEnum.Visible:
            hidden.append(metadata.name)
            continue
        sheets.append(
            _sheet(fichier, workbook.get_sheet_by_name(metadata.name), found.get(metadata.name) or Findings())
        )
    return Content(fichier, tuple(sheets), tuple(hidden))


def _sheet(fichier: str, sheet: calamine.CalamineSheet, found: Findings) -> Sheet:
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    # Cells that do not say where they stand were not seen to be far.
    height, width = len(rows), max(map(len, rows), default=0)
    check_extent(sheet.name, height, width, reference_of(height, width))
    faults = found.faults | _merged(sheet, len(rows))
    _pad(rows, faults)
    for (row, column), value in found.values.items():
        if row <= len(rows) and column <= len(rows[row - 1]):
            rows[row - 1][column - 1] = value
    return Sheet(fichier, sheet.name, rows, faults, found.formulas)


def _merged(sheet: calamine.CalamineSheet, height: int) -> Faults:
    """The cells that merged ranges hide, within what is read."""
    hidden: Faults = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        sentence = merged_sentence(reference_of(top + 1, left + 1))
        for row in range(top, min(bottom + 1, height)):
            for column in range(left, min(right + 1, COLUMNS)):
                if (row, column) != (top, left):
                    hidden[row + 1, column + 1] = ("", sentence)
            if len(hidden) > MERGED_CELLS:
                raise FileRefusedError(
                    f"La feuille « {sheet.name} » a trop de cellules fusionnées : défusionnez-les.", sheet.name
                )
    return hidden


def _pad(rows: list[list[Any]], faults: Faults) -> None:
    """Rows that hold only cells which cannot be read count as rows: calamine leaves them out at the end."""
    last = max((row for row, _ in faults), default=0)
    rows.extend([] for _ in range(min(last, LAST_ROW) - len(rows)))

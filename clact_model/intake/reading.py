"""A file → its sheets of raw cells, by what it contains and not by its name."""

from collections.abc import MutableSequence
from io import BytesIO
from typing import Any

import python_calamine as calamine

from clact_model.intake import delimited, ods, xlsx
from clact_model.intake.archive import unpack
from clact_model.intake.limits import (
    COLUMNS,
    FILE_BYTES,
    LAST_ROW,
    MERGED_CELLS,
    FileRefusedError,
    damaged,
)
from clact_model.intake.sheet import Content, Sheet, merged_sentence
from clact_model.intake.uploads import UploadedFile
from clact_model.wording import folded

OWN_NOTES = ("lisez-moi", "listes")
"""Sheets of our own workbook that hold no data."""

_WORKBOOK_NAMES = ("xlsx", "xlsm", "xls", "ods", "xlsb")
_AS_XLSX = "enregistrez-le au format .xlsx, .ods ou .csv depuis Excel ou LibreOffice"

Faults = dict[tuple[int, int], tuple[str, str]]


def read(file: UploadedFile) -> Content:
    """The sheets of one file. Raises FileRefusedError, with one French sentence, when nothing of it can be taken."""
    content = file.content
    if len(content) > FILE_BYTES:
        raise FileRefusedError(f"Le fichier est trop volumineux : plus de {FILE_BYTES // 1024**2} Mo. Découpez-le.")
    if content.startswith(b"PK"):
        return _read_workbook(file)
    _refuse_what_is_no_table(file)
    return Content(file.shown_name, (delimited.read(file.shown_name, content),))


def _refuse_what_is_no_table(file: UploadedFile) -> None:
    content, start = file.content, file.content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not content.strip(b"\x00 \t\r\n"):
        raise FileRefusedError("Le fichier est vide : vérifiez l'export, puis recommencez.")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise FileRefusedError("Le fichier est protégé par un mot de passe : enregistrez-le sans protection.")
        raise FileRefusedError(f"Le fichier est un ancien classeur .xls : {_AS_XLSX}.")
    if start.startswith(b"%pdf"):
        raise FileRefusedError(f"Le fichier est un PDF, pas un classeur : retrouvez le tableau d'origine, {_AS_XLSX}.")
    if start.startswith((b"<!doctype", b"<html", b"<table", b"<head", b"<body", b"<?xml", b"<meta")):
        raise FileRefusedError(f"Le fichier est une page web ou du XML, pas un classeur : ouvrez-le et {_AS_XLSX}.")
    if not content.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\x00" in content:
        raise FileRefusedError(f"Le fichier n'est ni un classeur ni un texte : {_AS_XLSX}.")
    if file.extension in _WORKBOOK_NAMES:
        raise FileRefusedError(
            f"Le fichier n'est pas un classeur, malgré son nom en .{file.extension} : c'est du texte. "
            "Si c'est un tableau, renommez-le en .csv ; sinon, retrouvez le classeur d'origine."
        )


def _read_workbook(file: UploadedFile) -> Content:
    parts = unpack(file.content)
    if xlsx.WORKBOOK in parts:
        faults = xlsx.inspect(parts)
    elif parts.get("mimetype", b"").startswith(ods.MIMETYPE) and ods.CONTENT in parts:
        faults = ods.inspect(parts)
    else:
        raise FileRefusedError(f"Le fichier est une archive zip, pas un classeur : ouvrez-la, puis {_AS_XLSX}.")
    del parts
    try:
        with calamine.load_workbook(BytesIO(file.content)) as workbook:
            return _content(file.shown_name, workbook, faults)
    except (calamine.CalamineError, ValueError) as error:
        raise damaged("ses feuilles ne se lisent pas") from error


def _content(fichier: str, workbook: calamine.CalamineWorkbook, faults: dict[str, Faults]) -> Content:
    sheets, hidden = [], []
    for metadata in workbook.sheets_metadata:
        if metadata.typ != calamine.SheetTypeEnum.WorkSheet or folded(metadata.name) in OWN_NOTES:
            continue
        if metadata.visible != calamine.SheetVisibleEnum.Visible:
            hidden.append(metadata.name)
            continue
        sheet = workbook.get_sheet_by_name(metadata.name)
        rows = sheet.to_python(skip_empty_area=False)[:LAST_ROW]
        known = faults.get(metadata.name, {}) | _merged(metadata.name, sheet, len(rows))
        _pad(rows, known)
        sheets.append(Sheet(fichier, metadata.name, rows, known))
    return Content(fichier, tuple(sheets), tuple(hidden))


def _merged(name: str, sheet: calamine.CalamineSheet, height: int) -> Faults:
    """The cells that merged ranges hide, within what is read."""
    hidden: Faults = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        sentence = merged_sentence(xlsx.reference_of(top + 1, left + 1))
        for row in range(top, min(bottom + 1, height)):
            for column in range(left, min(right + 1, COLUMNS)):
                if (row, column) != (top, left):
                    hidden[row + 1, column + 1] = ("", sentence)
        if len(hidden) > MERGED_CELLS:
            raise FileRefusedError(f"La feuille « {name} » a trop de cellules fusionnées : défusionnez-les.", name)
    return hidden


def _pad(rows: MutableSequence[list[Any]], faults: Faults) -> None:
    """Rows that hold only cells which cannot be read count as rows: calamine leaves them out at the end."""
    last = max((row for row, _ in faults), default=0)
    rows.extend([] for _ in range(min(last, LAST_ROW) - len(rows)))

"""The workbook: sheets Dossiers and Actions, headings of the data dictionary, real dates and numbers, identifiers as text."""

import tomllib
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from clact_model import fields, paths
from scripts.demo.dossiers import Row

CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - Excel knows no zone
"""Constant: the same dossiers give the same bytes."""

FORMATS = {
    "horodatage": "dd/mm/yyyy hh:mm:ss",
    "date": "dd/mm/yyyy",
    "montant": "#,##0.00",
    "pourcentage": "0.0 %",
}


def write(path: Path, programme: str, filed: Sequence[Row], folder: Path = paths.PROGRAMMES) -> None:
    """Write the dossiers of one call to ``path``; ``folder`` holds its programme file."""
    labels = _labels(folder / f"{programme}.toml")
    workbook = xlsxwriter.Workbook(path)
    workbook.set_properties({"title": f"Données de démonstration, inventées – {programme}", "created": CREATED})
    lines = [{"numero_dossier": dossier["numero"]} | row for dossier in filed for row in dossier["actions"]]
    _sheet(workbook, "Dossiers", fields.dictionary().of("dossier"), filed, labels)
    _sheet(workbook, "Actions", fields.dictionary().of("action"), lines, labels)
    workbook.close()


def _labels(programme_file: Path) -> dict[tuple[str, str], str]:
    """(champ, code) → what a person writes, with the axes and the themes of the call."""
    labels = {(f.champ, v.code): v.libelle for f in fields.dictionary() for v in f.valeurs}
    file = tomllib.loads(programme_file.read_text(encoding="utf-8"))
    for champ in ("axe", "thematique"):
        labels |= {(champ, value["code"]): value["libelle"] for value in file.get(champ, [])}
    return labels


def _sheet(
    workbook: xlsxwriter.Workbook,
    title: str,
    columns: Sequence[fields.Field],
    rows: Sequence[Row],
    labels: dict[tuple[str, str], str],
) -> None:
    sheet = workbook.add_worksheet(title)
    bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    formats = {kind: workbook.add_format({"num_format": pattern}) for kind, pattern in FORMATS.items()}
    sheet.freeze_panes(1, 1)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.libelle, bold)
        sheet.set_column(place, place, 34 if column.champ in ("raison_sociale", "intitule", "description") else 16)
        for index, row in enumerate(rows, start=1):
            _cell(sheet, index, place, row.get(column.champ), column, labels, formats.get(column.type))


def _cell(
    sheet: Any,
    row: int,
    place: int,
    value: Any,
    column: fields.Field,
    labels: dict[tuple[str, str], str],
    number_format: Any,
) -> None:
    match value:
        case None:
            return
        case bool():
            sheet.write_string(row, place, "oui" if value else "non")
        case datetime() | date():
            sheet.write_datetime(row, place, value, number_format)
        case int() | Decimal():
            sheet.write_number(row, place, float(value), number_format)
        case str():
            sheet.write_string(row, place, labels.get((column.champ, value), value))
        case _:
            raise TypeError(f"{column.champ} : {value!r}")

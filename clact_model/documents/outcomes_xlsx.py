"""The workbook of outcomes: one row an indicator, one row an applicant and a year, to be filled and taken back."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb
from xlsxwriter.workbook import Workbook

from clact_model.documents.book import written_to
from clact_model.documents.cells import shown
from clact_model.documents.target import Target
from clact_model.impact import INDICATORS, PERCENT, SHEETS, YEARS, indicators, yearly
from clact_model.impact.sheets import OF_VALUE, SENS, Column
from clact_model.programme import Programme

READY_ROWS = 2_000
NOTICE = (
    "Une ligne par indicateur promis : reprenez le nom, la cible et le sens de la convention. Une ligne déjà remplie est celle "
    "que la base connaît.",
    "Une cellule vide veut dire « on ne sait pas », et laisse ce que la base sait déjà : jamais zéro.",
    "Feuille « Mesures annuelles » : tous les candidats, financés ou non. Sans les autres, rien ne se compare.",
    "Les lignes qui n'ont que leur numéro ne sont pas lues. Vous pouvez en ajouter et en supprimer, et changer l'ordre des colonnes ; "
    "gardez les titres.",
)


def outcomes_xlsx(
    cursor: duckdb.DuckDBPyConnection, programme: Programme, annee: int, quand: datetime, target: Target
) -> None:
    """Sheets « Indicateurs », « Mesures annuelles » and « Lisez-moi ». ``annee``: the year to be measured.

    What the base knows is there; a row waits for each grant without an indicator, and for each applicant that year.
    Raises TargetError.
    """
    with written_to(target, "Bilan et impact", quand) as book:
        _sheet(book, INDICATORS, _promised(cursor, programme))
        _sheet(book, YEARS, _measured(cursor, programme, annee))
        _notice(book, programme)


def outcomes_file_name(programme: Programme, quand: datetime) -> str:
    """``bilan_a_remplir_<programme>_2024-10-09.xlsx``."""
    return f"bilan_a_remplir_{programme.id}_{quand.date().isoformat()}.xlsx"


def _promised(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> list[dict[str, Any]]:
    known = indicators(cursor, programme)
    rows = cursor.execute(
        """SELECT d.numero, d.raison_sociale, EXISTS (SELECT 1 FROM decision x WHERE x.programme = d.programme
                  AND x.numero = d.numero AND x.issue = 'retenu' AND x.statut <> 'propose')
           FROM dossier d WHERE d.programme = ? ORDER BY d.ordre""",
        [programme.id],
    ).fetchall()
    found = []
    for numero, name, funded in rows:
        own = [one for one in known if one.numero == numero]
        found += [{"": name} | {champ: getattr(one, champ) for champ in _champs(INDICATORS)} for one in own]
        if funded and not own:
            found.append({"": name, "numero": numero})
    return found


def _measured(cursor: duckdb.DuckDBPyConnection, programme: Programme, annee: int) -> list[dict[str, Any]]:
    known: dict[str, list[Any]] = {}
    for one in yearly(cursor, programme):
        known.setdefault(one.numero, []).append(one)
    rows = cursor.execute(
        "SELECT numero, raison_sociale FROM dossier WHERE programme = ? ORDER BY ordre", [programme.id]
    ).fetchall()
    found = []
    for numero, name in rows:
        own = known.get(numero, [])
        found += [{"": name} | {champ: getattr(one, champ) for champ in _champs(YEARS)} for one in own]
        if annee not in {one.annee for one in own}:
            found.append({"": name, "numero": numero, "annee": annee})
    return found


def _champs(sheet: str) -> list[str]:
    return [column.champ for column in SHEETS[sheet] if column.champ]


def _sheet(book: Workbook, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    sheet, columns = book.add_worksheet(name), SHEETS[name]
    header = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E3E9F5", "border": 1})
    formats = [book.add_format({"num_format": column.number_format}) for column in columns]
    percent = book.add_format({"num_format": "0.0##%"})
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width, formats[index])
        sheet.write_string(0, index, column.libelle, header)
        sheet.write_comment(0, index, column.aide, {"x_scale": 2})
        if column.champ == "sens":
            choices = {"validate": "list", "source": [one.libelle for one in SENS], "error_type": "warning"}
            sheet.data_validation(1, index, READY_ROWS, index, choices)
    for number, row in enumerate(rows, start=1):
        for index, column in enumerate(columns):
            by_share = column.champ in OF_VALUE and row.get("unite") == PERCENT
            _write(sheet, number, index, _value(column, row, by_share), percent if by_share else formats[index])
    sheet.set_row(0, 34)
    sheet.freeze_panes(1, 2)


def _value(column: Column, row: Mapping[str, Any], by_share: bool) -> Any:
    value = row.get(column.champ)
    if column.champ == "sens" and value is not None:
        return next(one.libelle for one in SENS if one.code == value)
    return value / 100 if by_share and value is not None else value


def _write(sheet: Any, row: int, column: int, value: Any, cell_format: Any) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, shown(value), cell_format)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, cell_format)
    elif isinstance(value, Decimal | int):
        sheet.write_number(row, column, value, cell_format)


def _notice(book: Workbook, programme: Programme) -> None:
    sheet = book.add_worksheet("Lisez-moi")
    sheet.set_column(0, 0, 110, book.add_format({"text_wrap": True, "valign": "top"}))
    sheet.write_string(0, 0, shown(programme.titre), book.add_format({"bold": True, "font_size": 14}))
    for row, line in enumerate(NOTICE, start=2):
        sheet.write_string(row, 0, line)

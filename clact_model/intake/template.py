"""The empty workbook of a programme, written from its dictionary: what it holds is what an import reads."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from clact_model import paths
from clact_model.fields import Field
from clact_model.programme import Programme
from clact_model.reading.limits import COLUMNS, FILE_BYTES, ROWS, column_letter

HELP = paths.DATA / "aides.csv"
EXAMPLE = "EXEMPLE"
READY_ROWS = 2_000
"""Rows that carry the formats and the lists of accepted values."""

YES_NO = ("Oui", "Non")


@dataclass(frozen=True)
class _Kind:
    """How a type of the dictionary is written in a workbook."""

    writing: str
    example: str | float
    number_format: str = "General"


_KINDS: Mapping[str, _Kind] = {
    "texte": _Kind("texte", "Exemple", "@"),
    "texte long": _Kind("texte de plusieurs lignes", "Exemple de présentation", "@"),
    "liste": _Kind("liste, séparée par des points-virgules ou des retours à la ligne", "Site A; Site B", "@"),
    "courriel": _Kind("adresse électronique", "contact@exemple.fr", "@"),
    "code": _Kind("valeur de la liste", "", "@"),
    "finess": _Kind("9 caractères, zéro de tête compris", "590000014", "@"),
    "siret": _Kind("14 chiffres", "26590671900017", "@"),
    "departement": _Kind("code (01 à 95, 2A, 2B, 971 à 978) ou nom", "59", "@"),
    "horodatage": _Kind(
        "date et heure, par exemple 31/03/2026 16:30 ou 2026-03-31T16:30+02:00", "31/03/2026 16:30", "@"
    ),
    "date": _Kind("date, par exemple 31/03/2026", 46_112, "dd/mm/yyyy"),
    "oui_non": _Kind("Oui ou Non ; vide si on ne sait pas", "Oui"),
    "entier": _Kind("nombre entier", 120, "0"),
    "nombre": _Kind("nombre, deux décimales au plus", 12.5, "#,##0.00"),
    "pourcentage": _Kind("pourcentage, par exemple 9,5 %", 0.095, "0.0##%"),
    "montant": _Kind("montant en euros, deux décimales au plus", 10_000, "#,##0.00"),
    "note": _Kind("note de 0 à 5", 4, "0.0#"),
}


@cache
def help_texts() -> dict[str, str]:
    """champ → its French help (``data/aides.csv``)."""
    with HELP.open(encoding="utf-8", newline="") as lines:
        return {row["champ"]: row["aide"] for row in csv.DictReader(lines)}


def write_template(programme: Programme, target: Path | BytesIO, *, flat: bool = False) -> None:
    """Written to a file or into memory. Two sheets: ``Dossiers``, and ``Actions`` with one row per line of a dossier.

    ``flat``: ``Dossiers`` alone, one row per line, the columns of its dossier repeated.
    """
    dictionary = programme.dictionary
    if flat:
        sheets = {"Dossiers": dictionary.of("dossier") + dictionary.stored("action")}
    else:
        sheets = {"Dossiers": dictionary.of("dossier"), "Actions": dictionary.of("action")}
    _write(programme, target, sheets)


def _write(programme: Programme, target: Path | BytesIO, sheets: Mapping[str, Sequence[Field]]) -> None:
    with xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        lists = _choices(sheets)
        written = {name: workbook.add_worksheet(name) for name in sheets}
        _write_notice(workbook, programme, tuple(sheets))
        _write_lists(workbook, lists)
        for name, fields in sheets.items():
            _write_sheet(workbook, written[name], fields, lists)


def _choices(sheets: Mapping[str, Sequence[Field]]) -> dict[str, tuple[str, ...]]:
    """champ → the labels of its list."""
    return {f.champ: tuple(v.libelle for v in f.valeurs) for fields in sheets.values() for f in fields if f.valeurs}


def _write_sheet(workbook: Any, sheet: Worksheet, fields: Sequence[Field], lists: Mapping[str, Sequence[str]]) -> None:
    title = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E3E9F5", "border": 1})
    required = workbook.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#C9D5EE", "border": 1}
    )
    formats = {kind: workbook.add_format({"num_format": how.number_format}) for kind, how in _KINDS.items()}
    list_columns = {champ: number for number, champ in enumerate(lists, start=1)}
    for index, field in enumerate(fields):
        sheet.write_string(0, index, field.libelle, required if field.obligatoire or field.un_de else title)
        sheet.write_comment(0, index, _help(field), {"x_scale": 2.2, "y_scale": 1.6})
        sheet.set_column(index, index, _width(field), formats[field.type])
        _write_example(sheet, index, field, formats[field.type])
        if field.valeurs:
            _validate(sheet, index, field, _range(list_columns[field.champ], len(field.valeurs)))
        elif field.type == "oui_non":
            _validate(sheet, index, field, list(YES_NO))
    sheet.set_row(0, 45)
    sheet.freeze_panes(1, 1)


def _help(field: Field) -> str:
    """What the comment of a title says: sense, writing, accepted values, required or not."""
    sentences = [
        field.sens if field.declared else help_texts().get(field.champ, ""),
        f"Format : {_KINDS[field.type].writing}{f' ({field.unite})' if field.unite and field.unite != '%' else ''}.",
    ]
    if field.valeurs:
        sentences.append(f"Valeurs : {', '.join(v.libelle for v in field.valeurs[:20])}.")
    if field.obligatoire:
        sentences.append("Obligatoire.")
    elif field.un_de:
        sentences.append("Obligatoire : le N° FINESS ou le N° SIRET.")
    else:
        sentences.append("Facultatif : laisser vide si on ne sait pas.")
    return "\n".join(sentence for sentence in sentences if sentence)


def _width(field: Field) -> int:
    return 45 if field.type in ("texte long", "liste") else max(14, min(32, len(field.libelle) * 2 // 3 + 4))


def _write_example(sheet: Worksheet, index: int, field: Field, cell_format: Format) -> None:
    example: str | float = field.valeurs[0].libelle if field.valeurs else _KINDS[field.type].example
    if field.champ in ("numero", "numero_dossier"):
        example = EXAMPLE
    elif field.champ == "rang":
        example = 1
    if isinstance(example, str):
        sheet.write_string(1, index, example, cell_format)
    else:
        sheet.write_number(1, index, example, cell_format)


def _validate(sheet: Worksheet, index: int, field: Field, source: str | list[str]) -> None:
    sheet.data_validation(
        1,
        index,
        READY_ROWS,
        index,
        {
            "validate": "list",
            "source": source,
            # A warning only: an import says what it refuses, and a programme's themes may be left for « autre ».
            "error_type": "warning",
            "error_title": "Valeur hors de la liste",
            "error_message": f"Choisissez une valeur de la liste de « {field.libelle} »."[:255],
        },
    )


def _range(column: int, length: int) -> str:
    letter = column_letter(column)
    return f"=Listes!${letter}$2:${letter}${length + 1}"


def _write_lists(workbook: Any, lists: Mapping[str, Sequence[str]]) -> None:
    """The accepted values, on a sheet: a list written in the validation itself holds 255 characters at most."""
    sheet = workbook.add_worksheet("Listes")
    for index, (champ, labels) in enumerate(lists.items()):
        sheet.write_string(0, index, champ, workbook.add_format({"bold": True}))
        for row, label in enumerate(labels, start=1):
            sheet.write_string(row, index, label)
        sheet.set_column(index, index, 30)


def _write_notice(workbook: Any, programme: Programme, sheets: Sequence[str]) -> None:
    sheet = workbook.add_worksheet("Lisez-moi")
    sheet.set_column(0, 0, 110, workbook.add_format({"text_wrap": True, "valign": "top"}))
    sheet.write_string(0, 0, programme.titre, workbook.add_format({"bold": True, "font_size": 14}))
    for row, line in enumerate(_notice(programme, sheets), start=2):
        sheet.write_string(row, 0, line)


def _notice(programme: Programme, sheets: Sequence[str]) -> list[str]:
    if len(sheets) == 1:
        layout = (
            f"Feuille « Dossiers » : une ligne par {programme.line_word}, les colonnes du dossier répétées sur chacune."
        )
    else:
        layout = (
            f"Feuille « Dossiers » : une ligne par dossier. Feuille « Actions » : une ligne par {programme.line_word}, "
            "rattachée par son numéro de dossier."
        )
    return [
        f"Classeur de candidatures, programme {programme.id}, version {programme.version}.",
        layout,
        "Gardez les titres de la première ligne tels quels. L'ordre des colonnes est libre ; une colonne inutile peut être supprimée.",
        "Chaque titre porte un commentaire : sens de la colonne, format, valeurs admises. Les titres les plus foncés sont obligatoires.",
        "Une cellule vide veut dire « on ne sait pas » : jamais zéro, jamais non.",
        f"La ligne numérotée {EXAMPLE} montre le format attendu : elle n'est pas importée et peut être supprimée.",
        f"Sans fuseau écrit, les dates et heures sont celles de {programme.fuseau}.",
        "Importer de nouveau un dossier de même numéro le met à jour, champ par champ, et montre ce qui change avant d'écrire.",
        "Une ligne refusée fait refuser tout son dossier : il serait jugé sans elle.",
        f"Au plus {FILE_BYTES // 1024**2} Mo, {ROWS} lignes et {COLUMNS} colonnes par feuille ; ni macro, ni mot de passe.",
        "Les feuilles « Lisez-moi » et « Listes » ne sont pas lues.",
    ]

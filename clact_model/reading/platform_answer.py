"""What the platform's GraphQL service answered, in JSON → the sheets that its export with chosen columns would have.

The titles are those of that export, so that all that follows is the same for both. Nothing in the file is trusted:
each cell is checked to be one.
"""

import base64
import binascii
import json
import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from clact_model.reading import platform_champs as champs
from clact_model.reading.limits import (
    SHEETS,
    FileRefusedError,
    check_cells,
    check_extent,
    reference_of,
    too_many_sheets,
)
from clact_model.reading.sheet import Cell, Content, Sheet

READING, DELETED = "Lecture", "Dossiers supprimés"
"""Sheets that tell of the reading itself: whether it holds every dossier; the numbers that the platform deleted."""
WHOLE = "Complète"
_STATES = {
    "en_construction": "En construction",
    "en_instruction": "En instruction",
    "accepte": "Accepté",
    "refuse": "Refusé",
    "sans_suite": "Classé sans suite",
}
_FIXED = (
    "N° dossier",
    "Adresse électronique",
    "Établissement SIRET",
    "Entreprise raison sociale",
    "État du dossier",
    "Archivé",
    "Date de dépôt",
)
_IN_BLOCK = ("Dossier ID", "Ligne")
_WITHOUT_ANSWER = re.compile("(HeaderSection|Explication)Champ")


def is_answer(file: bytes) -> bool:
    """True for JSON that speaks of the dossiers of a « démarche »."""
    return file[:256].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and b'"demarche"' in file and b'"nodes"' in file


def read(fichier: str, file: bytes) -> Content:
    """The sheets of the answer. Raises FileRefusedError for what is no such answer."""
    try:
        answer = json.loads(file, parse_constant=_refused_number, parse_float=_finite)
        return _content(fichier, answer)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FileRefusedError(
            "Le fichier est au format JSON, mais n'est pas une réponse complète de la plateforme : relancez la lecture directe, "
            "ou demandez un export .xlsx, .ods ou .csv."
        ) from error


def _content(fichier: str, answer: dict[str, Any]) -> Content:
    demarche = answer["data"]["demarche"]
    tables = _Tables(demarche.get("activeRevision") or {})
    for dossier in demarche["dossiers"]["nodes"]:
        tables.add(dossier)
    # An answer saved by hand does not say whether more was asked for: it claims nothing.
    whole = "lecture" in answer and answer["lecture"]["depuis"] is None
    reading = _Table(("Démarche", WHOLE))
    reading.rows.append({"Démarche": champs.number(demarche["number"]), WHOLE: whole})
    deleted = _Table(("N° dossier",))
    for name in ("deletedDossiers", "pendingDeletedDossiers"):
        nodes = (demarche.get(name) or {}).get("nodes", ())
        deleted.rows += [{"N° dossier": champs.number(node["number"])} for node in nodes]
    named = {**tables.named(), READING: reading, DELETED: deleted}
    sheets = tuple(Sheet(fichier, name, table.cells()) for name, table in named.items())
    _check_size(sheets)
    return Content(fichier, sheets)


def _check_size(sheets: tuple[Sheet, ...]) -> None:
    if len(sheets) > SHEETS:
        raise too_many_sheets(len(sheets))
    for sheet in sheets:
        height, width = len(sheet.rows), len(sheet.rows[0])
        check_extent(sheet.nom or "", height, width, reference_of(height, width))
    check_cells(sum(len(sheet.rows) * len(sheet.rows[0]) for sheet in sheets))


class _Table:
    """One sheet being put together. A column is known by its question: two questions with one title keep two columns."""

    def __init__(self, fixed: Iterable[str]) -> None:
        self.titles: dict[str, str] = {title: title for title in fixed}
        self.rows: list[dict[str, Cell]] = []

    def cells(self) -> list[list[Cell]]:
        return [list(self.titles.values()), *([row.get(key) for key in self.titles] for row in self.rows)]


class _Tables:
    """The sheet of dossiers, and one for each repeatable block."""

    def __init__(self, form: Mapping[str, Any]) -> None:
        """``form``: the questions in force, which say the columns even where no dossier answers."""
        self._dossiers = _Table(_FIXED)
        self._blocks: dict[str, tuple[str, _Table]] = {}
        asked = [*form.get("champDescriptors", ()), *form.get("annotationDescriptors", ())]
        for question in asked:
            self._column(question, question["id"])

    def named(self) -> dict[str, _Table]:
        """Name of the sheet, as the exporter makes it → its table."""
        return {"Dossiers": self._dossiers} | {
            f"({_stable_id(key)}) {label}": table for key, (label, table) in self._blocks.items()
        }

    def add(self, dossier: Mapping[str, Any]) -> None:
        number = champs.number(dossier["number"])
        row = _fixed(number, dossier)
        self._dossiers.rows.append(row)
        for champ in [*dossier["champs"], *(dossier.get("annotations") or ())]:
            key = str(champ["champDescriptorId"])
            self._column(champ, key)
            if "rows" in champ:
                self._add_lines(number, key, champ["rows"])
            else:
                row[key] = champs.value(champ)

    def _column(self, question: Mapping[str, Any], key: str) -> None:
        label, kind = champs.label(question), question["__typename"]
        if kind.startswith("Repetition"):
            _, table = self._blocks.setdefault(key, (label, _Table(_IN_BLOCK)))
            for child in question.get("champDescriptors", ()):
                _title(table, child, child["id"], f"(Bloc répétable {label}) – ")
        else:
            _title(self._dossiers, question, key)

    def _add_lines(self, number: int, key: str, lines: Iterable[Mapping[str, Any]]) -> None:
        label, table = self._blocks[key]
        for place, line in enumerate(lines, start=1):
            row: dict[str, Cell] = {"Dossier ID": str(number), "Ligne": place}
            table.rows.append(row)
            for champ in line["champs"]:
                child = str(champ["champDescriptorId"])
                _title(table, champ, child, f"(Bloc répétable {label}) – ")
                row[child] = champs.value(champ)


def _title(table: _Table, question: Mapping[str, Any], key: str, before: str = "") -> None:
    if not _WITHOUT_ANSWER.match(question["__typename"]):
        table.titles.setdefault(key, before + champs.label(question))


def _fixed(number: int, dossier: Mapping[str, Any]) -> dict[str, Cell]:
    applicant = dossier.get("demandeur") or {}
    company = applicant.get("entreprise") or {}
    return {
        "N° dossier": number,
        "Adresse électronique": champs.text((dossier.get("usager") or {}).get("email")),
        "Établissement SIRET": champs.text(applicant.get("siret")),
        "Entreprise raison sociale": champs.text(company.get("raisonSociale")),
        "État du dossier": _STATES.get(dossier["state"]) or champs.text(dossier["state"]),
        "Archivé": champs.boolean(dossier["archived"]),
        "Date de dépôt": champs.moment(dossier["dateDepot"]),
    }


def _stable_id(key: str) -> str:
    """``Q2hhbXAtNDQxMDAzMA==`` → ``4410030``, as the exporter writes it in the name of a block's sheet."""
    try:
        return base64.b64decode(key, validate=True).decode().rpartition("-")[2]
    except (binascii.Error, ValueError):
        return key


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _refused_number(text: str) -> float:
    raise ValueError(text)

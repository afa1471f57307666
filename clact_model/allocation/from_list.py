"""A bare list (csv with columns id, cout, score) → lines: no base, no programme."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from clact_model import formats
from clact_model.allocation.lines import Line
from clact_model.allocation.settings import LARGEST
from clact_model.errors import UsageError

COLUMNS = ("id", "cout", "score")
LARGEST_SCORE = 10**9
"""Sums of scores to four decimals stay exact for the solver."""
NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?", re.ASCII)
SPACES = str.maketrans("", "", " \u00a0\u202f")


class ListError(UsageError):
    """The list cannot be read: the sentence names the file and the line."""


def read(path: Path) -> list[Line]:
    """One line per row, ranked by falling score, then by id; the cost is what is asked and the most that is granted.

    Separated by ``;`` or ``,``; costs in EUR; decimals by comma or point. Raises ListError.
    """
    table = csv.reader(_text(path).splitlines(keepends=True), delimiter=_separator(path), strict=True)
    try:
        rows = [(table.line_num, cells) for cells in table if any(cells)]
    except csv.Error as error:
        place = f"« {path.name} », ligne {table.line_num}"
        raise ListError(f"{place} : guillemets ou texte que le csv n'admet pas.") from error
    if not rows:
        raise ListError(f"« {path.name} » est vide : il y faut les colonnes {', '.join(COLUMNS)}.")
    return _ranked(list(_lines(path.name, _columns(path.name, rows[0][1]), rows[1:])))


def _lines(name: str, columns: Sequence[int], rows: Sequence[tuple[int, Sequence[str]]]) -> Iterator[Line]:
    seen: dict[str, int] = {}
    for number, cells in rows:
        place = f"« {name} », ligne {number}"
        identity, cost, score = (cells[i].strip() if i < len(cells) else "" for i in columns)
        if not identity:
            raise ListError(f"{place} : la colonne « id » est vide.")
        if identity in seen:
            raise ListError(f"{place} : « {identity} » est déjà à la ligne {seen[identity]}.")
        seen[identity] = number
        asked = _cost(place, cost)
        yield Line(identity, None, None, _score(place, score), asked, asked)


def _ranked(lines: list[Line]) -> list[Line]:
    ordered = sorted(lines, key=lambda line: (-(line.score or 0), line.numero))
    return [replace(line, position=position) for position, line in enumerate(ordered, start=1)]


def _cost(place: str, cell: str) -> Decimal:
    cost = _number(place, "cout", cell)
    if cost < 0 or cost >= LARGEST or cost != round(cost, 2):
        raise ListError(f"{place}, colonne « cout » : « {cell} » n'est pas un montant positif en euros et centimes.")
    return cost


def _score(place: str, cell: str) -> Decimal:
    score = _number(place, "score", cell)
    if abs(score) >= LARGEST_SCORE:
        raise ListError(f"{place}, colonne « score » : « {cell} » dépasse {formats.number(LARGEST_SCORE)}.")
    return score


def _number(place: str, column: str, cell: str) -> Decimal:
    text = cell.translate(SPACES)
    if not NUMBER.fullmatch(text):
        raise ListError(f"{place}, colonne « {column} » : « {cell} » n'est pas un nombre.")
    return Decimal(text.replace(",", "."))


def _columns(name: str, header: Sequence[str]) -> list[int]:
    found = [cell.strip().lower() for cell in header]
    if missing := [column for column in COLUMNS if column not in found]:
        lacking = "la colonne" if len(missing) == 1 else "les colonnes"
        expected = ", ".join(COLUMNS)
        raise ListError(f"« {name} », ligne 1 : il manque {lacking} {', '.join(missing)} (attendues : {expected}).")
    if twice := [column for column in COLUMNS if found.count(column) > 1]:
        raise ListError(f"« {name} », ligne 1 : la colonne {twice[0]} est écrite deux fois ; laissez-en une.")
    return [found.index(column) for column in COLUMNS]


def _separator(path: Path) -> str:
    return ";" if ";" in _text(path).partition("\n")[0] else ","


def _text(path: Path) -> str:
    """UTF-8, with or without its mark, else what a French Windows writes."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ListError(f"« {path.name} » ne peut pas être lu : vérifiez le chemin et les droits.") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")

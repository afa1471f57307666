"""The row of titles → the fields that the columns hold."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from clact_model.fields import KEYS, Dictionary, Field, Table
from clact_model.intake.limits import HEADER_WITHIN, FileRefusedError
from clact_model.intake.report import Anomaly
from clact_model.intake.sheet import Sheet
from clact_model.intake.values import Cell, is_blank, quoted, shown
from clact_model.intake.values.text import one_line
from clact_model.wording import folded

ENOUGH_TITLES = 2
"""Titles that a row must hold to be the row of titles: one word alone may be anywhere."""

_UNIT = re.compile(r"\s*(?:\(\s*(?:en )?|\ben |\s)(?P<unit>k€|keur|milliers d'euros|€|eur|euros|ttc|%)\s*\)?$")
_THOUSANDS = ("k€", "keur", "milliers d'euros")
_SMALL_WORDS = frozenset("a au aux d de des du en et l la le les un une".split())


@dataclass(frozen=True, slots=True)
class Column:
    """One column that holds a field."""

    field: Field
    index: int
    """From 1, as the sheet counts."""
    titre: str
    thousands: bool = False
    """The title says k€."""


@dataclass(frozen=True)
class Recognised:
    """A sheet with its row of titles understood."""

    sheet: Sheet
    header_row: int
    tables: tuple[Table, ...]
    """The tables that a row feeds: both when the sheet is flat."""
    columns: tuple[Column, ...]
    anomalies: tuple[Anomaly, ...]

    @property
    def key(self) -> Column | None:
        """The column of the dossier's number."""
        return next((column for column in self.columns if column.field.champ in KEYS), None)

    def of(self, table: Table) -> tuple[Column, ...]:
        """The columns of one table but its key."""
        return tuple(c for c in self.columns if c.field.table == table and c.field.champ not in KEYS)


@dataclass(frozen=True, slots=True)
class _Title:
    """What a title claims."""

    field: Field
    thousands: bool


class Labels:
    """Every writing under which a field of some tables is known."""

    def __init__(self, dictionary: Dictionary, tables: Sequence[Table]) -> None:
        known = [f for table in tables for f in dictionary.of(table)]
        if "dossier" in tables:
            # A flat sheet names the dossier once.
            known = [f for f in known if f.champ != "numero_dossier"]
        # In this order: a label goes before a synonym, a synonym before the same words in another order.
        labels = [(f.libelle, f) for f in known]
        synonyms = [(writing, f) for f in known for writing in f.synonymes]
        self._exact = _first_wins((folded(writing), f) for writing, f in labels + synonyms)
        self._words = _first_wins((_words(writing), f) for writing, f in labels + synonyms)

    def find(self, title: Cell) -> _Title | None:
        """The field that a title claims, or None."""
        text = folded(one_line(title))
        if field := self._exact.get(text) or self._words.get(_words(text)):
            return _Title(field, thousands=False)
        unit = _UNIT.search(text)
        if unit and (field := self._exact.get(text[: unit.start()])):
            expected = "pourcentage" if unit["unit"] == "%" else "montant"
            return _Title(field, unit["unit"] in _THOUSANDS) if field.type == expected else None
        return None

    def count(self, row: Sequence[Cell]) -> int:
        """How many titles of a row are known."""
        return sum(1 for cell in row if isinstance(cell, str) and cell and self.find(cell))


def _first_wins(pairs: Iterable[tuple[str, Field]]) -> Mapping[str, Field]:
    found: dict[str, Field] = {}
    for key, field in pairs:
        found.setdefault(key, field)
    return found


def _words(text: str) -> str:
    """``Contact courriel`` and ``Courriel du contact`` are one: the words that count, in alphabetical order."""
    return " ".join(sorted(word for word in re.split(r"[\s']+", folded(text)) if word not in _SMALL_WORDS))


def recognise(sheet: Sheet, dictionary: Dictionary, tables: tuple[Table, ...]) -> Recognised:
    """The columns of one sheet.

    Raises FileRefusedError when there is no row of titles, when data stand under no title, when two columns claim one
    field and differ.
    """
    labels = Labels(dictionary, tables)
    row = _header_row(sheet, labels)
    claims: dict[str, list[Column]] = {}
    anomalies: list[Anomaly] = []
    for index, title in enumerate(sheet.rows[row - 1], start=1):
        found = labels.find(title)
        if found is not None:
            column = Column(found.field, index, one_line(title), found.thousands)
            claims.setdefault(found.field.champ, []).append(column)
        elif _has_data(sheet, index, row):
            if is_blank(title):
                raise _untitled(sheet, row, index)
            anomalies.append(_ignored(sheet, row, index, title))
    _check_beyond_titles(sheet, row)
    columns = [_one_of(sheet, row, claim, anomalies) for claim in claims.values()]
    anomalies += _in_thousands(sheet, row, columns)
    return Recognised(sheet, row, tables, tuple(columns), tuple(anomalies))


def fields_named(sheet: Sheet, dictionary: Dictionary) -> set[Table]:
    """The tables that the best row of titles speaks of, beside the key: which role a csv file plays."""
    labels = Labels(dictionary, ("dossier", "action"))
    rows = sheet.rows[:HEADER_WITHIN]
    best = max(rows, key=labels.count, default=())
    found = [labels.find(title) for title in best]
    return {title.field.table for title in found if title and title.field.champ not in KEYS}


def _header_row(sheet: Sheet, labels: Labels) -> int:
    counts = [labels.count(row) for row in sheet.rows[:HEADER_WITHIN]]
    best = max(counts, default=0)
    if best < ENOUGH_TITLES:
        where = f"La feuille « {sheet.nom} »" if sheet.nom else "Le fichier"
        raise FileRefusedError(
            f"{where} n'a pas de ligne de titres reconnue parmi ses {HEADER_WITHIN} premières lignes : les colonnes "
            "doivent porter les titres du modèle (« Numéro de dossier », « Raison sociale »…), un dossier par ligne.",
            sheet.nom,
        )
    return counts.index(best) + 1


def _has_data(sheet: Sheet, index: int, header_row: int) -> bool:
    return any(not is_blank(cell) for cell in sheet.below(index, header_row))


def _ignored(sheet: Sheet, row: int, index: int, title: Cell) -> Anomaly:
    return Anomaly(
        sheet.fichier,
        "avertissement",
        f"La colonne {quoted(title)} n'est pas connue : elle est ignorée. Renommez-la comme dans le modèle si elle doit être lue.",
        sheet.nom,
        row,
        sheet.place_of(index, one_line(title)),
        shown(title),
    )


def _untitled(sheet: Sheet, row: int, index: int) -> FileRefusedError:
    return FileRefusedError(
        f"Une colonne sans titre ({sheet.place_of(index, f'la {index}e')}) contient des valeurs : donnez-lui son titre, ou videz-la.",
        sheet.nom,
        row,
        index,
    )


def _check_beyond_titles(sheet: Sheet, header_row: int) -> None:
    """A workbook's cells beyond the last title. In a csv file it is the row that is wrong: its reading says so."""
    width = len(sheet.rows[header_row - 1])
    if sheet.nom is None:
        return
    for row in sheet.rows[header_row:]:
        if len(row) > width:
            for index, cell in enumerate(row[width:], start=width + 1):
                if not is_blank(cell):
                    raise _untitled(sheet, header_row, index)


def _one_of(sheet: Sheet, row: int, claim: list[Column], anomalies: list[Anomaly]) -> Column:
    """The column to read among those that claim one field: the others must be empty or hold the same."""
    first = next((column for column in claim if _has_data(sheet, column.index, row)), claim[0])
    for other in claim:
        if other is first:
            continue
        twice = f"Deux colonnes, « {first.titre} » et « {other.titre} », donnent deux fois « {first.field.libelle} »"
        if not _agree(sheet, row, first, other):
            raise FileRefusedError(
                f"{twice}, avec des valeurs différentes : gardez la bonne.", sheet.nom, row, first.index
            )
        place = sheet.place_of(other.index, other.titre)
        anomalies.append(
            Anomaly(
                sheet.fichier, "avertissement", f"{twice} : la première est lue.", sheet.nom, row, place, other.titre
            )
        )
    return first


def _agree(sheet: Sheet, header_row: int, first: Column, other: Column) -> bool:
    """True when the other column says nothing else than the first."""
    mine, theirs = sheet.below(first.index, header_row), sheet.below(other.index, header_row)
    return all(is_blank(b) or a == b for a, b in zip(mine, theirs, strict=True))


def _in_thousands(sheet: Sheet, row: int, columns: Iterable[Column]) -> list[Anomaly]:
    return [
        Anomaly(
            sheet.fichier,
            "question",
            f"Le titre « {column.titre} » annonce des k€ : confirmez que les montants de la colonne sont à multiplier par 1 000.",
            sheet.nom,
            row,
            sheet.place_of(column.index, column.titre),
            column.titre,
        )
        for column in columns
        if column.thousands
    ]

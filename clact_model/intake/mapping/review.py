"""What became of each title and value of the files, for the person who checks the correspondence."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clact_model.fields import Field, Table
from clact_model.intake.mapping.headers import Column, Recognised, Title
from clact_model.intake.mapping.titles import How
from clact_model.intake.values import OPEN_LISTS, RefusalError, is_blank, shown
from clact_model.intake.values.code import closed
from clact_model.intake.values.text import one_line
from clact_model.reading.limits import column_letter
from clact_model.wording import folded

EXAMPLES = 3
EXAMPLE_LENGTH = 40


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """One column of a file beside the fields it goes to. ``confidence``: 0..1."""

    cle: str
    lettre: str
    titre: str
    champs: tuple[str, ...]
    how: How | None
    confidence: float
    exemples: tuple[str, ...]
    suggestion: Field | None


@dataclass(frozen=True, slots=True)
class SheetSeen:
    """One sheet that feeds dossiers, actions or both."""

    fichier: str
    feuille: str | None
    tables: tuple[Table, ...]
    titres_en_ligne: int
    columns: tuple[ColumnSeen, ...]


@dataclass(frozen=True, slots=True)
class ValueSeen:
    """One value of a file that no list knows, and how often it stands there."""

    field: Field
    cle: str
    valeur: str
    fois: int
    code: str | None
    """What a person said that it means; empty: nothing known; None: nothing was said."""


def sheets_seen(sheets: Iterable[Recognised]) -> list[SheetSeen]:
    """The sheets with their columns, as they stand in the files. Sheets alike in their titles are shown once: what is
    said of one title holds for all."""
    seen: dict[object, SheetSeen] = {}
    for found in sheets:
        if found.role == "donnees":
            alike = found.tables, frozenset(title.cle for title in found.titles)
            seen.setdefault(alike, _sheet_seen(found))
    return list(seen.values())


def _sheet_seen(found: Recognised) -> SheetSeen:
    nom, row, _ = found.sheet.where(found.header_row, None, "")
    return SheetSeen(
        found.sheet.fichier, nom, found.tables, row, tuple(_column_seen(found, title) for title in found.titles)
    )


def _column_seen(found: Recognised, title: Title) -> ColumnSeen:
    # In a sheet put together from labels, the cell of the label: « B5 ».
    _, row, column = found.sheet.origins.get((found.header_row, title.index), ("", "", column_letter(title.index)))
    return ColumnSeen(
        title.cle,
        f"{column}{row}",
        title.titre,
        tuple(f.champ for f in title.fields),
        title.how,
        title.confidence,
        _examples(found, title),
        title.suggestions[0].field if title.suggestions else None,
    )


def _examples(found: Recognised, title: Title) -> tuple[str, ...]:
    """The first different values; addresses of people are not shown."""
    if any(f.type == "courriel" for f in title.fields):
        return ()
    met: dict[str, None] = {}
    for cell in found.sheet.below(title.index, found.header_row):
        if not is_blank(cell):
            met[_short(shown(cell))] = None
        if len(met) == EXAMPLES:
            break
    return tuple(met)


def _short(text: str) -> str:
    return text if len(text) <= EXAMPLE_LENGTH else f"{text[: EXAMPLE_LENGTH - 1]}…"


def values_to_settle(sheets: Iterable[Recognised], said: Mapping[str, Mapping[str, str]]) -> list[ValueSeen]:
    """The values of lists that are not understood, and those a person has settled, most frequent first."""
    seen: list[ValueSeen] = []
    for found in sheets:
        for column in (*found.columns, *found.fallbacks):
            if column.field.type == "code" or (column.field.champ in OPEN_LISTS and column.field.valeurs):
                seen += _values(found, column, said.get(column.field.champ, {}))
    return seen


def _values(found: Recognised, column: Column, said: Mapping[str, str]) -> list[ValueSeen]:
    cells = (cell for cell in found.sheet.below(column.index, found.header_row) if not is_blank(cell))
    # The whole value: what is shown of a long one is cut, and would be understood by nobody.
    counted = Counter(one_line(cell) for cell in cells)
    return [
        ValueSeen(column.field, cle, shown(valeur), fois, said.get(cle))
        for valeur, fois in counted.most_common()
        if (cle := folded(valeur)) in said or not _understood(column.field, valeur)
    ]


def _understood(field: Field, value: str) -> bool:
    try:
        closed(field.valeurs)(value)
    except RefusalError:
        return False
    return True

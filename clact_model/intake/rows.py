"""The rows of one sheet → typed values, and all that is wrong with them at its place."""

import re
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from clact_model import formats
from clact_model.fields import Field, Table
from clact_model.intake.cells import ColumnReading, Outcome, is_zero, reading_of
from clact_model.intake.manner import Manner
from clact_model.intake.mapping import Column, Recognised
from clact_model.intake.report import Anomaly, Gravite
from clact_model.intake.values import Cell, RefusalError, is_blank, parser_of, quoted, shown
from clact_model.intake.values.numeral import AmbiguousError
from clact_model.intake.values.text import one_line
from clact_model.reading import distinguished
from clact_model.wording import folded

EXAMPLE = "exemple"
"""The number of the example row of our own workbook, folded."""

EXAMPLE_SKIPPED = "La ligne d'exemple du modèle est passée : elle n'est pas importée."

TOTAL = re.compile(r"(?:sous[- ]?)?tota(?:l|ux)\b")
TOTAL_SKIPPED = "La ligne de total est passée : elle n'est pas importée."

Values = Mapping[str, Mapping[str, str]]
"""Name of a field → folded value of the file → the code that a person said it means."""


@dataclass
class Rows:
    """The rows of one sheet. ``values[champ][position]``; a refused row keeps its place and its number."""

    recognised: Recognised
    lines: list[int] = field(default_factory=list)
    """The row of the sheet, as its author sees it."""
    numeros: list[str | None] = field(default_factory=list)
    values: dict[str, list[object]] = field(default_factory=dict)
    refused: set[int] = field(default_factory=set)
    no_dossier: set[int] = field(default_factory=set)
    """Those of the refused that are titles or a total: nothing is said of their other cells."""
    anomalies: list[Anomaly] = field(default_factory=list)
    added: list[Field] = field(default_factory=list)
    """Fields that no column of this sheet gives: another sheet did."""
    ambiguous: dict[tuple[str, int], AmbiguousError] = field(default_factory=dict)
    """(field, position) → an amount that can be read in two ways, and that the others of its row may settle."""
    without_line: set[int] = field(default_factory=set)
    """Positions of a flat sheet that give a dossier and no line."""
    silent_on_lines: frozenset[str] = frozenset()
    """Numbers, folded, of dossiers of which this sheet says nothing but the dossier itself."""

    def given(self, table: Table) -> tuple[Field, ...]:
        """The fields of one table that ``values`` holds."""
        return tuple(c.field for c in self.recognised.of(table)) + tuple(f for f in self.added if f.table == table)

    def add(self, champ: Field, values: Sequence[object]) -> None:
        """Values that another sheet gives, one a row; those of this sheet's own column go before."""
        own = self.values.get(champ.champ)
        if own is None:
            self.added.append(champ)
            own = [None] * len(self.lines)
        self.values[champ.champ] = [b if a is None else a for a, b in zip(own, values, strict=True)]

    def say(
        self,
        gravite: Gravite,
        message: str,
        position: int | None = None,
        column: Column | None = None,
        cell: Cell = None,
        shared: bool = False,
    ) -> None:
        """Keep an anomaly at its place, the row of titles when it has none; an address is personal data and is never quoted.

        ``shared``: the place is the first of those of several dossiers.
        """
        sheet = self.recognised.sheet
        quoted = column is not None and column.field.type != "courriel" and not is_blank(cell)
        line = self.recognised.header_row if position is None else self.lines[position]
        feuille, ligne, place = sheet.where(line, column.index if column else None, column.titre if column else "")
        valeur = shown(cell) if quoted else None
        numero = None if position is None or shared else self._number(position)
        self.anomalies.append(Anomaly(sheet.fichier, gravite, message, feuille, ligne, place, valeur, numero))

    def _number(self, position: int) -> str | None:
        # While the numbers themselves are being read, no row has one yet.
        return self.numeros[position] if position < len(self.numeros) else None

    def refuse(self, position: int, message: str, column: Column | None = None, cell: Cell = None) -> None:
        """Refuse a row, and say why."""
        self.refused.add(position)
        self.say("erreur", message, position, column, cell)


def read(recognised: Recognised, zone: ZoneInfo, values: Values | None = None) -> Rows:
    """Every row under the titles but the blank ones and the example."""
    rows = Rows(recognised, anomalies=list(recognised.anomalies))
    key = recognised.key
    if key is None:
        return rows
    said = values or {}
    rows.lines = _data_lines(rows, key)
    rows.numeros = [None if v is None else str(v) for v in _column(rows, key, zone, said)]
    _refuse_no_dossiers(rows, key)
    for column in recognised.columns:
        if column is not key:
            rows.values[column.field.champ] = _column(rows, column, zone, said)
    for column in recognised.fallbacks:
        rows.add(column.field, _column(rows, column, zone, said, silent=True))
    return rows


def _refuse_no_dossiers(rows: Rows, key: Column) -> None:
    """The titles written again among the rows, the totals under them."""
    for position, cell in enumerate(rows.recognised.sheet.cells(key.index, rows.lines)):
        if not isinstance(cell, str) or cell.isdecimal():
            continue
        if sentence := _why_no_dossier(cell, key):
            rows.numeros[position] = None
            rows.no_dossier.add(position)
            rows.refuse(position, f"« {key.titre} » : {sentence}", key, cell)


def _why_no_dossier(cell: str, key: Column) -> str | None:
    word = folded(one_line(cell))
    if word == folded(key.titre):
        return f"{quoted(cell)} est le titre de la colonne, répété parmi les lignes : supprimez cette ligne."
    if TOTAL.match(word):
        return f"{quoted(cell)} est une ligne de total, pas un dossier : supprimez cette ligne."
    return None


def _data_lines(rows: Rows, key: Column) -> list[int]:
    sheet, first, only = rows.recognised.sheet, rows.recognised.header_row + 1, rows.recognised.only_rows
    faulty = {row for (row, _), (what, _) in sheet.faults.items() if what}
    lines = []
    for line, number in enumerate(sheet.below(key.index, first - 1), start=first):
        if only is not None and line not in only:
            continue
        if is_blank(number) and line not in faulty and all(map(is_blank, sheet.rows[line - 1])):
            continue
        skipped = _why_skipped(number, rows.recognised.manner)
        if skipped:
            rows.anomalies.append(Anomaly(sheet.fichier, "information", skipped, sheet.nom, line))
        else:
            lines.append(line)
    return lines


def _why_skipped(number: Cell, manner: Manner) -> str | None:
    """What is said of a row that is no dossier, by what stands in the place of its number."""
    if not isinstance(number, str) or number.isdecimal():
        return None
    word = folded(one_line(number))
    if word == EXAMPLE:
        return EXAMPLE_SKIPPED
    return TOTAL_SKIPPED if manner.skips_totals and TOTAL.match(word) else None


def _column(rows: Rows, column: Column, zone: ZoneInfo, said: Values, silent: bool = False) -> list[object]:
    """The values down one column, None when unknown or refused. Equal cells are parsed once.

    ``silent``: a column that only stands in for another one refuses no row and tells nothing.
    """
    sheet, unread = rows.recognised.sheet, _Unread(rows, column)
    cells = list(sheet.cells(column.index, rows.lines))
    reading = reading_of(
        column, rows.recognised.manner, parser_of(column.field, zone), cells, said.get(column.field.champ, {})
    )
    keys = distinguished(cells)
    outcomes = {key: reading.of(cell) for key, cell in dict(zip(keys, cells, strict=True)).items()}
    values = list(map({key: _value(outcome) for key, outcome in outcomes.items()}.__getitem__, keys))
    faults = {row: fault for (row, index), fault in sheet.faults.items() if index == column.index}
    # Most columns have nothing to be told of: their rows are not gone through one by one.
    told = {key for key, outcome in outcomes.items() if isinstance(outcome, RefusalError) or outcome.notice}
    for position in _places(rows.lines, keys, faults, told):
        if position in rows.no_dossier:
            continue
        if rows.lines[position] in faults:
            what, sentence = faults[rows.lines[position]]
            unread.add(position, sentence, what)
            values[position] = None
            continue
        cell, outcome = cells[position], outcomes[keys[position]]
        if isinstance(outcome, RefusalError):
            unread.add(position, str(outcome), cell)
            if isinstance(outcome, AmbiguousError):
                rows.ambiguous[column.field.champ, position] = outcome
        elif outcome.notice and not silent:
            rows.say(outcome.gravite, _about(column, outcome.notice), position, column, cell)
    if not silent:
        unread.tell(reading)
    if reading.zero_is_unknown and not silent:
        _tell_zeros(rows, column, cells)
    return values


def _value(outcome: Outcome) -> object:
    return None if isinstance(outcome, RefusalError) else outcome.value


def _places(
    lines: Sequence[int], keys: Sequence[object], faults: Container[int], told: Collection[object]
) -> Iterable[int]:
    """The positions of the rows of which something is to be told, in their order."""
    if not told and not faults:
        return ()
    return [i for i, (line, key) in enumerate(zip(lines, keys, strict=True)) if key in told or line in faults]


class _Unread:
    """The cells of one column that could not be read."""

    def __init__(self, rows: Rows, column: Column) -> None:
        self.rows, self.column = rows, column
        self.met: dict[tuple[str, str], list[int]] = {}
        self.cells: dict[tuple[str, str], Cell] = {}

    def add(self, position: int, sentence: str, cell: Cell) -> None:
        key = sentence, shown(cell)
        self.met.setdefault(key, []).append(position)
        self.cells[key] = cell

    def tell(self, reading: ColumnReading) -> None:
        """Refuse their rows; where they may be unknown, say it once for each value."""
        for (sentence, written), positions in self.met.items():
            cell = self.cells[sentence, written]
            if not reading.optional:
                for position in positions:
                    if (self.column.field.champ, position) not in self.rows.ambiguous or not self._hinted():
                        self.rows.refuse(position, _about(self.column, sentence), self.column, cell)
                continue
            others = f" ({formats.plural(len(positions), 'ligne')})" if len(positions) > 1 else ""
            field = self.column.field.libelle
            self.rows.say(
                "avertissement",
                f"{_about(self.column, sentence)} En attendant, « {field} » est inconnu{others}.",
                positions[0],
                self.column,
                cell,
                shared=len({self.rows.numeros[position] for position in positions}) > 1,
            )

    def _hinted(self) -> bool:
        """Another cell of the row may tell: the row is not refused yet."""
        return self.rows.recognised.manner.unreadable_is_unknown


def _tell_zeros(rows: Rows, column: Column, cells: Sequence[Cell]) -> None:
    positions = [position for position, cell in enumerate(cells) if is_zero(cell)]
    # A column that holds nothing else was never filled.
    if positions and len(positions) < sum(1 for cell in cells if not is_blank(cell)):
        names = ", ".join(str(rows.numeros[position]) for position in positions[:5])
        more = f" et {len(positions) - 5} autres" if len(positions) > 5 else ""
        rows.say(
            "avertissement",
            _about(
                column,
                f"{formats.plural(len(positions), 'valeur')} à 0 (dossiers {names}{more}) : cet export écrit 0 pour une case laissée "
                "vide. Elles sont lues comme inconnues ; un modèle d'export tabulaire de la plateforme les distingue.",
            ),
            positions[0],
            column,
            cells[positions[0]],
            shared=len(positions) > 1,
        )


def _about(column: Column, sentence: str) -> str:
    return f"« {column.titre} » : {sentence}"

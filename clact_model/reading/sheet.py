"""One sheet as it was read: raw cells, at the rows and columns that its author sees."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import islice, zip_longest

from clact_model.reading.limits import column_letter

Cell = str | int | float | bool | date | datetime | time | timedelta | None
"""One raw cell: typed by the workbook, or text."""

_NUMBERS = frozenset((bool, int, float))


def distinguished(cells: Sequence[Cell]) -> Sequence[Hashable]:
    """Keys of the cells, equal for equal cells alone: 1, 1.0 and True are equal to Python, and are not the same cell."""
    if len(_NUMBERS.intersection(map(type, cells))) < 2:
        return cells
    return list(zip(map(type, cells), cells, strict=True))


EXCEL_ERRORS = frozenset(
    "#N/A #N/D #DIV/0! #NAME? #NOM? #NULL! #NUL! #NUM! #NOMBRE! #REF! #VALUE! #VALEUR! #SPILL! #CALC! #ERR!".split()
)
"""What error cells show, in English and in French: in a csv file they are plain text."""


def error_sentence(shown: str) -> str:
    """What is said of an error cell."""
    return f"« {shown} » est une erreur de formule : corrigez-la, ou saisissez la valeur."


def unsaved_formula_sentence() -> str:
    """What is said of a formula whose result was not saved."""
    return "la formule n'a pas de résultat enregistré : ouvrez le fichier dans Excel ou LibreOffice et enregistrez-le."


def merged_sentence(first: str) -> str:
    """What is said of a cell that a merged range hides."""
    return f"la cellule est fusionnée avec {first} et se lit vide : défusionnez et recopiez la valeur sur chaque ligne."


@dataclass(slots=True)
class Findings:
    """What a look into a sheet's raw XML says beyond the values that calamine gives."""

    faults: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    values: dict[tuple[int, int], bool] = field(default_factory=dict)
    """Cells whose value calamine does not give rightly."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """The cells of one sheet. ``rows[0]`` is row 1; a csv file is a sheet without a name."""

    fichier: str
    nom: str | None
    rows: Sequence[Sequence[Cell]] = field(repr=False)
    faults: Mapping[tuple[int, int], tuple[str, str]] = field(default_factory=dict, repr=False)
    """(row, column), from 1 → what the cell shows and why it cannot be read: calamine gives these cells as empty."""
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict, repr=False)
    """The text of the formulas, as the file writes it: ``=SUM(B2:B4)`` in Excel, where ``=`` alone repeats a formula
    written elsewhere; of LibreOffice (``of:=SUM([.B2:.B4])``), only of those without a saved result."""
    notices: tuple[str, ...] = ()
    """What must be said about the sheet as a whole: a repaired encoding."""
    origins: Mapping[tuple[int, int], tuple[str, int, str]] = field(default_factory=dict, repr=False)
    """(row, column) → sheet, row and column letter of the file, for a sheet put together from labels and values."""

    def cell(self, row: int, column: int) -> Cell:
        """The cell at (row, column), from 1; None beyond the row's end."""
        cells = self.rows[row - 1]
        return cells[column - 1] if column <= len(cells) else None

    @cached_property
    def _columns(self) -> list[tuple[Cell, ...]]:
        # Most looks at a sheet go down its columns. A cell for row 0 goes before: rows are counted from 1.
        return list(zip_longest((), *self.rows))

    @property
    def width(self) -> int:
        """How far its widest row reaches."""
        return len(self._columns)

    def _column(self, column: int) -> Sequence[Cell]:
        return self._columns[column - 1] if column <= len(self._columns) else (None,) * (len(self.rows) + 1)

    def cells(self, column: int, rows: Iterable[int]) -> Iterator[Cell]:
        """The cells of one column, at these rows."""
        return map(self._column(column).__getitem__, rows)

    def below(self, column: int, row: int) -> Iterator[Cell]:
        """The cells of one column under a row."""
        return islice(self._column(column), row + 1, None)

    def where(self, row: int, column: int | None, titre: str) -> tuple[str | None, int, str | None]:
        """Sheet, row and column where a person finds a cell; without a column, the row alone."""
        if column is None:
            nom, own, _ = self.origins.get((row, 1), (self.nom, row, ""))
            return nom, own, None
        return self.origins.get((row, column)) or (self.nom, row, self.place_of(column, titre))

    def place_of(self, column: int, titre: str) -> str:
        """How a person finds the column: its letter in a workbook, its title in a csv file."""
        return titre if self.nom is None else column_letter(column)


@dataclass(frozen=True)
class Content:
    """A file's sheets that are shown, and the names of those that are hidden, which are not read."""

    fichier: str
    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...] = ()

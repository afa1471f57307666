"""Rows as the channel between child and parent carries them: column by column, each different cell once.

Most columns of a list of dossiers hold few different cells: the answer is a third as long, and the parent gets one
object for all equal cells, which makes whatever looks at them later faster.
"""

from array import array
from base64 import b64decode, b64encode
from collections.abc import Sequence
from itertools import compress, count
from operator import eq
from typing import Any

from clact_model.reading.sheet import Cell, distinguished

Column = tuple[list[Cell], str]
"""Its different cells as they are met, and for every row the first one that holds the same cell: 32-bit numbers in base
64. A cell is met at each row that is its own first one."""

_CELLS = (str, int, float, type(None))
_PLACE = "I"


def is_rectangle(rows: Sequence[Sequence[Cell]]) -> bool:
    """True when every row is as wide as the first: what a workbook gives, and a csv file only when nothing is wrong."""
    return len(set(map(len, rows))) == 1


def packed(rows: Sequence[Sequence[Cell]]) -> list[Column]:
    """The columns of a rectangle."""
    return [_packed(column) for column in zip(*rows, strict=True)]


def unpacked(columns: Sequence[Sequence[Any]], temporal: tuple[type, ...]) -> list[tuple[Cell, ...]]:
    """The rows again. ``temporal``: what cells may be beside text and numbers. Raises ValueError, IndexError or TypeError
    for what is no columns of cells."""
    read = [_unpacked(cells, firsts, temporal) for cells, firsts in columns]
    return list(zip(*read, strict=True))


def _packed(column: Sequence[Cell]) -> Column:
    met: dict[Any, int] = {}
    firsts = array(_PLACE, map(met.setdefault, column, count()))
    keys = distinguished(column) if any(isinstance(cell, int | float) for cell in met) else column
    if keys is not column:
        met = {}
        firsts = array(_PLACE, map(met.setdefault, keys, count()))
    return [column[row] for row in met.values()], b64encode(firsts.tobytes()).decode()


def _unpacked(cells: list[Cell], written: str, temporal: tuple[type, ...]) -> list[Cell]:
    if not all(isinstance(cell, (*_CELLS, *temporal)) for cell in cells):
        raise TypeError("not a cell")
    firsts = array(_PLACE)
    firsts.frombytes(b64decode(written))
    met = compress(count(), map(eq, firsts, count()))
    return list(map(dict(zip(met, cells, strict=True)).__getitem__, firsts))

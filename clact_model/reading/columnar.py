"""Rows as the channel between child and parent carries them: column by column, each different cell once.

Most columns of a list of dossiers hold few different cells: the answer is a third as long, and the parent gets one
object for all equal cells, which makes whatever looks at them later faster.
"""

from array import array
from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Sequence
from itertools import count
from typing import Any

from clact_model.reading.sheet import Cell, distinguished

Column = tuple[list[Cell], str]
"""Its different cells as they are met, and for every row the place of its cell among them: 32-bit numbers in base 64."""

_CELLS: frozenset[type] = frozenset((str, int, float, bool, type(None)))
_PLACE = "I"


def is_rectangle(rows: Sequence[Sequence[Cell]]) -> bool:
    """True when every row is as wide as the first: what a workbook gives, and a csv file only when nothing is wrong."""
    return len(set(map(len, rows))) == 1


def packed(rows: Sequence[Sequence[Cell]]) -> list[Column]:
    """The columns of a rectangle."""
    return [_packed(column) for column in zip(*rows, strict=True)]


def unpacked(columns: Sequence[Sequence[Any]], temporal: frozenset[type]) -> list[tuple[Cell, ...]]:
    """The rows again. ``temporal``: what cells may be beside text and numbers. Raises ValueError, IndexError or TypeError
    for what is no columns of cells."""
    read = [_unpacked(cells, places, _CELLS | temporal) for cells, places in columns]
    return list(zip(*read, strict=True))


def _packed(column: Sequence[Cell]) -> Column:
    met, places = _met(column)
    if any(isinstance(cell, int | float) for cell in met):
        keys = distinguished(column)
        if keys is not column:
            typed, places = _met(keys)
            met = [cell for _, cell in typed]
    return met, b64encode(places.tobytes()).decode()


def _met(keys: Sequence[Any]) -> tuple[list[Any], "array[int]"]:
    """The different keys as they are met, and the place of each key among them."""
    known: defaultdict[Any, int] = defaultdict(count().__next__)
    places = array(_PLACE, map(known.__getitem__, keys))
    return list(known), places


def _unpacked(cells: list[Cell], written: str, types: frozenset[type]) -> list[Cell]:
    if not types.issuperset(map(type, cells)):
        raise TypeError("not a cell")
    places = array(_PLACE)
    places.frombytes(b64decode(written))
    return list(map(cells.__getitem__, places))

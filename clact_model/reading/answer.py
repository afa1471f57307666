"""What the child says to its parent: JSON.

JSON and not ``marshal`` nor ``pickle``, which go faster: a workbook that took hold of the child through a fault of a
library could then crash the parent, or run in it. All that JSON can give is values.
"""

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from clact_model.reading import columnar
from clact_model.reading.limits import FileRefusedError
from clact_model.reading.sheet import Content, Sheet

_READERS: dict[str, Callable[[Any], object]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda seconds: timedelta(seconds=seconds),
}
_TEMPORAL = frozenset((date, datetime, time, timedelta))


def content(read: Content) -> bytes:
    """The sheets, as the parent receives them."""
    sheets = [
        [
            sheet.nom,
            *_cells(sheet),
            [[*place, *fault] for place, fault in sheet.faults.items()],
            [[*place, formula] for place, formula in sheet.formulas.items()],
            sheet.notices,
        ]
        for sheet in read.sheets
    ]
    return json.dumps([sheets, read.hidden], default=_temporal).encode()


def refusal(refused: FileRefusedError) -> bytes:
    """The sentence of a refusal and its place."""
    return json.dumps([str(refused), refused.sheet, refused.row, refused.column, None]).encode()


def understood(said: bytes, fichier: str) -> Content:
    """The sheets, as the child sent them. Raises the FileRefusedError that it sent, ValueError for what is no answer."""
    try:
        match json.loads(said, object_hook=_restored):
            case [[*sheets], [*hidden]]:
                return Content(fichier, tuple(_sheet(fichier, sheet) for sheet in sheets), tuple(map(str, hidden)))
            case [str() as sentence, sheet, row, column, None]:
                raise FileRefusedError(sentence, sheet, row, column)
    except (TypeError, ValueError, LookupError, RecursionError) as error:
        raise ValueError("not an answer of the child") from error
    raise ValueError("not an answer of the child")


def _sheet(fichier: str, sent: list[Any]) -> Sheet:
    name, rows, columns, faults, formulas, notices = sent
    return Sheet(
        fichier,
        name,
        columnar.unpacked(columns, _TEMPORAL) if columns else rows,
        {(row, column): (shown, sentence) for row, column, shown, sentence in faults},
        {(row, column): formula for row, column, formula in formulas},
        tuple(notices),
    )


def _cells(sheet: Sheet) -> tuple[object, object]:
    """The rows as they are, or the columns that they make."""
    return ((), columnar.packed(sheet.rows)) if columnar.is_rectangle(sheet.rows) else (sheet.rows, ())


def _temporal(value: object) -> dict[str, Any]:
    """Dates, which JSON lacks: the name of the type and its writing."""
    if isinstance(value, timedelta):
        return {"timedelta": value.total_seconds()}
    if isinstance(value, date | time):
        return {type(value).__name__: value.isoformat()}
    raise TypeError(value)


def _restored(sent: dict[str, Any]) -> object:
    ((kind, written),) = sent.items()
    return _READERS[kind](written)

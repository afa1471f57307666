"""What a parser answers: a value, perhaps with something to say, or a refusal."""

import unicodedata
from datetime import date, datetime
from typing import Generic, Literal, NamedTuple, TypeVar

from clact_model.errors import ClactError
from clact_model.reading import Cell

T_co = TypeVar("T_co", covariant=True)

QUOTED_LENGTH = 60


class RefusalError(ClactError):
    """A cell that is not one value of its type: a French sentence with the remedy, without the place."""


class Read(NamedTuple, Generic[T_co]):
    """The value of a cell, and the French sentence that a person must hear about it, if any."""

    value: T_co
    notice: str | None = None
    gravite: Literal["avertissement", "information"] = "avertissement"


def shown(cell: Cell) -> str:
    """The cell as a person wrote it, on one line, shortened: fit for a message."""
    match cell:
        case None:
            text = ""
        case bool():
            text = "VRAI" if cell else "FAUX"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            text = str(int(cell))
        case datetime():
            text = cell.strftime("%d/%m/%Y %H:%M")
        case date():
            text = cell.strftime("%d/%m/%Y")
        case _:
            text = str(cell)
    line = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text[: QUOTED_LENGTH + 1])
    return line if len(line) <= QUOTED_LENGTH else line[: QUOTED_LENGTH - 1] + "…"


def quoted(cell: Cell) -> str:
    """``« voir devis »``."""
    return f"« {shown(cell).strip()} »"

"""One answer to one question of the platform's form, as its GraphQL service gives it → the cell of an export.

A value stands under its own name (``value``) or under the one that the platform's stored query gives it
(``decimalNumber``): both are read. What was left blank stays blank.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from clact_model.reading.sheet import Cell

Champ = Mapping[str, Any]
NO_FILE = "(aucun fichier)"
"""Cell of a question that asks for files and got none: it is answered, where an export leaves it blank."""


def value(champ: Champ) -> Cell:
    """The cell. Raises TypeError, ValueError or KeyError for what the platform does not write."""
    return _READERS.get(champ["__typename"], _string)(champ)


def label(question: Champ) -> str:
    """The title of a question."""
    written = question["label"]
    if not isinstance(written, str):
        raise TypeError("a label")
    return written.strip()


def text(written: Any) -> str | None:
    """A text, None when blank."""
    if written is not None and not isinstance(written, str):
        raise TypeError("a text")
    return written or None


def number(written: Any) -> int:
    """A whole number."""
    if isinstance(written, bool) or not isinstance(written, int):
        raise TypeError("a number")
    return written


def boolean(written: Any) -> bool | None:
    """True, False, or None when blank."""
    if written is not None and not isinstance(written, bool):
        raise TypeError("a yes or a no")
    return written


def moment(written: Any) -> datetime | None:
    """A day and a time, with their zone when it is written."""
    shown = text(written)
    return datetime.fromisoformat(shown) if shown else None


def _day(written: Any) -> date | None:
    shown = text(written)
    return date.fromisoformat(shown) if shown else None


def _string(champ: Champ) -> Cell:
    return text(champ.get("stringValue"))


def _yes_no(champ: Champ) -> Cell:
    # An older query gives a yes/no as a box, false where it was left blank: only its text tells the two apart.
    blank = "stringValue" in champ and not champ["stringValue"]
    return None if blank else boolean(_given(champ, "selected", "checked"))


def _whole(champ: Champ) -> Cell:
    written = _given(champ, "integerNumber")
    return int(written) if isinstance(written, str) and written else _decimal_or_blank(written)


def _decimal_or_blank(written: Any) -> Cell:
    if written in (None, ""):
        return None
    if isinstance(written, bool) or not isinstance(written, int | float):
        raise TypeError("a number")
    return written


def _decimal(champ: Champ) -> Cell:
    return _decimal_or_blank(_given(champ, "decimalNumber"))


def _several(champ: Champ) -> Cell:
    return ", ".join(map(_sure, champ["values"])) or None


def _linked(champ: Champ) -> Cell:
    first, second = text(champ["primaryValue"]), text(champ["secondaryValue"])
    return f"{first or ''} / {second or ''}" if first or second else None


def _files(champ: Champ) -> Cell:
    return ", ".join(_sure(file["filename"]) for file in champ["files"]) or NO_FILE


def _departement(champ: Champ) -> Cell:
    place = champ.get("departement")
    return f"{_sure(place['code'])} – {_sure(place['name'])}" if place else _string(champ)


def _commune(champ: Champ) -> Cell:
    place = champ.get("commune")
    return _sure(place["name"]) if place else _string(champ)


def _siret(champ: Champ) -> Cell:
    return _string(champ) or text((champ.get("etablissement") or {}).get("siret"))


def _given(champ: Champ, *names: str) -> Any:
    """The value under the first of these names that is there, else ``value``."""
    return next((champ[name] for name in names if name in champ), champ.get("value"))


def _sure(written: Any) -> str:
    return text(written) or ""


_READERS: Mapping[str, Callable[[Champ], Cell]] = {
    "YesNoChamp": _yes_no,
    "CheckboxChamp": _yes_no,
    "IntegerNumberChamp": _whole,
    "DecimalNumberChamp": _decimal,
    "DateChamp": lambda champ: _day(champ["date"]),
    "DatetimeChamp": lambda champ: moment(champ["datetime"]),
    "MultipleDropDownListChamp": _several,
    "LinkedDropDownListChamp": _linked,
    "PieceJustificativeChamp": _files,
    "DepartementChamp": _departement,
    "CommuneChamp": _commune,
    "SiretChamp": _siret,
}

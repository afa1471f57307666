"""Tables of dossiers and lines: French formats, « — » for the unknown, 200 rows at a time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from zoneinfo import ZoneInfo

import pyarrow as pa
import streamlit as st

from clact_model import formats
from clact_model.fields import Field
from pages.components import sizes, text, ticked

ROWS_SENT = 200
"""A table is sent anew at each run, 4 µs a row: more than this waits on the next page."""

Kind = Literal["texte", "montant", "part", "nombre", "score", "entier", "numero", "date", "moment", "oui_non"]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``champ`` is its key in the rows, ``libelle`` its header (with the unit)."""

    champ: str
    libelle: str
    kind: Kind = "texte"
    help: str | None = None
    width: Literal["small", "medium", "large"] | int | None = None
    pinned: bool = False
    labels: Mapping[str, str] | None = None
    """What stands for each code."""
    fuseau: str = "Europe/Paris"
    """The zone in which a ``moment`` is shown."""


_KINDS: Mapping[str, Kind] = {
    "montant": "montant",
    "pourcentage": "part",
    "nombre": "nombre",
    "note": "nombre",
    "entier": "entier",
    "date": "date",
    "horodatage": "moment",
    "oui_non": "oui_non",
}


def column(field: Field, **changes: Any) -> Column:
    """The column of a field of the dictionary; ``changes`` replace what is particular to one table."""
    settings: dict[str, Any] = {
        "champ": field.champ,
        "libelle": field.libelle,
        "kind": _KINDS.get(field.type, "texte"),
        "help": field.sens or None,
        "labels": {value.code: value.libelle for value in field.valeurs} or None,
    }
    return Column(**settings | changes)


def _text_of(value: Any, column: Column) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return formats.yes_no(value)
    return (column.labels or {}).get(value, str(value))


def _moment_of(value: Any, column: Column) -> Any:
    # The wall clock of the programme, whatever the browser's zone: a deadline is read in the programme's own.
    return None if value is None else value.astimezone(ZoneInfo(column.fuseau)).replace(tzinfo=None)


def _as_is(value: Any, column: Column) -> Any:
    return value


def _share_of(value: Any, column: Column) -> float | None:
    return None if value is None else float(value)


def _score_of(value: Any, column: Column) -> float | None:
    # Kept to four decimals, read to two: the same on every screen.
    return None if value is None else float(round(value, 2))


@dataclass(frozen=True, slots=True)
class _Look:
    arrow: pa.DataType
    config: Callable[..., Any]
    format: str | None = None
    read: Callable[[Any, Column], Any] = _as_is


# The formats that name no pattern follow the browser's locale: « 1 234,50 € », « 12,3 % ».
_LOOKS: Mapping[Kind, _Look] = {
    "texte": _Look(pa.string(), st.column_config.TextColumn, read=_text_of),
    "oui_non": _Look(pa.string(), st.column_config.TextColumn, read=_text_of),
    "montant": _Look(pa.decimal128(16, 2), st.column_config.NumberColumn, "euro"),
    "part": _Look(pa.float64(), st.column_config.NumberColumn, "percent", _share_of),
    "nombre": _Look(pa.float64(), st.column_config.NumberColumn, "localized", _share_of),
    "score": _Look(pa.float64(), st.column_config.NumberColumn, "localized", _score_of),
    "entier": _Look(pa.int64(), st.column_config.NumberColumn, "localized"),
    # A name made of figures, written as it is elsewhere: no space between its thousands. Streamlit's own "plain" asks for
    # twenty decimals of it, and paints one number in seven as 7868.999999999999.
    "numero": _Look(pa.int64(), st.column_config.NumberColumn, "%d"),
    "date": _Look(pa.date32(), st.column_config.DateColumn, "DD/MM/YYYY"),
    "moment": _Look(pa.timestamp("s"), st.column_config.DatetimeColumn, "DD/MM/YYYY HH:mm", _moment_of),
}


def _arrow(rows: Sequence[Row], columns: Sequence[Column]) -> pa.Table:
    # Typed by the column, not by what is in it: a column of unknowns keeps its look, an amount stays exact.
    return pa.table(
        {
            c.champ: pa.array([_LOOKS[c.kind].read(row.get(c.champ), c) for row in rows], _LOOKS[c.kind].arrow)
            for c in columns
        }
    )


def _config(column: Column) -> Any:
    look = _LOOKS[column.kind]
    settings = {
        "help": text.plain(column.help) if column.help else None,
        "width": column.width,
        "pinned": column.pinned or None,
    }
    if look.format:
        settings["format"] = look.format
    return look.config(column.libelle, **settings)


def _page_of(rows: Sequence[Row], key: str, sent: int) -> Sequence[Row]:
    """The rows of the page chosen under the table's title; all of them when they fit."""
    pages = -(-len(rows) // sent)
    if pages <= 1:
        return rows
    number = st.pagination(pages, key=f"{key}_page")
    first = (number - 1) * sent
    shown = rows[first : first + sent]
    st.caption(
        f"Lignes {formats.number(first + 1)} à {formats.number(first + len(shown))} "
        f"sur {formats.number(len(rows))}. Le tri d'une colonne porte sur la page affichée."
    )
    return shown


def _height(rows: int, most: int | None) -> int | Literal["auto"]:
    # Never taller than its rows: a fixed height draws empty ones under a short list.
    return "auto" if most is None else min(sizes.table_height(rows), most)


def show(
    rows: Sequence[Row],
    columns: Sequence[Column],
    *,
    key: str,
    alt: str,
    most: int | None = None,
    sent: int = ROWS_SENT,
) -> None:
    """A table to read, ``sent`` rows at a time. ``alt`` names it for screen readers: « Dossiers recevables ».

    ``most`` is how many pixels it may take: as its rows need, up to that. Without it ten are shown and the rest scrolls.
    """
    shown = _page_of(rows, key, sent)
    st.dataframe(
        _arrow(shown, columns),
        hide_index=True,
        column_config={c.champ: _config(c) for c in columns},
        placeholder=formats.UNKNOWN,
        height=_height(len(shown), most),
        key=key,
        alt=alt,
    )


def choose_several(
    rows: Sequence[Row],
    columns: Sequence[Column],
    *,
    names: Sequence[str],
    key: str,
    alt: str,
    most: int | None = None,
) -> list[Row]:
    """A table of which any number of rows can be picked. ``names`` are the fields that tell one row from another."""
    return _picked(rows, columns, "multi-row", names, key, alt, most)


def choose(
    rows: Sequence[Row],
    columns: Sequence[Column],
    *,
    names: Sequence[str],
    key: str,
    alt: str,
    most: int | None = None,
) -> Row | None:
    """A table of which one row can be picked: that row, or None. ``names`` are the fields that tell one row from another."""
    return next(iter(_picked(rows, columns, "single-row", names, key, alt, most)), None)


def _picked(
    rows: Sequence[Row],
    columns: Sequence[Column],
    mode: Literal["multi-row", "single-row"],
    names: Sequence[str],
    key: str,
    alt: str,
    most: int | None,
) -> list[Row]:
    shown = _page_of(rows, key, ROWS_SENT)
    ticked.follow(key, [tuple(row[name] for name in names) for row in shown])
    state = st.dataframe(
        _arrow(shown, columns),
        hide_index=True,
        column_config={c.champ: _config(c) for c in columns},
        placeholder=formats.UNKNOWN,
        height=_height(len(shown), most),
        key=key,
        on_select="rerun",
        selection_mode=mode,
        alt=alt,
    )
    return [shown[index] for index in state.selection.rows if index < len(shown)]

"""Types of the dictionary as Arrow holds them, and values of the tables as French people read them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

from clact_model import formats
from clact_model.fields import SQL_TYPES, Field

_BY_SQL: Mapping[str, pa.DataType] = {
    "VARCHAR": pa.string(),
    "TIMESTAMPTZ": pa.timestamp("us", "UTC"),
    "DATE": pa.date32(),
    "BOOLEAN": pa.bool_(),
    "BIGINT": pa.int64(),
    "DECIMAL(12,2)": pa.decimal128(12, 2),
    "DECIMAL(9,6)": pa.decimal128(9, 6),
    "DECIMAL(14,2)": pa.decimal128(14, 2),
    "DECIMAL(4,2)": pa.decimal128(4, 2),
}
ARROW_TYPES: Mapping[str, pa.DataType] = {kind: _BY_SQL[sql] for kind, sql in SQL_TYPES.items()}
"""Type of the dictionary → type of the Arrow column."""

_SHOWN: Mapping[str, Callable[[Any], str]] = {
    "montant": formats.euros,
    "pourcentage": formats.share,
    "oui_non": formats.yes_no,
    "date": formats.day,
    "entier": formats.number,
    "nombre": formats.number,
    "note": formats.number,
}

HIDDEN = "(donnée personnelle)"


def in_french(field: Field, value: object, zone: ZoneInfo) -> str | None:
    """A value as a change shows it; None when unknown. Personal data never leaves its table: it is only named."""
    if value is None:
        return None
    if field.type == "courriel":
        return HIDDEN
    if isinstance(value, datetime):
        return formats.moment(value.astimezone(zone))
    if field.type == "code" or field.valeurs:
        return field.label_of(str(value))
    return _SHOWN.get(field.type, str)(value)

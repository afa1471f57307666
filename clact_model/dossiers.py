"""What the base holds, read back: dossiers and their lines, field by field."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from clact_model.fields import KEYS, Field, Table
from clact_model.programme import Programme
from clact_model.store.columns import current

Row = dict[str, Any]


def set_aside_sql(alias: str) -> str:
    """True, in SQL, for a dossier that is kept and shown, and not judged.

    Archived on the platform, closed without a decision, or set aside by a person.
    """
    return (
        f"(coalesce({alias}.archive, false) OR coalesce({alias}.etat = 'sans_suite', false) "
        f"OR ({alias}.programme, {alias}.numero) IN (SELECT (programme, numero) FROM mise_de_cote))"
    )


def read(cursor: duckdb.DuckDBPyConnection, programme: Programme, numeros: Sequence[str] | None = None) -> list[Row]:
    """Dossiers in the order of the file, all or those named: every field by its ``champ``, unknown as None.

    Amounts are Decimal, EUR; shares Decimal 0..1; times aware, in the programme's zone. ``actions`` holds the lines, each
    with ``ligne``. Grades are the instructor's where there is one.
    """
    lines: dict[str, list[Row]] = {}
    for row in _rows(cursor, programme, "action", numeros):
        lines.setdefault(row["numero_dossier"], []).append(row)
    found = _rows(cursor, programme, "dossier", numeros)
    for row in found:
        row["actions"] = lines.get(row["numero"], [])
    return found


def numbers(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> list[str]:
    """The numbers of the dossiers, in the order of the file."""
    rows = cursor.execute("SELECT numero FROM dossier WHERE programme = ? ORDER BY ordre", [programme.id]).fetchall()
    return [row[0] for row in rows]


def _rows(
    cursor: duckdb.DuckDBPyConnection, programme: Programme, table: Table, numeros: Sequence[str] | None
) -> list[Row]:
    fields = programme.dictionary.of(table)
    key, order = ("", "t.ordre") if table == "dossier" else ("t.ligne, ", "t.numero, t.ligne")
    where = "" if numeros is None else "AND list_contains($numeros::VARCHAR[], t.numero)"
    parameters: Row = {"programme": programme.id} | ({} if numeros is None else {"numeros": list(numeros)})
    rows = cursor.execute(
        f"""SELECT {key}{", ".join(_column(field) for field in fields)}
            FROM {table} t LEFT JOIN contact c ON c.programme = t.programme AND c.numero = t.numero
            WHERE t.programme = $programme {where} ORDER BY {order}""",
        parameters,
    ).fetchall()
    names = (["ligne"] if table == "action" else []) + [field.champ for field in fields]
    found = [dict(zip(names, row, strict=True)) for row in rows]
    for field in fields:
        if field.type == "horodatage":
            for row in found:
                row[field.champ] = row[field.champ] and row[field.champ].astimezone(programme.file.zone)
    return found


def _column(field: Field) -> str:
    return "t.numero" if field.champ in KEYS else current(field)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A dossier that is kept and shown, and not judged."""

    numero: str
    raison_sociale: str | None
    etat: str | None
    archive: bool
    date_depot: datetime | None
    motif: str | None
    """Why a person set it aside."""


def set_aside(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> list[SetAside]:
    """The dossiers that are not judged, in the order of the file."""
    rows = cursor.execute(
        f"""SELECT numero, raison_sociale, etat, coalesce(archive, false), date_depot,
                   (SELECT motif FROM mise_de_cote m WHERE m.programme = t.programme AND m.numero = t.numero)
            FROM dossier t WHERE programme = ? AND {set_aside_sql("t")} ORDER BY ordre""",
        [programme.id],
    ).fetchall()
    return [
        SetAside(numero, name, etat, archive, depot and depot.astimezone(programme.file.zone), motif)
        for numero, name, etat, archive, depot, motif in rows
    ]

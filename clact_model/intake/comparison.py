"""What the files give against what the base holds, field by field, in temporary tables of the cursor in use.

``ancien_dossier`` and ``ancien_action`` hold the base; ``entrant_dossier`` and ``entrant_action`` what it would hold;
``ancienne_ligne``, where the base has dossiers, the lines that the files replace.
Unknown columns of a file say nothing: the base's value stays; so does what a person completed of an empty cell. A line keeps it when its place and title are the same.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from clact_model.fields import Dictionary, Field, Table
from clact_model.intake import completed, decided
from clact_model.intake.columns import in_french
from clact_model.intake.gathering import Candidature, Lot
from clact_model.intake.report import Counts
from clact_model.programme import Programme
from clact_model.store import Change
from clact_model.store.columns import stored

TABLES: tuple[Table, ...] = ("dossier", "action")
PLACES: Mapping[Table, str] = {"dossier": "ordre", "action": "ligne"}
"""Table → the column that says where a row stands in its file."""


@dataclass(frozen=True)
class Comparison:
    """What writing would change. ``new`` and ``modified``: numbers of dossiers; ``gone``: those absent from the files, or deleted by their source."""

    new: tuple[str, ...]
    modified: tuple[str, ...]
    unchanged: int
    gone: tuple[str, ...]
    changes: tuple[Change, ...]
    kept: tuple[str, ...] = ()
    """Dossiers already decided: they stay as they are, whatever the files say."""
    kept_changes: tuple[Change, ...] = ()
    """What the files would change in them."""

    def counts(self, refused: int) -> Counts:
        return Counts(len(self.new), len(self.modified), self.unchanged, len(self.gone), refused)


def stored_numbers(cursor: duckdb.DuckDBPyConnection, programme: str, lines_from: int = 0) -> list[str]:
    """The numbers of the dossiers that the base holds; those with at least that many lines."""
    rows = cursor.execute(
        """SELECT numero FROM dossier d WHERE programme = $programme
           AND (SELECT count(*) FROM action a WHERE a.programme = d.programme AND a.numero = d.numero) >= $lignes
           ORDER BY numero""",
        {"programme": programme, "lignes": lines_from},
    ).fetchall()
    return [row[0] for row in rows]


def compare(
    cursor: duckdb.DuckDBPyConnection,
    programme: Programme,
    candidature: Candidature,
    whole: str | None,
    deleted: Collection[str] = (),
) -> Comparison:
    """Fill the temporary tables and read the differences from them. Writes nothing to the base.

    ``whole``: the source that the files give every dossier of; None when they do not claim to. ``deleted``: the numbers
    that the source says it deleted.
    """
    _stage(cursor, programme, candidature)
    numbers = candidature.numbers
    old = {row[0] for row in cursor.execute("SELECT numero FROM ancien_dossier").fetchall()}
    differing, changes = _against_stored(cursor, programme, candidature) if old else (set[str](), [])
    settled = decided.numbers(cursor, programme.id)
    modified = tuple(numero for numero in numbers if numero in differing and numero not in settled)
    new = tuple(numero for numero in numbers if numero not in old)
    return Comparison(
        new,
        modified,
        len(numbers) - len(new) - len(modified),
        _gone(cursor, programme.id, whole, candidature.seen, deleted),
        tuple(change for change in changes if change.numero not in settled),
        tuple(numero for numero in numbers if numero in differing and numero in settled),
        tuple(change for change in changes if change.numero in settled),
    )


def changes_of_restoring(
    cursor: duckdb.DuckDBPyConnection, programme: Programme, importation: str
) -> tuple[Change, ...]:
    """What putting back the dossiers that an import replaced would change in them, field by field. Writes nothing."""
    _stage_stored(cursor, programme)
    where = "t.programme = $programme AND t.remplacee_par = $importation"
    for table in TABLES:
        cursor.execute(
            f"CREATE OR REPLACE TEMP TABLE entrant_{table} AS {_stored_rows(programme.dictionary, table, where, '_avant')}",
            {"programme": programme.id, "importation": importation},
        )
    completed.fill(cursor, programme.id, "entrant_dossier")
    cursor.execute(
        """CREATE OR REPLACE TEMP TABLE ancienne_ligne AS
           SELECT * FROM ancien_action WHERE numero IN (SELECT numero FROM entrant_dossier)"""
    )
    return tuple(_differences(cursor, programme)[1])


def _against_stored(
    cursor: duckdb.DuckDBPyConnection, programme: Programme, candidature: Candidature
) -> tuple[set[str], list[Change]]:
    # Files that hold no line at all say nothing of the lines.
    given = "true" if candidature.actions else "false"
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE ancienne_ligne AS
            SELECT * FROM ancien_action WHERE {given}
            AND numero IN (SELECT numero FROM entrant_dossier UNION ALL SELECT numero FROM entrant_action)
            AND NOT list_contains($tus::VARCHAR[], numero)""",
        {"tus": list(candidature.silent_on_lines)},
    )
    return _differences(cursor, programme)


def _differences(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> tuple[set[str], list[Change]]:
    """The dossiers of the base that the temporary tables would change, and how."""
    dossiers, dossier_changes = _dossier_changes(cursor, programme)
    lines, line_changes = _line_changes(cursor, programme)
    return dossiers | lines, dossier_changes + line_changes


def _stage(cursor: duckdb.DuckDBPyConnection, programme: Programme, candidature: Candidature) -> None:
    _stage_stored(cursor, programme)
    rows = _given_rows(cursor, programme.dictionary, "dossier", candidature.dossiers)
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE entrant_dossier AS {rows}")
    completed.fill(cursor, programme.id, "entrant_dossier")
    rows = _given_rows(cursor, programme.dictionary, "action", candidature.actions)
    # A view: the lines are many and wide, and are read once.
    cursor.execute(f"CREATE OR REPLACE TEMP VIEW entrant_action AS {rows}")


def _stage_stored(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> None:
    for table in TABLES:
        rows = _stored_rows(programme.dictionary, table, "t.programme = ?")
        cursor.execute(f"CREATE OR REPLACE TEMP TABLE ancien_{table} AS {rows}", [programme.id])


def _stored_rows(dictionary: Dictionary, table: Table, where: str, state: str = "") -> str:
    """Rows of a table as they are stored, or as they were (``state``: ``_avant``), with the contact beside them."""
    columns = ", ".join(f'{stored(field)} AS "{field.champ}"' for field in dictionary.stored(table))
    same = " AND c.remplacee_par = t.remplacee_par" if state else ""
    return f"""SELECT t.numero, t.{PLACES[table]}, t.complements, {columns} FROM {table}{state} t
               LEFT JOIN contact{state} c ON c.programme = t.programme AND c.numero = t.numero{same} WHERE {where}"""


def _given_rows(cursor: duckdb.DuckDBPyConnection, dictionary: Dictionary, table: Table, lots: Sequence[Lot]) -> str:
    """The rows of the lots, which the cursor keeps, as the base would hold them."""
    parts = []
    for index, lot in enumerate(lots):
        name = f"lot_{table}_{index}"
        cursor.register(name, lot.rows)
        given = {field.champ for field in lot.fields}
        columns = ", ".join(f'{"n" if f.champ in given else "a"}."{f.champ}"' for f in dictionary.stored(table))
        parts.append(
            f"SELECT n.numero, n.{PLACES[table]}, {columns} FROM {name} n LEFT JOIN ancien_{table} a ON a.numero = n.numero"
            + _same_line(table, given)
        )
    return " UNION ALL ".join(parts) or f"SELECT * EXCLUDE (complements) FROM ancien_{table} WHERE false"


def _same_line(table: Table, given: set[str]) -> str:
    if table == "dossier":
        return ""
    title = " AND a.intitule IS NOT DISTINCT FROM n.intitule" if "intitule" in given else ""
    return f" AND a.ligne = n.ligne{title}"


def _dossier_changes(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> tuple[set[str], list[Change]]:
    fields = programme.dictionary.stored("dossier")
    rows = cursor.execute(
        f"""SELECT n.numero, NULL, {_columns("a", fields)}, {_columns("n", fields)}
            FROM entrant_dossier n JOIN ancien_dossier a USING (numero)
            WHERE row({_columns("n", fields)}) IS DISTINCT FROM row({_columns("a", fields)}) ORDER BY n.ordre"""
    ).fetchall()
    changes = _changes(rows, fields, programme)
    return {change.numero for change in changes}, changes


def _line_changes(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> tuple[set[str], list[Change]]:
    """Lines changed, added or removed in dossiers that the base holds already."""
    fields = programme.dictionary.stored("action")
    rows = cursor.execute(
        f"""SELECT coalesce(n.numero, a.numero) AS numero, coalesce(n.ligne, a.ligne) AS ligne,
                   {_columns("a", fields)}, {_columns("n", fields)}
            FROM entrant_action n FULL JOIN ancienne_ligne a ON a.numero = n.numero AND a.ligne = n.ligne
            WHERE coalesce(n.numero, a.numero) IN (SELECT numero FROM ancien_dossier)
              AND (n.numero IS NULL OR a.numero IS NULL
                   OR row({_columns("n", fields)}) IS DISTINCT FROM row({_columns("a", fields)}))
            ORDER BY 1, 2"""
    ).fetchall()
    return {row[0] for row in rows}, _changes(rows, fields, programme)


def _columns(alias: str, fields: Iterable[Field]) -> str:
    return ", ".join(f'{alias}."{f.champ}"' for f in fields)


def _changes(rows: Iterable[tuple[Any, ...]], fields: Sequence[Field], programme: Programme) -> list[Change]:
    zone, width = ZoneInfo(programme.fuseau), len(fields)
    return [
        Change(numero, ligne, field.champ, in_french(field, before, zone), in_french(field, after, zone))
        for numero, ligne, *values in rows
        for field, before, after in zip(fields, values[:width], values[width:], strict=True)
        if not _same(before, after)
    ]


def _same(before: object, after: object) -> bool:
    """Whether a value is as it was: one export writes the hundredths of a moment, another leaves them out."""
    if isinstance(before, datetime) and isinstance(after, datetime):
        return before.replace(microsecond=0) == after.replace(microsecond=0)
    return before == after


def _gone(
    cursor: duckdb.DuckDBPyConnection,
    programme: str,
    source: str | None,
    seen: frozenset[str],
    deleted: Collection[str],
) -> tuple[str, ...]:
    """The dossiers that an earlier import of the same source gave and that these files, if whole, no longer name; and
    those deleted."""
    rows = cursor.execute(
        """SELECT d.numero FROM dossier d LEFT JOIN importation i ON i.id = d.importation
           WHERE d.programme = $programme AND (i.source = $source OR list_contains($supprimes, d.numero)) ORDER BY d.ordre""",
        {"programme": programme, "source": source, "supprimes": list(deleted)},
    ).fetchall()
    return tuple(numero for (numero,) in rows if numero not in seen)

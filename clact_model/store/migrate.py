"""Brings a base to today's tables: numbered files, each once, in order, all in one transaction."""

from collections.abc import Mapping
from pathlib import Path

import duckdb

from clact_model import fields
from clact_model.errors import ClactError

FOLDER = Path(__file__).parent / "migrations"


class ForeignBaseError(ClactError):
    """A DuckDB file that this tool did not make."""


class NewerBaseError(ClactError):
    """The base was written by a later version of the tool."""


def migrate(cursor: duckdb.DuckDBPyConnection) -> None:
    """Apply the migrations that the base has not had yet, then add the columns that the dictionary has gained.

    Raises NewerBaseError when the base knows a migration that this version does not, ForeignBaseError when the file
    holds other tables: nothing is written into it.
    """
    tables = {row[0] for row in cursor.execute("SELECT table_name FROM information_schema.tables").fetchall()}
    if tables and "migration" not in tables:
        raise ForeignBaseError("Ce fichier est une base, mais pas une base de cet outil : indiquez un autre fichier.")
    cursor.begin()
    try:
        cursor.execute("CREATE TABLE IF NOT EXISTS migration (nom VARCHAR PRIMARY KEY, quand TIMESTAMPTZ NOT NULL)")
        done = {row[0] for row in cursor.execute("SELECT nom FROM migration").fetchall()}
        files = {path.stem: path for path in sorted(FOLDER.glob("[0-9]*.sql"))}
        if unknown := sorted(done - set(files)):
            raise NewerBaseError(
                f"Cette base a été écrite par une version plus récente de l'outil ({unknown[-1]}) : "
                "installez cette version, ou ouvrez une autre base."
            )
        for name, path in files.items():
            if name not in done:
                cursor.execute(path.read_text(encoding="utf-8"))
                cursor.execute("INSERT INTO migration VALUES (?, now())", [name])
        _add_dictionary_columns(cursor)
    except BaseException:
        cursor.rollback()
        raise
    cursor.commit()


_TYPED: Mapping[str, fields.Table] = {
    "dossier": "dossier",
    "dossier_avant": "dossier",
    "action": "action",
    "action_avant": "action",
}
"""Table of the base → the fields of the dictionary that are its columns."""


def _add_dictionary_columns(cursor: duckdb.DuckDBPyConnection) -> None:
    for table, described in _TYPED.items():
        present = {row[0] for row in cursor.execute(f"SELECT name FROM pragma_table_info('{table}')").fetchall()}
        for field in fields.dictionary().stored(described):
            if field.type != "courriel" and field.champ not in present:
                cursor.execute(f'ALTER TABLE {table} ADD COLUMN "{field.champ}" {field.sql_type}')

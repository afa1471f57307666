"""Control totals: rows, euros and a fingerprint of dossier and action, kept at each write and compared at start.

DuckDB opens a damaged write-ahead log without a word (trials of November 2026): these totals notice it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from clact_model import formats
from clact_model.store import decision_controls, ledger_controls
from clact_model.store.connection import is_damage


@dataclass(frozen=True, slots=True)
class Totals:
    """What one programme's dossiers and actions add up to."""

    dossiers: int
    actions: int
    montant_demande: Decimal
    empreinte: str


@dataclass(frozen=True, slots=True)
class State:
    """How far a base has come, and what is wrong in it."""

    ecritures: int
    faults: tuple[str, ...]
    """French sentences; none when every page can be read and the totals agree."""


NOTHING = Totals(0, 0, Decimal("0.00"), "")


def measure(cursor: duckdb.DuckDBPyConnection, programmes: Sequence[str]) -> dict[str, Totals]:
    """Count the tables as they are now: each of these programmes → its totals."""
    # bit_xor: the order of the rows is not part of what is compared.
    rows = cursor.execute(
        """SELECT coalesce(d.programme, a.programme), coalesce(d.lignes, 0), coalesce(a.lignes, 0),
                  coalesce(a.montant, 0)::DECIMAL(18, 2), concat_ws('-', d.empreinte, a.empreinte)
           FROM (SELECT programme, count(*) AS lignes, bit_xor(md5_number(dossier::VARCHAR)) AS empreinte
                 FROM dossier WHERE list_contains($programmes::VARCHAR[], programme) GROUP BY programme) d
           FULL JOIN (SELECT programme, count(*) AS lignes, sum(montant_demande) AS montant,
                             bit_xor(md5_number(action::VARCHAR)) AS empreinte
                      FROM action WHERE list_contains($programmes::VARCHAR[], programme) GROUP BY programme) a
           ON a.programme = d.programme""",
        {"programmes": list(programmes)},
    ).fetchall()
    return dict.fromkeys(programmes, NOTHING) | {programme: Totals(*totals) for programme, *totals in rows}


def seal(cursor: duckdb.DuckDBPyConnection, programme: str) -> Totals:
    """Keep the totals, in the transaction that changed the tables."""
    totals = measure(cursor, [programme])[programme]
    cursor.execute("DELETE FROM controle WHERE programme = ?", [programme])
    cursor.execute(
        "INSERT INTO controle VALUES (?, ?, ?, ?, ?)",
        [programme, totals.dossiers, totals.actions, totals.montant_demande, totals.empreinte],
    )
    return totals


def columns(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    """The columns that the fingerprints cover; none before the tables are made."""
    rows = cursor.execute(
        "SELECT table_name || '.' || column_name FROM duckdb_columns() WHERE list_contains($tables, table_name) "
        "ORDER BY table_name, column_index",
        {"tables": ["dossier", "action", *decision_controls.TABLES, ledger_controls.TABLE]},
    )
    return [name for (name,) in rows.fetchall()]


def seal_again(cursor: duckdb.DuckDBPyConnection) -> None:
    """Keep the totals of every sealed programme anew: the tables gained columns, not rows."""
    cursor.begin()
    try:
        for (programme,) in cursor.execute("SELECT programme FROM controle").fetchall():
            seal(cursor, programme)
        for programme in decision_controls.sealed(cursor):
            decision_controls.seal(cursor, programme)
        ledger_controls.seal_again(cursor)
        cursor.commit()
    except BaseException:
        cursor.rollback()
        raise


def check(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    """One French sentence for each programme whose tables, decisions or ledger no longer hold what was written."""
    kept = {
        programme: Totals(*totals)
        for programme, *totals in cursor.execute("SELECT * FROM controle ORDER BY programme").fetchall()
    }
    measured = measure(cursor, list(kept))
    faults = []
    for programme, expected in kept.items():
        if expected != (found := measured[programme]):
            faults.append(
                f"Programme {programme} : la base ne contient plus ce qui y a été écrit "
                f"(attendu {_sentence(expected)} ; trouvé {_sentence(found)}). "
                "Restaurez la dernière sauvegarde avant de continuer."
            )
    return faults + decision_controls.check(cursor) + ledger_controls.check(cursor)


def state(cursor: duckdb.DuckDBPyConnection) -> State:
    """Read every page of the base and compare its totals. A file without our tables is at write 0 and has no fault."""
    columns = _columns(cursor)
    if not {"etat", "controle"} <= columns.keys():
        return State(0, ())
    try:
        # DuckDB compares the checksum of a page when it reads it, not before: every page is read.
        for table, names in columns.items():
            cursor.execute(f'SELECT bit_xor(hash({names})) FROM "{table}"').fetchone()
        return State(ecritures(cursor), tuple(check(cursor)))
    except duckdb.Error as error:
        if not is_damage(error):
            raise
        return State(0, ("Une partie de la base est illisible : restaurez la dernière sauvegarde avant de continuer.",))


def ecritures(cursor: duckdb.DuckDBPyConnection) -> int:
    """The number of the last write that the base holds."""
    row = cursor.execute("SELECT ecritures FROM etat").fetchone()
    return int(row[0]) if row else 0


def _columns(cursor: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Table → its columns, but files kept as they came, which have a SHA-256 of their own."""
    rows = cursor.execute(
        """SELECT table_name, string_agg('"' || column_name || '"', ', ') FROM duckdb_columns()
           WHERE NOT internal AND data_type <> 'BLOB' GROUP BY table_name"""
    )
    return dict(rows.fetchall())


def _sentence(totals: Totals) -> str:
    return (
        f"{formats.plural(totals.dossiers, 'dossier')}, {formats.plural(totals.actions, 'ligne')}, "
        f"{formats.euros(totals.montant_demande)}, empreinte {totals.empreinte[-8:]}"
    )

"""Control totals: rows, euros and a fingerprint of dossier and action, kept at each write and compared at start.

DuckDB opens a damaged write-ahead log without a word (trials of November 2026): these totals notice it.
"""

from dataclasses import dataclass
from decimal import Decimal

import duckdb

from clact_model import formats


@dataclass(frozen=True, slots=True)
class Totals:
    """What one programme's dossiers and actions add up to."""

    dossiers: int
    actions: int
    montant_demande: Decimal
    empreinte: str


def _fingerprint(table: str) -> str:
    # bit_xor: the order of the rows is not part of what is compared.
    return f"(SELECT bit_xor(md5_number({table}::VARCHAR)) FROM {table} WHERE programme = $programme)"


def measure(cursor: duckdb.DuckDBPyConnection, programme: str) -> Totals:
    """Count the tables as they are now."""
    row = cursor.execute(
        f"""SELECT (SELECT count(*) FROM dossier WHERE programme = $programme),
                   (SELECT count(*) FROM action WHERE programme = $programme),
                   (SELECT coalesce(sum(montant_demande), 0)::DECIMAL(18, 2) FROM action WHERE programme = $programme),
                   concat_ws('-', {_fingerprint("dossier")}, {_fingerprint("action")})""",
        {"programme": programme},
    ).fetchone()
    assert row is not None
    return Totals(*row)


def seal(cursor: duckdb.DuckDBPyConnection, programme: str) -> Totals:
    """Keep the totals, in the transaction that changed the tables."""
    totals = measure(cursor, programme)
    cursor.execute("DELETE FROM controle WHERE programme = ?", [programme])
    cursor.execute(
        "INSERT INTO controle VALUES (?, ?, ?, ?, ?)",
        [programme, totals.dossiers, totals.actions, totals.montant_demande, totals.empreinte],
    )
    return totals


def check(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    """One French sentence for each programme whose tables no longer hold what was written."""
    faults = []
    for programme, *kept in cursor.execute("SELECT * FROM controle ORDER BY programme").fetchall():
        expected, found = Totals(*kept), measure(cursor, programme)
        if expected != found:
            faults.append(
                f"Programme {programme} : la base ne contient plus ce qui y a été écrit "
                f"(attendu {_sentence(expected)} ; trouvé {_sentence(found)}). "
                "Restaurez la dernière sauvegarde avant de continuer."
            )
    return faults


def _sentence(totals: Totals) -> str:
    return (
        f"{formats.plural(totals.dossiers, 'dossier')}, {formats.plural(totals.actions, 'ligne')}, "
        f"{formats.euros(totals.montant_demande)}, empreinte {totals.empreinte[-8:]}"
    )

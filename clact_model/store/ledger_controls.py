"""Control totals of the ledger: how many lines, how many euros and a fingerprint, kept at each write and compared at start.

Lines are only added, so that keeping the totals reads the new ones alone, whatever the ledger already holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from clact_model import formats

TABLE = "mouvement"
_MEASURED = (
    "count(*), coalesce(sum(montant), 0)::DECIMAL(18, 2), coalesce(bit_xor(md5_number(mouvement::VARCHAR)), 0)::VARCHAR"
)


@dataclass(frozen=True, slots=True)
class LedgerTotals:
    """What the lines of one programme add up to: amounts of every nature together, which means nothing but is held."""

    mouvements: int = 0
    montant: Decimal = Decimal("0.00")
    empreinte: str = "0"

    def plus(self, other: "LedgerTotals") -> "LedgerTotals":
        """These lines and those."""
        fingerprint = int(self.empreinte) ^ int(other.empreinte)
        return LedgerTotals(self.mouvements + other.mouvements, self.montant + other.montant, str(fingerprint))


def measure(cursor: duckdb.DuckDBPyConnection) -> Mapping[str, LedgerTotals]:
    """Programme → what its lines add up to now."""
    rows = cursor.execute(f"SELECT programme, {_MEASURED} FROM mouvement GROUP BY programme").fetchall()
    return {programme: LedgerTotals(*totals) for programme, *totals in rows}


def seal_added(cursor: duckdb.DuckDBPyConnection, programme: str, after: int) -> None:
    """Keep the totals with the lines of a number above ``after`` added, in the transaction that wrote them."""
    row = cursor.execute(
        f"SELECT {_MEASURED} FROM mouvement WHERE programme = ? AND id > ?", [programme, after]
    ).fetchone()
    assert row is not None
    _keep(cursor, programme, sealed(cursor).get(programme, LedgerTotals()).plus(LedgerTotals(*row)))


def seal_again(cursor: duckdb.DuckDBPyConnection) -> None:
    """Keep the totals of every programme anew: the table gained a column, not lines."""
    measured = measure(cursor)
    for programme in sealed(cursor):
        _keep(cursor, programme, measured.get(programme, LedgerTotals()))


def sealed(cursor: duckdb.DuckDBPyConnection) -> Mapping[str, LedgerTotals]:
    """Programme → the totals kept; none in a base from before the ledger."""
    if not cursor.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'controle_suivi'").fetchone():
        return {}
    rows = cursor.execute("SELECT * FROM controle_suivi ORDER BY programme").fetchall()
    return {programme: LedgerTotals(*totals) for programme, *totals in rows}


def check(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    """One French sentence for each programme whose ledger is no longer what was written."""
    kept = sealed(cursor)
    measured = measure(cursor) if kept else {}
    return [
        f"Programme {programme} : le registre du suivi n'est plus celui qui a été écrit "
        f"(attendu {_sentence(expected)} ; trouvé {_sentence(found)}). Restaurez la dernière sauvegarde avant de continuer."
        for programme, expected in kept.items()
        if expected != (found := measured.get(programme, LedgerTotals()))
    ]


def _keep(cursor: duckdb.DuckDBPyConnection, programme: str, totals: LedgerTotals) -> None:
    cursor.execute("DELETE FROM controle_suivi WHERE programme = ?", [programme])
    cursor.execute(
        "INSERT INTO controle_suivi VALUES (?, ?, ?, ?)",
        [programme, totals.mouvements, totals.montant, totals.empreinte],
    )


def _sentence(totals: LedgerTotals) -> str:
    return f"{formats.plural(totals.mouvements, 'mouvement')}, empreinte {totals.empreinte[-8:]}"

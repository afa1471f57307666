"""Control totals of the decisions: how many, how many euros and a fingerprint, kept at each write and compared at start."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from clact_model import formats

TABLES = ("comite", "decision")
"""What the fingerprint covers."""


@dataclass(frozen=True, slots=True)
class DecisionTotals:
    """What one programme's decisions add up to."""

    decisions: int = 0
    accorde: Decimal = Decimal("0.00")
    supplement: Decimal = Decimal("0.00")
    empreinte: str = ""


def measure(cursor: duckdb.DuckDBPyConnection) -> Mapping[str, DecisionTotals]:
    """Programme → what its decisions add up to now."""
    rows = cursor.execute(
        """SELECT programme, coalesce(d.decisions, 0), coalesce(d.accorde, 0)::DECIMAL(18, 2),
                  coalesce(d.supplement, 0)::DECIMAL(18, 2), concat_ws('-', c.empreinte, d.empreinte)
           FROM (SELECT programme, bit_xor(md5_number(comite::VARCHAR)) AS empreinte FROM comite GROUP BY programme) c
           FULL JOIN (SELECT programme, count(*) AS decisions, sum(accorde) AS accorde, sum(supplement) AS supplement,
                             bit_xor(md5_number(decision::VARCHAR)) AS empreinte
                      FROM decision GROUP BY programme) d
           USING (programme)"""
    ).fetchall()
    return {programme: DecisionTotals(*totals) for programme, *totals in rows}


def seal(cursor: duckdb.DuckDBPyConnection, programme: str) -> None:
    """Keep the totals, in the transaction that changed the decisions."""
    totals = measure(cursor).get(programme, DecisionTotals())
    cursor.execute("DELETE FROM controle_decision WHERE programme = ?", [programme])
    cursor.execute(
        "INSERT INTO controle_decision VALUES (?, ?, ?, ?, ?)",
        [programme, totals.decisions, totals.accorde, totals.supplement, totals.empreinte],
    )


def sealed(cursor: duckdb.DuckDBPyConnection) -> Mapping[str, DecisionTotals]:
    """Programme → the totals kept; none in a base from before decisions."""
    if not cursor.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'controle_decision'").fetchone():
        return {}
    rows = cursor.execute("SELECT * FROM controle_decision ORDER BY programme").fetchall()
    return {programme: DecisionTotals(*totals) for programme, *totals in rows}


def check(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    """One French sentence for each programme whose decisions are no longer those that were written."""
    kept = sealed(cursor)
    measured = measure(cursor) if kept else {}
    return [
        f"Programme {programme} : les décisions ne sont plus celles qui ont été prises "
        f"(attendu {_sentence(expected)} ; trouvé {_sentence(found)}). Restaurez la dernière sauvegarde avant de continuer."
        for programme, expected in kept.items()
        if expected != (found := measured.get(programme, DecisionTotals()))
    ]


def _sentence(totals: DecisionTotals) -> str:
    return (
        f"{formats.plural(totals.decisions, 'décision')}, {formats.euros(totals.accorde + totals.supplement)}, "
        f"empreinte {totals.empreinte[-8:]}"
    )

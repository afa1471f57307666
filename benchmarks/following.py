"""Balances of every grant as of a day, beside the bare sum of the amounts; where each grant stands, for the screens."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

import duckdb

from benchmarks.measuring import Line, interleaved, seconds
from clact_model import ledger
from clact_model.store import Base

PROGRAMME = "essai_2024"
DAY = date(2026, 2, 16)
LIMITS = {330: 0.1, 100_000: 2.0}
"""Conventions of 20 lines each → seconds (issue 5)."""
RUNS = 5

LINES = """
    INSERT INTO mouvement BY NAME
    SELECT i AS id, $programme AS programme, lpad((i % $conventions)::VARCHAR, 8, '0') AS numero, 'aide' AS poste,
           ['octroi', 'convention', 'tranche', 'versement', 'depense', 'admission', 'depense', 'admission', 'depense',
            'admission', 'depense', 'admission', 'depense', 'admission', 'bilan', 'depense', 'admission', 'depense',
            'rejet', 'bilan'][1 + i // $conventions] AS nature,
           DATE '2024-10-09' + (37 * (i // $conventions))::INTEGER AS jour,
           CASE WHEN i // $conventions < 4 THEN 20000 ELSE 1000 + i % 997 END AS montant,
           'mesure' AS operation, 'mesure' AS auteur, now() AS quand
    FROM range($conventions * 20) r(i)"""


def lines() -> Iterator[Line]:
    """330 and 100,000 conventions."""
    for conventions, limit in LIMITS.items():
        with _base(conventions) as base:
            cursor = base.cursor()
            bare, ours = interleaved(
                partial(seconds, partial(_sum, cursor)),
                partial(seconds, partial(ledger.balances, cursor, PROGRAMME, DAY)),
                runs=RUNS,
            )
            name = f"balances of {conventions:,} conventions × 20 lines"
            yield Line(name, ours, limit=limit)
            yield Line(name, ours, bare, "DuckDB sums the amounts")


def _sum(cursor: duckdb.DuckDBPyConnection) -> None:
    cursor.execute("SELECT sum(montant) FROM mouvement WHERE jour <= ?", [DAY]).fetchall()


@contextmanager
def _base(conventions: int) -> Iterator[Base]:
    with tempfile.TemporaryDirectory() as folder:
        base = Base(Path(folder) / "suivi.duckdb")
        with base.write("suivre", PROGRAMME) as writing:
            writing.cursor.execute(LINES, {"programme": PROGRAMME, "conventions": conventions})
        yield base
        base.close()

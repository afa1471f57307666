"""What the page Consommation computes when something was written: curves, groups, forecast and alerts, beside reading the lines."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from benchmarks.measuring import Line, interleaved, seconds
from clact_model import consumption, demo
from clact_model.programme import load_all
from clact_model.store import Base

PROGRAMME = "grand_est_2024"
DAY = date(2026, 2, 16)
"""A day on which the call is under way and the earlier one lends its pace."""


def lines() -> Iterator[Line]:
    """The demonstration followed: 165 grants of the call, those of the other calls as cases."""
    with TemporaryDirectory(prefix="clact-bench-") as folder:
        base = Base(Path(folder) / "suivi.duckdb")
        demo.ensure_followed(base)
        known = demo.with_history(load_all()).programmes
        cursor = base.cursor()
        bare, curves, whole = interleaved(
            partial(seconds, partial(_bare, cursor)),
            partial(seconds, lambda: consumption.curve(consumption.steps(cursor, PROGRAMME, DAY))),
            partial(seconds, lambda: consumption.read(cursor, known[PROGRAMME], DAY, known)),
        )
        yield Line("consumption, the curve of a call", curves, bare, "reading its lines")
        yield Line("consumption, the whole page", whole, bare, "reading its lines")
        base.close()


def _bare(cursor: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    return cursor.execute("SELECT * FROM mouvement WHERE programme = ? ORDER BY jour, id", [PROGRAMME]).fetchall()

"""Bases to measure on: the demonstration, and as many dossiers as wanted made from it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path

from benchmarks.measuring import in_child
from clact_model import demo, intake, paths
from clact_model.programme import Programme, load_all
from clact_model.store import Base

PROGRAMME = "grand_est_2024"
WORKBOOK = paths.DEMO_FOLDER / f"{PROGRAMME}.xlsx"
BATCH = 100_000
"""Dossiers of one transaction."""

SEED = """
    CREATE TEMP TABLE graine_{table} AS
    SELECT row_number() OVER (ORDER BY {order}) - 1 AS graine, * EXCLUDE (programme, numero, {dropped}) FROM {table}"""

# Two lines each, among all those of the demonstration: every rule fails somewhere, and is unknown somewhere. One
# establishment in fifty applies twice.
DOSSIERS = """
    INSERT INTO dossier BY NAME
    SELECT $programme AS programme, (10000000 + i)::VARCHAR AS numero, i AS ordre,
           lpad((510000000 + i - (i % 50 = 1)::INTEGER)::VARCHAR, 9, '0') AS finess,
           lpad((10000000000000 + i - (i % 50 = 1)::INTEGER)::VARCHAR, 14, '0') AS siret,
           g.* EXCLUDE (graine, ordre, finess, siret)
    FROM range($debut, $fin) r(i) JOIN graine_dossier g ON g.graine = i % (SELECT count(*) FROM graine_dossier)"""
ACTIONS = """
    INSERT INTO action BY NAME
    SELECT $programme AS programme, (10000000 + j // 2)::VARCHAR AS numero, 1 + j % 2 AS ligne,
           CASE WHEN g.rang IS NOT NULL THEN 1 + j % 2 END AS rang,
           g.cout_total + j % 997 AS cout_total, g.montant_demande + j % 499 AS montant_demande,
           g.agents_concernes + j % 89 AS agents_concernes,
           g.* EXCLUDE (graine, rang, cout_total, montant_demande, agents_concernes)
    FROM range(2 * $debut, 2 * $fin) r(j) JOIN graine_action g ON g.graine = j % (SELECT count(*) FROM graine_action)"""


@cache
def programme() -> Programme:
    """The programme that is measured."""
    return load_all().programmes[PROGRAMME]


def today() -> date:
    """The day on which the demonstration judges it."""
    day = demo.judged_day(PROGRAMME)
    assert day is not None
    return day


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="clact-bench-")


def folder() -> Path:
    """Where everything made by this run lies; gone at its end."""
    return Path(_folder().name)


@contextmanager
def opened(path: Path) -> Iterator[Base]:
    """A base, closed at the end."""
    base = Base(path)
    try:
        yield base
    finally:
        base.close()


@cache
def demonstration() -> Path:
    """The base of the demonstration, filled through the ordinary import."""
    path = folder() / "demonstration.duckdb"
    with opened(path) as base:
        demo.ensure(base)
    return path


@cache
def filled(dossiers: int) -> Path:
    """A base of that many dossiers with two lines each. Made in a child: its memory is not counted with what is measured."""
    path = folder() / f"{dossiers}.duckdb"
    in_child(_fill, path, dossiers)
    return path


def _fill(path: Path, dossiers: int) -> None:
    with opened(path) as base:
        report = intake.preview(base, programme(), [intake.UploadedFile.from_path(WORKBOOK)])
        intake.write(base, programme(), report)
        cursor = base.cursor()
        cursor.execute(SEED.format(table="dossier", order="ordre", dropped="importation"))
        cursor.execute(SEED.format(table="action", order="numero, ligne", dropped="ligne"))
        for table in ("dossier", "action", "contact", "controle"):
            cursor.execute(f"DELETE FROM {table}")
        for start in range(0, dossiers, BATCH):
            span = {"programme": PROGRAMME, "debut": start, "fin": min(start + BATCH, dossiers)}
            cursor.execute(DOSSIERS, span)
            cursor.execute(ACTIONS, span)
        base.checkpoint()

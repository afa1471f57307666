"""Scores and ranks beside the barest statement that gives the same order."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import duckdb

from benchmarks import bases
from benchmarks.measuring import Line, in_child, interleaved, seconds
from clact_model import eligibility, scoring
from clact_model.programme import Programme

MILLION = 1_000_000


def lines() -> Iterator[Line]:
    """100,000 dossiers."""
    yield _line(100_000, runs=5)


def million_lines() -> Iterator[Line]:
    """A million dossiers."""
    yield _line(MILLION, runs=3)


def _line(dossiers: int, runs: int) -> Line:
    baseline, ours = in_child(compare, bases.filled(dossiers), runs)
    return Line(f"score and rank {dossiers:,} dossiers", ours, baseline, "one CREATE TABLE AS", limit=2)


def compare(path: Path, runs: int) -> list[float]:
    """Median seconds of the bare statement and of ours, on the same judged tables."""
    with bases.opened(path) as base:
        cursor, programme = base.cursor(), bases.programme()
        judgement = eligibility.judge(cursor, programme, bases.today())
        sql = bare(programme, scoring.rank(judgement))
        cursor.execute(sql)
        _check_same_order(cursor)
        return interleaved(
            lambda: seconds(lambda: cursor.execute(sql)), lambda: seconds(lambda: scoring.rank(judgement)), runs=runs
        )


def bare(programme: Programme, weights: Mapping[str, Decimal]) -> str:
    """The weighted sum and the rank of the dossiers in one statement; the weights are written into it."""
    means, terms = "", []
    for i, criterion in enumerate(programme.file.critere):
        share = float(weights[criterion.id] / sum(weights.values()))
        if criterion.niveau == "action":
            means += f", sum(coalesce(a.critere_{i}, 0) * a.assiette) / sum(a.assiette) AS moyenne_{i}"
        terms.append(f"{share} * coalesce({f'moyenne_{i}' if criterion.niveau == 'action' else f'critere_{i}'}, 0)")
    return f"""
        CREATE OR REPLACE TEMP TABLE nu AS
        SELECT *, row_number() OVER (ORDER BY prioritaire DESC, score DESC, agents DESC NULLS LAST,
                                     date_depot NULLS LAST, try_cast(numero AS HUGEINT) NULLS LAST, numero) AS position
        FROM (SELECT d.numero, d.date_depot, agents, prioritaire, round(100 * ({" + ".join(terms)}), 4) AS score
              FROM jugement_dossier d
              JOIN (SELECT a.numero, sum(a.agents_concernes) AS agents,
                           coalesce(bool_or(a.prioritaire), false) AS prioritaire {means}
                    FROM jugement_action a JOIN jugement_dossier j USING (numero)
                    WHERE a.verdict = 'eligible' OR (j.sans_action_eligible AND a.verdict = 'a_verifier')
                    GROUP BY a.numero) USING (numero)
              WHERE d.verdict IN ('recevable', 'a_completer', 'a_verifier'))"""


def _check_same_order(cursor: duckdb.DuckDBPyConnection) -> None:
    """The bare statement is a fair baseline only while it gives the same places, but for halves that floats round away."""
    counted = cursor.execute(
        """SELECT count(*), count_if(ours.position IS DISTINCT FROM nu.position)
           FROM (SELECT numero, position FROM classement_dossier WHERE position IS NOT NULL) ours
           FULL JOIN nu USING (numero)"""
    ).fetchone()
    assert counted is not None
    places, differing = counted
    assert differing <= places / 10_000, f"{differing} of {places} places differ"

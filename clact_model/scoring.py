"""Judged dossiers and lines, weights → scores and ranks, as two temporary tables of the cursor.

The score is the weighted mean of the criteria × 100. A criterion on lines reaches the dossier as the mean over its
eligible lines weighted by assiette, so that a dossier's score is the mean of its lines' scores. A criterion whose data
is missing counts 0 and is shown with what it would change.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import duckdb

from clact_model.eligibility import Judgement
from clact_model.errors import UsageError
from clact_model.programme import Programme
from clact_model.store import Base, Change

PLACES = Decimal("0.0001")
RANKED = "('recevable', 'a_completer', 'a_verifier')"
"""Dossiers that have a place: those rejected or deferred have none, and take nobody's."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one criterion gives to a score, in points of the score (0..100)."""

    points: Decimal
    value: Decimal
    """The criterion's value, 0..1; missing data counted 0."""
    missing: bool
    possible: Decimal
    """The score if the missing data were all to the good."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One dossier in its place. ``position`` counts from 1."""

    numero: str
    position: int
    score: Decimal
    prioritaire: bool
    agents: int | None
    verdict: str
    contributions: Mapping[str, Contribution]


@dataclass(frozen=True, slots=True)
class Grade:
    """What an instructor gave, 0 to 5."""

    note: Decimal
    auteur: str
    quand: datetime


def rank(judgement: Judgement, weights: Mapping[str, Decimal] | None = None) -> dict[str, Decimal]:
    """Write ``classement_dossier`` and ``classement_action`` beside the judgement; gives the weights used.

    ``classement_dossier(numero, position, score, prioritaire, agents, verdict, sans_action_eligible, bas_0, haut_0…)``,
    ``classement_action(numero, ligne, rang, position, score, prioritaire, agents, verdict, verdict_dossier, assiette,
    aide_maximale, montant_demande)``; position is NULL for what has no place; ``bas_i`` and ``haut_i``: the criterion
    with missing data counted 0 and 1.

    Ties: more staff concerned, then submitted earlier, then the dossier's number. Raises UsageError for wrong weights.
    """
    used = judgement.programme.weights(weights)
    judgement.cursor.execute(
        _dossiers_sql(judgement.programme), _weights_named(_dossiers_sql(judgement.programme), used)
    )
    judgement.cursor.execute(_actions_sql(judgement.programme), _weights_named(_actions_sql(judgement.programme), used))
    return used


def _weights_named(sql: str, weights: Mapping[str, Decimal]) -> dict[str, float] | None:
    total = sum(weights.values())
    shares = {f"part_{i}": float(weight / total) for i, weight in enumerate(weights.values())} if total else {}
    return {name: share for name, share in shares.items() if f"${name}" in sql} or None


def _score(values: Sequence[str]) -> str:
    total = " + ".join(f"$part_{i} * {value}" for i, value in enumerate(values)) or "0"
    # Ten places first: they give back the exact half that binary fractions may have lost, then four.
    return f"CAST(round(CAST(100 * ({total}) AS DECIMAL(18, 10)), 4) AS DECIMAL(9, 4))"


TIES = "agents DESC NULLS LAST, date_depot NULLS LAST, try_cast(numero AS HUGEINT) NULLS LAST, numero"
"""What settles equal scores of dossiers."""
TIES_OF_LINES = f"{TIES}, rang NULLS LAST, ligne"
"""What settles equal scores of lines."""


def _dossiers_sql(programme: Programme) -> str:
    criteria = programme.file.critere
    sums = "".join(
        f", {_mean(f'coalesce(a.critere_{i}, 0)')} AS bas_{i}, {_mean(f'coalesce(a.critere_{i}, 1)')} AS haut_{i}"
        for i, criterion in enumerate(criteria)
        if criterion.niveau == "action"
    )
    low = [f"coalesce({_source(c.niveau, i, 'bas')}, 0)" for i, c in enumerate(criteria)]
    high = [f"coalesce({_source(c.niveau, i, 'haut')}, 1)" for i, c in enumerate(criteria)]
    values = "".join(f", {a} AS bas_{i}, {b} AS haut_{i}" for i, (a, b) in enumerate(zip(low, high, strict=True)))
    return f"""
        CREATE OR REPLACE TEMP TABLE classement_dossier AS
        WITH lignes AS (
            SELECT a.numero, sum(a.agents_concernes)::BIGINT AS agents, bool_or(a.prioritaire) AS prioritaire {sums}
            FROM jugement_action a JOIN jugement_dossier d ON d.numero = a.numero
            WHERE a.verdict = 'eligible' OR (d.sans_action_eligible AND a.verdict = 'a_verifier')
            GROUP BY a.numero),
        notes AS (
            SELECT d.numero, d.verdict, d.sans_action_eligible, d.date_depot, l.agents,
                   coalesce(l.prioritaire, false) AS prioritaire,
                   d.verdict IN {RANKED} AND l.numero IS NOT NULL AS classe {values}
            FROM jugement_dossier d LEFT JOIN lignes l ON l.numero = d.numero),
        scores AS (SELECT *, {_score([f"bas_{i}" for i in range(len(criteria))])} AS score FROM notes)
        SELECT * EXCLUDE (classe, date_depot),
               CASE WHEN classe THEN CAST(row_number() OVER (
                   PARTITION BY classe
                   ORDER BY prioritaire DESC, score DESC, {TIES}
               ) AS INTEGER) END AS position
        FROM scores"""


def _mean(value: str) -> str:
    # In binary: a decimal product of this width takes 128 bits and twice the time; ten places are what is kept of it.
    # Lines whose assiette is nothing weigh the same: there is no other measure of them.
    weighted = f"sum({value}::DOUBLE * a.assiette::DOUBLE) / nullif(sum(a.assiette::DOUBLE), 0)"
    return f"CAST(coalesce({weighted}, avg({value}::DOUBLE)) AS DECIMAL(12, 10))"


def _source(level: str, index: int, end: str) -> str:
    return f"l.{end}_{index}" if level == "action" else f"d.critere_{index}"


def _actions_sql(programme: Programme) -> str:
    values = [
        f"coalesce({'a' if c.niveau == 'action' else 'd'}.critere_{i}, 0)" for i, c in enumerate(programme.file.critere)
    ]
    return f"""
        CREATE OR REPLACE TEMP TABLE classement_action AS
        WITH scores AS (
            SELECT a.numero, a.ligne, a.rang, coalesce(a.prioritaire, false) AS prioritaire,
                   a.agents_concernes AS agents, a.verdict, d.verdict AS verdict_dossier, a.assiette, a.aide_maximale,
                   a.montant_demande, d.date_depot, {_score(values)} AS score,
                   d.verdict IN {RANKED} AND a.verdict IN ('eligible', 'a_verifier') AS classe
            FROM jugement_action a JOIN jugement_dossier d ON d.numero = a.numero)
        SELECT * EXCLUDE (classe, date_depot),
               CASE WHEN classe THEN CAST(row_number() OVER (
                   PARTITION BY classe
                   ORDER BY prioritaire DESC, score DESC, {TIES_OF_LINES}
               ) AS INTEGER) END AS position
        FROM scores"""


def ranking(cursor: duckdb.DuckDBPyConnection, programme: Programme, weights: Mapping[str, Decimal]) -> list[Ranked]:
    """The dossiers that have a place, in order, with what each criterion gives. ``weights``: those given by rank()."""
    columns = "".join(f", bas_{i}, haut_{i}" for i in range(len(programme.file.critere)))
    rows = cursor.execute(
        f"""SELECT numero, position, score, prioritaire, agents, verdict {columns}
            FROM classement_dossier WHERE position IS NOT NULL ORDER BY position"""
    ).fetchall()
    return [_ranked(programme, weights, row) for row in rows]


def _ranked(programme: Programme, weights: Mapping[str, Decimal], row: tuple[Any, ...]) -> Ranked:
    numero, position, score, priority, agents, verdict, *bounds = row
    total = sum(weights.values()) or Decimal(1)
    points = [100 * weights[c.id] * low / total for c, low in zip(programme.file.critere, bounds[::2], strict=True)]
    contributions = {}
    rounded = _adding_up(points, score)
    for criterion, given, low, high in zip(programme.file.critere, rounded, bounds[::2], bounds[1::2], strict=True):
        more = (100 * weights[criterion.id] * (high - low) / total).quantize(PLACES, ROUND_HALF_UP)
        contributions[criterion.id] = Contribution(given, low, high != low, score + more)
    return Ranked(numero, position, score, priority, agents, verdict, contributions)


def _adding_up(points: Sequence[Decimal], total: Decimal) -> list[Decimal]:
    """Points rounded to four places that add up to the score: the largest takes what rounding left."""
    rounded = [p.quantize(PLACES, ROUND_HALF_UP) for p in points]
    if rounded:
        largest = rounded.index(max(rounded))
        rounded[largest] += total - sum(rounded)
    return rounded


def gradable(programme: Programme) -> dict[str, str]:
    """The criteria that an instructor grades (0 to 5) → the field that holds the grade."""
    notes = {f.champ for f in programme.dictionary.of("dossier") if f.type == "note"}
    fields = {}
    for criterion in programme.file.critere:
        if criterion.niveau == "dossier":
            for champ in programme.expression("dossier", criterion.valeur).columns & notes:
                fields[criterion.id] = champ
    return fields


def grade(
    base: Base, programme: Programme, numero: str, critere: str, note: Decimal, operation: str | None = None
) -> None:
    """Keep an instructor's grade, 0 to 5: it goes before what the file says and survives a re-import.

    Raises UsageError for an unknown dossier or criterion, or a grade outside 0..5.
    """
    grades = gradable(programme)
    if critere not in grades:
        raise UsageError(f"« {critere} » ne se note pas (critères notés : {', '.join(grades) or 'aucun'}).")
    if not 0 <= note <= 5 or note != round(note, 2):
        raise UsageError(f"Une note va de 0 à 5, deux décimales au plus : « {note} » est refusé.")
    champ = grades[critere]
    with base.write("noter", programme.id, operation) as writing:
        if writing.already_done:
            return
        cursor = writing.cursor
        row = cursor.execute(
            f"""SELECT coalesce(p.valeur, d."{champ}") FROM dossier d
                LEFT JOIN appreciation p ON p.programme = d.programme AND p.numero = d.numero AND p.champ = $champ
                WHERE d.programme = $programme AND d.numero = $numero""",
            {"champ": champ, "programme": programme.id, "numero": numero},
        ).fetchone()
        if row is None:
            raise UsageError(f"Le dossier « {numero} » n'est pas dans la base.")
        cursor.execute(
            "INSERT OR REPLACE INTO appreciation VALUES (?, ?, ?, ?, ?, ?)",
            [programme.id, numero, champ, note, writing.auteur, writing.quand],
        )
        writing.log(f"Note de « {champ} »", numero)
        writing.log_changes([Change(numero, None, champ, None if row[0] is None else str(row[0]), str(note))])


def grades_given(cursor: duckdb.DuckDBPyConnection, programme: Programme, numero: str) -> dict[str, Grade]:
    """The grades that instructors gave to a dossier, by criterion; those of its file are not among them."""
    rows = cursor.execute(
        "SELECT champ, valeur, auteur, quand FROM appreciation WHERE programme = ? AND numero = ?",
        [programme.id, numero],
    ).fetchall()
    kept = {champ: Grade(note, auteur, quand) for champ, note, auteur, quand in rows}
    return {criterion: kept[champ] for criterion, champ in gradable(programme).items() if champ in kept}


def withdraw_grade(base: Base, programme: Programme, numero: str, critere: str, operation: str | None = None) -> None:
    """Take an instructor's grade back: what the file says holds again. Raises UsageError when there is none."""
    champ = gradable(programme).get(critere)
    with base.write("retirer_note", programme.id, operation) as writing:
        if writing.already_done:
            return
        key = [programme.id, numero, champ]
        row = writing.cursor.execute(
            "DELETE FROM appreciation WHERE programme = ? AND numero = ? AND champ = ? RETURNING valeur", key
        ).fetchone()
        if row is None:
            raise UsageError(f"Aucune note de « {critere} » n'est posée sur le dossier « {numero} ».")
        writing.log(f"Note de « {champ} » retirée", numero)
        writing.log_changes([Change(numero, None, str(champ), str(row[0]), None)])


def save_grid(base: Base, programme: Programme, nom: str, weights: Mapping[str, Decimal]) -> None:
    """Keep weights under a name; the same name again replaces them. Raises UsageError for wrong weights or no name."""
    used = programme.weights(weights)
    if not nom.strip():
        raise UsageError("Donnez un nom à la grille.")
    with base.write("enregistrer_grille", programme.id) as writing:
        writing.cursor.execute(
            "INSERT OR REPLACE INTO grille VALUES (?, ?, ?, ?, ?)",
            [
                programme.id,
                nom.strip(),
                json.dumps({k: str(w) for k, w in used.items()}),
                writing.auteur,
                writing.quand,
            ],
        )
        writing.log(f"Grille « {nom.strip()} » : " + ", ".join(f"{k} = {w}" for k, w in used.items()))


def grids(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> dict[str, dict[str, Decimal]]:
    """The saved grids by name; a criterion that the programme no longer has is left out."""
    rows = cursor.execute("SELECT nom, poids FROM grille WHERE programme = ? ORDER BY nom", [programme.id]).fetchall()
    known = {criterion.id for criterion in programme.file.critere}
    return {nom: {k: Decimal(w) for k, w in json.loads(text).items() if k in known} for nom, text in rows}

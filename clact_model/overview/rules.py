"""What each rule does to the dossiers and lines of a call."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from clact_model.eligibility import Judgement
from clact_model.eligibility.rules_sql import UNKNOWN
from clact_model.programme import Level, Rule


@dataclass(frozen=True, slots=True)
class RuleCount:
    """What one rule does: how many it stops (``non``) and leaves without an answer (``inconnu``).

    Amounts: EUR asked for by the dossiers, or by the lines alone for a rule on lines. ``lignes_…`` None for a rule on dossiers.
    """

    rule: Rule
    dossiers_non: int
    dossiers_inconnu: int
    lignes_non: int | None
    lignes_inconnu: int | None
    demande_non: Decimal
    demande_inconnu: Decimal


def by_rule(judgement: Judgement) -> list[RuleCount]:
    """Every rule of the programme, in the order of the file: dossiers first, then lines."""
    return [*_rule_counts(judgement, "dossier"), *_rule_counts(judgement, "action")]


def _rule_counts(judgement: Judgement, level: Level) -> list[RuleCount]:
    rules = judgement.rules(level)
    if not rules:
        return []
    measures = ", ".join(
        f"""count(DISTINCT j.numero) FILTER ({holds}), count_if({holds}),
            coalesce(sum(j.demande) FILTER ({holds}), 0)::DECIMAL(18, 2)"""
        for live in rules
        for holds in (f"j.{live.column} > {UNKNOWN}", f"j.{live.column} = {UNKNOWN}")
    )
    source = {
        "dossier": """SELECT d.*, a.demande FROM jugement_dossier d
                      LEFT JOIN (SELECT numero, sum(montant_demande) AS demande FROM jugement_action GROUP BY numero) a
                      ON a.numero = d.numero""",
        "action": "SELECT *, montant_demande AS demande FROM jugement_action",
    }[level]
    row = judgement.cursor.execute(f"SELECT {measures} FROM ({source}) j").fetchone()
    assert row is not None
    return [_rule_count(live.rule, *row[6 * place : 6 * place + 6]) for place, live in enumerate(rules)]


def _rule_count(
    rule: Rule, held: int, lines: int, euros: Decimal, unknown: int, unknown_lines: int, unknown_euros: Decimal
) -> RuleCount:
    of_lines = rule.niveau == "action"
    return RuleCount(
        rule, held, unknown, lines if of_lines else None, unknown_lines if of_lines else None, euros, unknown_euros
    )


def grid(judgement: Judgement, numeros: Sequence[str]) -> dict[str, dict[str, str]]:
    """Dossier → rule → its answer (``oui``, ``non``, ``inconnu``), the worst over its lines for a rule on lines.

    A rule on lines is absent from a dossier that has none.
    """
    found: dict[str, dict[str, str]] = {numero: {} for numero in numeros}
    levels: tuple[Level, ...] = ("dossier", "action")
    for level in levels:
        rules = judgement.rules(level)
        worst = "".join(
            f", CASE WHEN bool_or({live.column} > {UNKNOWN}) THEN 'non' WHEN bool_or({live.column} = {UNKNOWN}) THEN 'inconnu' ELSE 'oui' END"
            for live in rules
        )
        rows: list[tuple[Any, ...]] = judgement.cursor.execute(
            f"""SELECT numero {worst} FROM jugement_{level}
                WHERE list_contains($numeros::VARCHAR[], numero) GROUP BY numero""",
            {"numeros": list(numeros)},
        ).fetchall()
        for numero, *answers in rows:
            found[numero] |= dict(zip((live.rule.id for live in rules), answers, strict=True))
    return found

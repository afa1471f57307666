"""Dossiers and lines, a programme, a day → verdicts, as two temporary tables of the cursor."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import duckdb

from clact_model.eligibility import relations, rules_sql
from clact_model.eligibility.rules_sql import LiveRule
from clact_model.programme import Level, ParameterValue, Programme


@dataclass(frozen=True)
class Judgement:
    """What was judged: the tables ``jugement_dossier`` and ``jugement_action`` of the cursor hold the verdicts.

    ``jugement_dossier(numero, ordre, date_depot, verdict, verdict_calcule, jusqu_au, sans_action_eligible, regle_0…,
    critere_0…)``; ``jugement_action(numero, ligne, rang, verdict, verdict_calcule, assiette, aide_maximale,
    montant_demande, agents_concernes, prioritaire, aide_hors_taux, supplement, regle_0…, critere_0…)``;
    ``aide_hors_taux``: the aid if the common rate were of no account; amounts DECIMAL(14,2), euros; ``regle_i``
    are the codes of :mod:`clact_model.eligibility.rules_sql`, ``critere_i`` the criterion's value, 0..1 or unknown.
    """

    programme: Programme
    today: date
    parameters: Mapping[str, ParameterValue]
    cursor: duckdb.DuckDBPyConnection

    def rules(self, level: Level) -> list[LiveRule]:
        """The rules of a level as they stood on the day judged."""
        return rules_sql.live_rules(self.programme, level, self.today)

    def run(self, sql: str) -> duckdb.DuckDBPyConnection:
        """Execute a statement that names the programme's parameters and those of the relations."""
        values = relations.parameters(self.programme, self.today, self.parameters)
        return self.cursor.execute(sql, relations.parameters_used(sql, values) or None)


def judge(
    cursor: duckdb.DuckDBPyConnection,
    programme: Programme,
    today: date,
    parameters: Mapping[str, ParameterValue] | None = None,
) -> Judgement:
    """Judge every dossier and line of the programme on that day: one statement for the lines, one for the dossiers.

    ``parameters``: those of the programme that a simulation changes. Raises UsageError when one is unknown.
    """
    judgement = Judgement(programme, today, programme.parameters(parameters), cursor)
    judgement.run(_actions(judgement))
    judgement.run(_dossiers(judgement))
    return judgement


def columns_read(programme: Programme, level: Level) -> set[str]:
    """Every column that the judgement of a level reads: those of its expressions, facts about lines included."""
    expressions = [e for (own, _), e in programme.compiled.expressions.items() if own == level]
    names = {column for e in expressions for column in e.columns} | {fact.name for e in expressions for fact in e.facts}
    return names | {"rang", "montant_demande", "agents_concernes", "date_depot"}


def _list(columns: list[str]) -> str:
    return "".join(f", {column}" for column in columns)


def _actions(judgement: Judgement) -> str:
    programme, rules = judgement.programme, judgement.rules("action")
    criteria = rules_sql.criterion_names(programme, "action")
    priority = programme.file.priorite
    inside = programme.expression("action", priority.condition).sql if priority else "true"
    # The line's own columns come first: « numero » is the same on both sides.
    return f"""
        CREATE OR REPLACE TEMP TABLE jugement_action AS
        WITH {relations.relations(programme, columns_read(programme, "action"))},
        faits_action AS (SELECT l.*, d.* EXCLUDE (numero) FROM lignes l JOIN faits_dossier d ON d.numero = l.numero),
        assiettes AS (SELECT *, {rules_sql.assiette(programme)} AS assiette FROM faits_action),
        reponses AS (
            SELECT numero, ligne, rang, montant_demande, agents_concernes, assiette,
                   {rules_sql.aid(programme)} AS aide_maximale,
                   {rules_sql.aid_whatever_the_rate(programme)} AS aide_hors_taux,
                   {rules_sql.supplement(programme)} AS supplement, {inside} AS prioritaire
                   {_list(rules_sql.criteria(programme, "action") + rules_sql.answers(programme, rules))}
            FROM assiettes),
        regles AS (
            SELECT numero, ligne, rang, montant_demande, agents_concernes, assiette, aide_maximale, aide_hors_taux,
                   supplement, prioritaire
                   {_list(criteria + rules_sql.codes(rules))}
            FROM reponses),
        calcules AS (
            SELECT *, {rules_sql.strongest("action", rules, "aide_maximale IS NULL")} AS verdict_calcule
            FROM regles)
        SELECT c.* EXCLUDE (verdict_calcule), c.verdict_calcule, coalesce(x.verdict, c.verdict_calcule) AS verdict
        FROM calcules c
        LEFT JOIN derogation x ON x.programme = $_programme AND x.numero = c.numero AND x.ligne = c.ligne"""


def _dossiers(judgement: Judgement) -> str:
    programme, rules = judgement.programme, judgement.rules("dossier")
    criteria = rules_sql.criterion_names(programme, "dossier")
    return f"""
        CREATE OR REPLACE TEMP TABLE jugement_dossier AS
        WITH {relations.relations(programme, columns_read(programme, "dossier"))},
        reponses AS (
            SELECT numero, ordre, date_depot
                   {_list(rules_sql.criteria(programme, "dossier") + rules_sql.answers(programme, rules))}
            FROM faits_dossier),
        regles AS (
            SELECT numero, ordre, date_depot {_list(criteria + rules_sql.codes(rules))}
            FROM reponses),
        calcules AS (
            SELECT *, {rules_sql.strongest("dossier", rules)} AS verdict_calcule,
                   {rules_sql.last_day(rules)} AS echeance
            FROM regles),
        eligibles AS (
            SELECT numero, count_if(verdict = 'eligible') AS eligibles FROM jugement_action GROUP BY numero)
        SELECT c.* EXCLUDE (verdict_calcule, echeance), c.verdict_calcule,
               coalesce(x.verdict, c.verdict_calcule) AS verdict,
               CASE WHEN coalesce(x.verdict, c.verdict_calcule) = 'a_completer' THEN c.echeance END AS jusqu_au,
               coalesce(e.eligibles, 0) = 0 AS sans_action_eligible
        FROM calcules c
        LEFT JOIN eligibles e ON e.numero = c.numero
        LEFT JOIN derogation x ON x.programme = $_programme AND x.numero = c.numero AND x.ligne = 0"""

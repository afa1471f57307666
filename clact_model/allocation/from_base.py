"""Verdicts and ranks, as scoring leaves them in the cursor → lines.

Reads ``classement_dossier`` and ``classement_action`` (temporary tables of the cursor), ``dossier`` and ``action``.
"""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

import duckdb

from clact_model.allocation import facts
from clact_model.allocation.facts import Facts
from clact_model.allocation.lines import Key, Line, Standing, Unit
from clact_model.programme import ParameterValue, Programme

GROUPS = ("secteur", "statut", "departement", "axe", "enjeu_has", "etablissement", "entite_juridique")
"""What a line is counted under, in the order in which the statements give it."""

WAITS = {
    "sursis": "La décision sur ce dossier est en sursis",
    "a_completer": "Le dossier reste à compléter",
    "a_verifier": "Le dossier reste à vérifier",
}
"""Verdict of a dossier that is neither admitted nor refused → what it waits for."""
LINE_TO_CHECK = "L'éligibilité de la demande reste à vérifier"
NOTHING = Facts()
NO_AID = "L'aide ne peut pas être calculée : une information manque"

STAKE = "coalesce(enjeu_has, list_extract($enjeux::VARCHAR[], list_position($thematiques::VARCHAR[], thematique)))"
"""The stake that a line names, else that of its theme."""
OF_DOSSIER = """d.raison_sociale, d.masse_salariale, d.secteur, d.statut, d.departement"""
IDENTITY = """coalesce(d.finess, d.siret, d.numero), coalesce(left(d.siret, 9), ej.siren, et.finess_juridique)"""
REGISTER = """
    LEFT JOIN etablissement et ON et.finess = d.finess
    LEFT JOIN entite_juridique ej ON ej.finess = coalesce(et.finess_juridique, d.finess)"""
"""The legal entity is known by its SIREN; where none is known, by its FINESS."""

DOSSIERS = f"""
    WITH lignes AS (
        SELECT numero,
               count_if(verdict = 'eligible') AS eligibles,
               count_if(verdict = 'a_verifier') AS a_verifier,
               sum(montant_demande) AS demande,
               sum(aide_maximale) FILTER (verdict = 'eligible') AS aide,
               sum(aide_maximale) FILTER (verdict = 'a_verifier') AS aide_a_verifier
        FROM classement_action GROUP BY numero),
    axes AS (
        SELECT numero, CASE WHEN count(DISTINCT axe) = 1 AND count(axe) = count(*) THEN min(axe) END AS axe,
               CASE WHEN count(DISTINCT enjeu) = 1 AND count(enjeu) = count(*) THEN min(enjeu) END AS enjeu
        FROM (SELECT numero, axe, {STAKE} AS enjeu FROM action WHERE programme = $programme) GROUP BY numero)
    SELECT c.numero, NULL, NULL, c.position, c.score, c.agents, coalesce(l.demande, 0),
           l.aide, l.aide_a_verifier, c.verdict, coalesce(l.eligibles, 0), coalesce(l.a_verifier, 0),
           {OF_DOSSIER}, x.axe, x.enjeu, {IDENTITY}
    FROM classement_dossier c
    JOIN dossier d ON d.programme = $programme AND d.numero = c.numero
    {REGISTER}
    LEFT JOIN lignes l ON l.numero = c.numero
    LEFT JOIN axes x ON x.numero = c.numero"""

ACTIONS = f"""
    SELECT c.numero, c.ligne, c.rang, c.position, c.score, c.agents, coalesce(c.montant_demande, 0),
           CASE WHEN c.verdict = 'eligible' THEN c.aide_maximale END,
           CASE WHEN c.verdict = 'a_verifier' THEN c.aide_maximale END,
           c.verdict_dossier, (c.verdict = 'eligible')::INTEGER, (c.verdict = 'a_verifier')::INTEGER,
           {OF_DOSSIER}, a.axe, {STAKE.replace("enjeu_has,", "a.enjeu_has,").replace(", thematique", ", a.thematique")}, {IDENTITY}
    FROM classement_action c
    JOIN dossier d ON d.programme = $programme AND d.numero = c.numero
    {REGISTER}
    JOIN action a ON a.programme = $programme AND a.numero = c.numero AND a.ligne = c.ligne"""

STATEMENTS: Mapping[Unit, str] = {"dossier": DOSSIERS, "action": ACTIONS}


def lines(
    cursor: duckdb.DuckDBPyConnection,
    programme: Programme,
    unite: Unit,
    inclure: Collection[str] = (),
    details: Mapping[Key, str] | None = None,
    parameters: Mapping[str, ParameterValue] | None = None,
) -> list[Line]:
    """One line per dossier or per action of the programme, those that wait or are refused too.

    ``inclure``: verdicts let in, marked conditional (``a_verifier`` also lets in the actions to check). A dossier's
    ceiling is the sum over its actions that may be funded. ``details``: what to add to a line's cause, in sentences
    (see :mod:`clact_model.allocation.grounds`). ``parameters``: those of the programme that the judgement changed.
    """
    themes = programme.file.thematique
    values = {
        "programme": programme.id,
        "thematiques": [theme.code for theme in themes],
        "enjeux": [theme.enjeu_has for theme in themes],
    }
    rows = cursor.execute(STATEMENTS[unite], values).fetchall()
    known = facts.of_requests(cursor, programme, unite, inclure, programme.parameters(parameters))
    return [_line(row, inclure, details or {}, known) for row in rows]


def _line(
    row: tuple[Any, ...], inclure: Collection[str], details: Mapping[Key, str], known: Mapping[Key, Facts]
) -> Line:
    numero, ligne, rang, position, score, agents, requested, sure, doubtful = row[:9]
    verdict, eligible, to_check, name, payroll, *groups = row[9:]
    ceiling = _sum([sure, doubtful] if "a_verifier" in inclure or not eligible else [sure])
    standing, cause = _standing(verdict, eligible, to_check, ceiling, inclure)
    detail = details.get((numero, ligne), "")
    found = known.get((numero, ligne), NOTHING)
    own = {group: code for group, code in zip(GROUPS, groups, strict=True) if code is not None}
    return Line(
        numero=numero,
        ligne=ligne,
        rang=rang,
        position=position,
        score=score,
        agents=agents,
        requested=requested,
        ceiling=ceiling,
        standing=standing,
        cause=f"{cause}. {detail}".strip() if cause else "",
        etablissement=name or "",
        groups=own,
        shares={group: share for group, share in found.shares.items() if group[0] not in own},
        payroll=payroll,
        bases=tuple(found.bases),
        supplementable=found.supplementable,
    )


def _sum(amounts: Collection[Decimal | None]) -> Decimal | None:
    """None when none is known."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def _standing(
    verdict: str, eligible: int, to_check: int, ceiling: Decimal | None, inclure: Collection[str]
) -> tuple[Standing, str]:
    """Whether a line may be funded, from the dossier's verdict and how many of its actions are eligible or to check."""
    if verdict == "irrecevable":
        return "refuse", "Le dossier est irrecevable"
    if not eligible and not to_check:
        return "refuse", "Aucune dépense de la demande n'est éligible"
    conditions = []
    if verdict != "recevable":
        conditions.append((verdict, WAITS[verdict]))
    if to_check and (not eligible or "a_verifier" in inclure):
        conditions.append(("a_verifier", LINE_TO_CHECK))
    if waits := [cause for needed, cause in conditions if needed not in inclure]:
        return "en_attente", ". ".join(waits)
    if ceiling is None:
        return "en_attente", NO_AID
    return ("conditionnel", ". ".join(cause for _, cause in conditions)) if conditions else ("finançable", "")

"""The verdicts of a judgement, read back with what each rule answered."""

from collections.abc import Mapping, Sequence
from typing import Any

from clact_model.eligibility import relations
from clact_model.eligibility.answers import JudgedAction, JudgedDossier, Override
from clact_model.eligibility.judgement import Judgement
from clact_model.eligibility.words import Wording, columns_worded
from clact_model.programme import Level


def judged(
    judgement: Judgement, numeros: Sequence[str] | None = None, satisfied_too: bool = False
) -> list[JudgedDossier]:
    """Dossiers as judged, in the order of the file; all of them, or those named.

    ``satisfied_too``: also the rules that are satisfied.
    """
    overrides = _overrides(judgement)
    actions = _judged_actions(judgement, numeros, satisfied_too, overrides)
    wording = Wording(judgement, "dossier", judgement.rules("dossier"), satisfied_too)
    facts = _facts(judgement, "dossier", numeros)
    found = []
    for numero, verdict, computed, last_day, empty, *codes in _rows(judgement, "dossier", numeros):
        found.append(
            JudgedDossier(
                numero,
                verdict,
                computed,
                last_day,
                empty,
                wording.answers(codes, facts.get((numero, 0), {})),
                tuple(actions.get(numero, ())),
                overrides.get((numero, 0)),
            )
        )
    return found


def _judged_actions(
    judgement: Judgement,
    numeros: Sequence[str] | None,
    satisfied_too: bool,
    overrides: Mapping[tuple[str, int], Override],
) -> dict[str, list[JudgedAction]]:
    wording = Wording(judgement, "action", judgement.rules("action"), satisfied_too)
    facts = _facts(judgement, "action", numeros)
    found: dict[str, list[JudgedAction]] = {}
    for numero, ligne, rang, verdict, computed, assiette, aid, priority, *codes in _rows(judgement, "action", numeros):
        row = {**facts.get((numero, ligne), {}), "assiette": assiette}
        answers = wording.answers(codes, row)
        action = JudgedAction(
            ligne, rang, verdict, computed, assiette, aid, priority, answers, overrides.get((numero, ligne))
        )
        found.setdefault(numero, []).append(action)
    return found


_HEADS = {
    "dossier": "numero, verdict, verdict_calcule, jusqu_au, sans_action_eligible",
    "action": "numero, ligne, rang, verdict, verdict_calcule, assiette, aide_maximale, prioritaire",
}
_ORDERS = {"dossier": "ordre", "action": "numero, ligne"}


def _rows(judgement: Judgement, level: Level, numeros: Sequence[str] | None) -> list[tuple[Any, ...]]:
    codes = "".join(f", {live.column}" for live in judgement.rules(level))
    where, values = _only(numeros)
    return judgement.cursor.execute(
        f"SELECT {_HEADS[level]}{codes} FROM jugement_{level} {where} ORDER BY {_ORDERS[level]}", values
    ).fetchall()


def _only(numeros: Sequence[str] | None) -> tuple[str, dict[str, object] | None]:
    if numeros is None:
        return "", None
    return "WHERE list_contains($numeros::VARCHAR[], numero)", {"numeros": list(numeros)}


def _facts(judgement: Judgement, level: Level, numeros: Sequence[str] | None) -> dict[tuple[str, int], dict[str, Any]]:
    """What the messages and the missing answers speak of, by dossier and line."""
    programme = judgement.programme
    wanted = columns_worded(programme, level)
    where, _ = _only(numeros)
    source, line = ("faits_dossier", "0") if level == "dossier" else ("toutes_lignes", "ligne")
    sql = f"""
        WITH {relations.relations(programme, [*wanted, *programme.compiled.facts])},
        toutes_lignes AS (SELECT l.*, d.* EXCLUDE (numero) FROM lignes l JOIN faits_dossier d ON d.numero = l.numero)
        SELECT numero, {line} {"".join(f', "{name}"' for name in wanted)} FROM {source} {where}"""
    values = relations.parameters(programme, judgement.today, judgement.parameters) | {"numeros": list(numeros or ())}
    rows = judgement.cursor.execute(sql, relations.parameters_used(sql, values)).fetchall()
    return {(numero, line): dict(zip(wanted, rest, strict=True)) for numero, line, *rest in rows}


def _overrides(judgement: Judgement) -> dict[tuple[str, int], Override]:
    rows = judgement.cursor.execute(
        """SELECT numero, ligne, verdict_calcule, motif, auteur, quand, a_confirmer
           FROM derogation WHERE programme = ?""",
        [judgement.programme.id],
    ).fetchall()
    return {(numero, ligne): Override(*rest) for numero, ligne, *rest in rows}

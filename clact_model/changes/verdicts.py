"""The verdicts of a judgement, and the rules that told two of them apart."""

from collections.abc import Collection, Mapping

from clact_model.eligibility import Judgement
from clact_model.eligibility.rules_sql import LiveRule
from clact_model.programme import Level, Rule

Key = tuple[str, int]
"""A dossier and one of its lines; line 0 is the dossier itself."""
Outcomes = Mapping[Key, Mapping[str, str]]
"""What each rule came to, by its id: the verdict that follows, or that it is satisfied, or unknown."""
_TABLES: Mapping[Level, tuple[str, str]] = {
    "dossier": ("numero, 0", "jugement_dossier"),
    "action": ("numero, ligne", "jugement_action"),
}


def verdicts(judgement: Judgement) -> dict[Key, str]:
    """The verdict of every dossier and line."""
    found: dict[Key, str] = {}
    for key, table in _TABLES.values():
        rows = judgement.cursor.execute(f"SELECT {key}, verdict FROM {table}").fetchall()
        found |= {(numero, ligne): verdict for numero, ligne, verdict in rows}
    return found


def outcomes(judgement: Judgement, numeros: Collection[str]) -> Outcomes:
    """What each rule came to in these dossiers and their lines."""
    found: dict[Key, Mapping[str, str]] = {}
    for level, (key, table) in _TABLES.items():
        rules = judgement.rules(level)
        codes = "".join(f", {live.column}" for live in rules)
        rows = judgement.cursor.execute(
            f"SELECT {key}{codes} FROM {table} WHERE list_contains($numeros::VARCHAR[], numero)",
            {"numeros": list(numeros)},
        ).fetchall()
        for numero, ligne, *values in rows:
            pairs = zip(rules, values, strict=True)
            found[numero, ligne] = {live.rule.id: _outcome(live, code) for live, code in pairs}
    return found


def _outcome(live: LiveRule, code: int) -> str:
    # Not the code: outcomes whose last day is past are gone, the same code stands for another one on another day.
    outcome = live.outcome(code)
    return str(code) if outcome is None else outcome.verdict


def told_apart(judgement: Judgement, key: Key, before: Outcomes, after: Outcomes) -> list[Rule]:
    """The rules that came to something else."""
    level: Level = "action" if key[1] else "dossier"
    old, new = before.get(key, {}), after.get(key, {})
    return [rule for rule in judgement.programme.rules(level) if old.get(rule.id) != new.get(rule.id)]

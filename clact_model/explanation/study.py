"""One request of a call in one simulation: the trial, with the rules that it does not satisfy and the data that it lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from clact_model import eligibility, scoring
from clact_model.allocation import Key, Settings
from clact_model.allocation.settings import label
from clact_model.eligibility import Answer, Judgement
from clact_model.errors import UsageError
from clact_model.explanation import places
from clact_model.explanation.explain import Explanation, Missing, explain, missing
from clact_model.explanation.trial import Trial
from clact_model.programme import ParameterValue, Programme
from clact_model.simulation import Prepared

Rule = tuple[int | None, Answer]
"""The line that the answer is about (None: the dossier), and the answer."""


@dataclass(frozen=True)
class Study:
    """One request, explained."""

    trial: Trial
    explanation: Explanation
    rules: Sequence[Rule]
    """The rules that are not satisfied; of its own line only, by action."""
    missing: Sequence[Missing]


def study(
    cursor: duckdb.DuckDBPyConnection,
    programme: Programme,
    today: date,
    prepared: Prepared,
    settings: Settings,
    key: Key,
    parameters: Mapping[str, ParameterValue] | None = None,
) -> Study:
    """What becomes of one request, and why. ``cursor``: the one in which the lines were just prepared.

    Raises UsageError when the key is a dossier of several lines, by action; and what the allocation raises.
    """
    trial = Trial(prepared.lines, settings, _one_line(prepared, key), places.read(cursor, settings.unite))
    numero, ligne = trial.key
    judgement = Judgement(programme, today, programme.parameters(parameters), cursor)
    ranked = next((r for r in scoring.ranking(cursor, programme, prepared.basis.poids) if r.numero == numero), None)
    return Study(trial, explain(trial), _rules(judgement, numero, ligne), missing(trial, ranked))


def _one_line(prepared: Prepared, key: Key) -> Key:
    """The key of a line: by action, a dossier alone stands for its line when it has but one."""
    keys = [line.key for line in prepared.lines if line.numero == key[0]]
    if key in keys:
        return key
    if len(keys) == 1:
        return keys[0]
    names = ", ".join(label(own) for own in sorted(keys, key=lambda own: own[1] or 0))
    raise UsageError(f"Par action, donnez la ligne du dossier : {names}.")


def _rules(judgement: Judgement, numero: str, ligne: int | None) -> list[Rule]:
    found: list[Rule] = []
    for dossier in eligibility.judged(judgement, [numero]):
        found += [(None, answer) for answer in dossier.answers]
        for action in dossier.actions:
            if ligne in (None, action.ligne):
                found += [(action.ligne, answer) for answer in action.answers]
    return found

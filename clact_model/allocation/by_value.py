"""The strategy that follows the best total, not the ranking."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from clact_model.allocation import exact
from clact_model.allocation.lines import Line
from clact_model.allocation.problem import Problem
from clact_model.allocation.reasons import Grant, Shared, Why

SCORE_STEPS = 10**4
"""Scores are kept to four decimals."""
WORTHLESS: Mapping[str, str] = {
    "score": "son score étant nul",
    "score_agents": "son score ou ses agents concernés étant nuls ou inconnus",
    "agents": "ses agents concernés étant nuls ou inconnus",
}
"""Objective → why a line adds nothing to it."""


def optimum(problem: Problem) -> Shared:
    """The exact best total of the objective under all bounds, proven. An unknown score or number of agents adds nothing.

    Raises InfeasibleError, UnsolvedError.
    """
    worth = values(problem)
    plan = exact.best(problem, worth)
    amounts = _by_rank(problem, worth, plan.amounts)
    return Shared([_grant(problem, place, amounts, worth) for place in range(len(problem.lines))], proven=plan.proven)


def values(problem: Problem) -> list[int]:
    """What each line adds to the total when funded in full, a whole number."""
    return [_value(line, problem.settings.objectif) for line in problem.lines]


def _value(line: Line, objective: str) -> int:
    agents = line.agents or 0
    if objective == "agents":
        return agents
    score = int((line.score or Decimal(0)) * SCORE_STEPS)
    return score if objective == "score" else score * agents


def _by_rank(problem: Problem, worth: Sequence[int], amounts: Mapping[int, int]) -> Mapping[int, int]:
    """The same plan where nothing tells lines apart but their rank: the better ranked receives more."""
    alike: dict[tuple[object, ...], list[int]] = {}
    tied = {place for needing, needed in problem.needs.items() for place in (needing, *needed)}
    for place in set(range(len(problem.lines))) - problem.forced - tied:
        counted = tuple((index, problem.bounds[index].counted[place]) for index in problem.bounds_of[place])
        alike.setdefault((problem.limits[place], worth[place], counted), []).append(place)
    found = dict(amounts)
    for places in alike.values():
        largest_first = sorted((amounts.get(place, 0) for place in places), reverse=True)
        found.update(zip(sorted(places), largest_first, strict=True))
    return found


def _grant(problem: Problem, place: int, amounts: Mapping[int, int], worth: Sequence[int]) -> Grant:
    granted = amounts.get(place, 0)
    if place in problem.forced:
        return Grant(granted, Why.FORCED_IN)
    if not granted and not worth[place]:
        # Money may well be left: no other request took its place.
        return Grant(0, Why.ADDS_NOTHING, bound=WORTHLESS[problem.settings.objectif])
    if not granted:
        return Grant(0, Why.NOT_BEST)
    return Grant(granted, Why.BEST if granted == problem.limits[place] else Why.BEST_IN_PART)

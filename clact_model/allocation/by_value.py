"""The strategy that follows the best total, not the ranking."""

from decimal import Decimal

from clact_model.allocation import exact
from clact_model.allocation.lines import Line
from clact_model.allocation.problem import Problem
from clact_model.allocation.reasons import Grant, Shared, Why

SCORE_STEPS = 10**4
"""Scores are kept to four decimals."""


def optimum(problem: Problem) -> Shared:
    """The exact best total of the objective under all bounds, proven. An unknown score or number of agents adds nothing.

    Raises InfeasibleError, UnsolvedError.
    """
    plan = exact.best(problem, values(problem))
    return Shared([_grant(problem, place, plan) for place in range(len(problem.lines))], proven=plan.proven)


def values(problem: Problem) -> list[int]:
    """What each line adds to the total when funded in full, a whole number."""
    return [_value(line, problem.settings.objectif) for line in problem.lines]


def _value(line: Line, objective: str) -> int:
    agents = line.agents or 0
    if objective == "agents":
        return agents
    score = int((line.score or Decimal(0)) * SCORE_STEPS)
    return score if objective == "score" else score * agents


def _grant(problem: Problem, place: int, plan: exact.Plan) -> Grant:
    granted = plan.amounts.get(place, 0)
    if place in problem.forced:
        return Grant(granted, Why.FORCED_IN)
    if not granted:
        return Grant(0, Why.NOT_BEST)
    return Grant(granted, Why.BEST if granted == problem.limits[place] else Why.BEST_IN_PART)

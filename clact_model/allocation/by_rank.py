"""The strategies that follow the ranking: in order, one line after the other."""

from collections.abc import Sequence
from decimal import ROUND_CEILING

from clact_model.allocation.problem import Problem
from clact_model.allocation.reasons import Grant, Shared, Why
from clact_model.allocation.sequential import Served


def classement(problem: Problem) -> Shared:
    """In rank order, in full, until the first for which the money does not suffice.

    Under a ceiling that is reached, or without a line that it needs, a line is passed: only money stops the ranking.
    After the stop, only what a floor still calls for is served.
    """
    if problem.free:
        served, left = _served_in_full(problem)
        return Shared(served + _stopped(problem.limits[len(served) :], Grant(0, Why.NO_ROOM, left)))
    return Shared(_until_money_stops(problem, Why.IN_PART if problem.partial else None))


def classement_continu(problem: Problem) -> Shared:
    """In rank order, in full; what does not fit is skipped.

    Under bounds: of all the sets that hold them, the one that the ranking prefers (first with the first, then with the
    second…). A larger envelope never lowers the total where money alone decides: at the first line where two envelopes
    part, only the larger one funds it, and so has granted more than the smaller one holds.
    """
    if problem.free:
        return Shared(_continued(problem.limits, problem.available))
    served = Served(problem)
    for place in range(len(problem.lines)):
        refusal = served.try_in_full(place)
        if refusal and not _in_part(served, place):
            served.refuse(place, refusal.grant)
    return Shared(served.answers())


def dernier_reduit(problem: Problem) -> Shared:
    """In rank order; the first for which the money does not suffice receives what is left if that is a useful share of
    its aid; stop."""
    if not problem.free:
        return Shared(_until_money_stops(problem, Why.REDUCED))
    part, limits = problem.settings.part_utile, problem.limits
    served, left = _served_in_full(problem)
    rest = limits[len(served) :]
    if not rest or left < rest[0] * part or left < problem.smallest:
        return Shared(served + _stopped(rest, Grant(0, Why.NO_USEFUL_SHARE, left, share=part)))
    after = Grant(0, Why.AFTER_THE_LAST)
    return Shared([*served, Grant(left, Why.REDUCED, left), *[after] * (len(rest) - 1)])


def _until_money_stops(problem: Problem, reduced: Why | None) -> list[Grant]:
    """Under bounds. ``reduced``: why the line at which money stops receives what is left; None when it receives nothing."""
    served = Served(problem)
    after: Grant | None = None
    for place in range(len(problem.lines)):
        if after is not None:
            _only_for_floors(served, place, after)
            continue
        refusal = served.try_in_full(place)
        if refusal is None:
            continue
        if not refusal.for_money:
            if not _in_part(served, place):
                served.refuse(place, refusal.grant)
        elif reduced and served.try_in_part(place, _smallest(problem, place, reduced), reduced):
            after = Grant(0, Why.AFTER_THE_LAST)
        else:
            after = refusal.grant._replace(why=Why.AFTER_THE_STOP, stop=problem.limits[place])
            if served.short_floor(place) is None or not _in_part(served, place):
                served.refuse(place, refusal.grant)
    return served.answers()


def _in_part(served: Served, place: int) -> bool:
    """Where grants may be in part, what a ceiling leaves to the line."""
    problem = served.problem
    return problem.partial and served.try_in_part(place, problem.smallest, Why.IN_PART)


def _only_for_floors(served: Served, place: int, after: Grant) -> None:
    floor = served.short_floor(place)
    if floor is None or (served.try_in_full(place, floor) and not _in_part(served, place)):
        served.refuse(place, after)


def _smallest(problem: Problem, place: int, reduced: Why) -> int:
    if reduced is not Why.REDUCED:
        return problem.smallest
    useful = (problem.limits[place] * problem.settings.part_utile).to_integral_value(ROUND_CEILING)
    return max(problem.smallest, int(useful))


def _served_in_full(problem: Problem) -> tuple[list[Grant], int]:
    """The grants of the first lines that fit one after the other, and the cents left."""
    grants, left = [], problem.available
    for limit in problem.limits:
        if limit > left:
            break
        grants.append(Grant(limit, Why.IN_FULL, left))
        left -= limit
    return grants, left


def _continued(limits: Sequence[int], left: int) -> list[Grant]:
    grants = []
    no_room = Grant(0, Why.NO_ROOM, left)
    for limit in limits:
        if limit <= left:
            grants.append(Grant(limit, Why.IN_FULL, left))
            left -= limit
            no_room = Grant(0, Why.NO_ROOM, left)
        else:
            grants.append(no_room)
    return grants


def _stopped(rest: Sequence[int], first: Grant) -> list[Grant]:
    """Nothing for the rest: the first for its own reason, the others because it stopped there."""
    if not rest:
        return []
    after = Grant(0, Why.AFTER_THE_STOP, first.left, stop=rest[0])
    return [first, *[after] * (len(rest) - 1)]

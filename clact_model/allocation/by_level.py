"""The strategies that serve everyone in proportion: a common rate, the payroll, the score above a threshold."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from clact_model.allocation.filling import Filled, Piece, fill
from clact_model.allocation.lines import Line
from clact_model.allocation.money import amount, cents
from clact_model.allocation.problem import Problem
from clact_model.allocation.reasons import Grant, Shared, Why

if TYPE_CHECKING:
    from clact_model.allocation.settings import Settings

RATE_SCALE = 10**12
"""A rate is solved to twelve decimals: no assiette is so large that a cent would be lost."""
SCORE_SCALE = 10**4
FULL_SCORE = Decimal(100)


def taux_commun(problem: Problem) -> Shared:
    """One rate of the assiette for all, the highest that the envelope allows, within each line's other ceilings.

    Lines come here with the ceiling they would have at the highest rate (see :func:`at_the_highest_rate`); they leave
    with the one they have at the common rate: what is granted never exceeds it.
    """
    pieces = [
        Piece(place, base, cap)
        for place, line in enumerate(problem.lines)
        for base, cap in line.bases or ((line.limit, line.limit),)
    ]
    filled = fill(problem, pieces, RATE_SCALE, RATE_SCALE)
    own = {place: p for place, p in _by_place(pieces).items() if place not in problem.forced}
    level = _lowest_level(own, filled)
    rate = Decimal(level) / RATE_SCALE
    grants = [_at_the_rate(problem, place, filled, rate) for place in range(len(problem.lines))]
    ceilings = {place: max(grants[place].granted, _at_level(pieces_of, level)) for place, pieces_of in own.items()}
    return Shared(grants, ceilings=ceilings, rate=rate)


def at_the_highest_rate(line: Line) -> Line:
    """The line with the ceiling it would have at the highest rate that the programme allows, within what it asks for."""
    highest = min(sum(cap for _, cap in line.bases), cents(line.requested))
    if not line.bases or not line.fundable or highest == line.limit:
        return line
    shares = {group: share * highest // line.limit for group, share in line.shares.items()} if line.limit else {}
    return replace(line, ceiling=amount(highest), shares=shares)


def masse_salariale(problem: Problem) -> Shared:
    """Shares of the envelope by payroll; what a structure does not ask for goes round again to the others.

    « La ventilation de l'enveloppe sera effectuée en relation avec les masses salariales concernées » (a call's text):
    by action, a structure's share is split in proportion to what its actions may receive.
    """
    of_dossier: dict[str, int] = {}
    for line in problem.lines:
        of_dossier[line.numero] = of_dossier.get(line.numero, 0) + line.limit
    pieces = [
        Piece(place, cents(line.payroll or Decimal(0)) * line.limit // of_dossier[line.numero], line.limit)
        for place, line in enumerate(problem.lines)
    ]
    heaviest = max((piece.weight for piece in pieces), default=0)
    filled = fill(problem, pieces, max(RATE_SCALE, 10 * heaviest))
    return Shared([_by_payroll(problem, place, filled) for place in range(len(problem.lines))])


def without_payroll(line: Line, settings: "Settings") -> Why | None:
    """What is not known is not counted as nothing: such a line waits."""
    return Why.PAYROLL_UNKNOWN if line.payroll is None or line.payroll <= 0 else None


def module(problem: Problem) -> Shared:
    """The aid in proportion to the score above the threshold: all of it at 100, none at the threshold; the same fraction
    of that for all when the envelope does not suffice."""
    threshold = problem.settings.seuil
    pieces = [
        Piece(place, line.limit * _points(line.score or Decimal(0), threshold), line.limit)
        for place, line in enumerate(problem.lines)
    ]
    scale = RATE_SCALE * _points(FULL_SCORE, threshold)
    filled = fill(problem, pieces, scale, RATE_SCALE)
    return Shared([_by_score(problem, place, filled) for place in range(len(problem.lines))])


def under_the_threshold(line: Line, settings: "Settings") -> Why | None:
    """A score that does not pass the threshold, or none."""
    return Why.UNDER_THRESHOLD if line.score is None or line.score <= settings.seuil else None


def _points(score: Decimal, threshold: Decimal) -> int:
    return int((score - threshold) * SCORE_SCALE)


def _by_place(pieces: Sequence[Piece]) -> dict[int, list[Piece]]:
    found: dict[int, list[Piece]] = {}
    for piece in pieces:
        found.setdefault(piece.place, []).append(piece)
    return found


def _lowest_level(own: Mapping[int, Sequence[Piece]], filled: Filled) -> int:
    """The lowest level that gives the same amounts: 37,5 % and not the last digit before one more cent."""
    found = []
    for place, pieces in own.items():
        if place in filled.moved:
            continue
        below = _at_level(pieces, filled.level - 1) if filled.level else 0
        level = filled.level if filled.amounts.get(place, 0) > below else filled.level - 1
        found += [-(-min(p.cap, p.weight * level // RATE_SCALE) * RATE_SCALE // p.weight) for p in pieces if p.weight]
    return max([*found, 0])


def _at_level(pieces: Sequence[Piece], level: int) -> int:
    return sum(min(piece.cap, piece.weight * level // RATE_SCALE) for piece in pieces)


def _at_the_rate(problem: Problem, place: int, filled: Filled, rate: Decimal) -> Grant:
    grant = _grant(problem, place, filled, Why.AT_THE_RATE, Why.AT_THE_RATE)
    if grant.granted and place in filled.moved and place not in problem.forced:
        grant = grant._replace(why=Why.AT_ITS_RATE, bound=filled.moved[place])
    return grant._replace(rate=rate)


def _by_payroll(problem: Problem, place: int, filled: Filled) -> Grant:
    return _grant(problem, place, filled, Why.PAYROLL_IN_FULL, Why.PAYROLL)


def _by_score(problem: Problem, place: int, filled: Filled) -> Grant:
    return _grant(problem, place, filled, Why.MODULE_IN_FULL, Why.MODULE)._replace(share=problem.settings.seuil)


def _grant(problem: Problem, place: int, filled: Filled, in_full: Why, in_part: Why) -> Grant:
    granted = filled.amounts.get(place, 0)
    if place in problem.forced:
        return Grant(granted, Why.FORCED_IN)
    if not granted:
        return Grant(0, Why.NO_SHARE, problem.smallest)
    return Grant(granted, in_full if granted == problem.limits[place] else in_part)

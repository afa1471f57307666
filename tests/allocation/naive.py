"""The strategies as their definitions say them, slow and plain: sets tried one by one, levels in exact fractions.

Lines come in rank order, all of them fundable, ``requested`` being the most that each may receive.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import product

from clact_model.allocation import Constraint, Line

Places = frozenset[int]


@dataclass(frozen=True)
class Call:
    """Lines and rules of a small call. Amounts in EUR."""

    lines: Sequence[Line]
    available: Decimal
    constraints: Sequence[Constraint] = ()
    ordre_des_rangs: bool = False
    dossier_entier: bool = False
    plancher: Decimal = Decimal(0)
    forced: Places = frozenset()

    def among(self, kept: Collection[int]) -> "Call":
        """The same for some of the lines."""
        places = [p for p in range(len(self.lines)) if p in kept]
        forced = frozenset(i for i, p in enumerate(places) if p in self.forced)
        return replace(self, lines=[self.lines[p] for p in places], forced=forced)

    def with_what_the_forced_need(self) -> "Call":
        return replace(self, forced=frozenset(other for place in self.forced for other in self.together(place)))

    def cost(self, places: Collection[int]) -> Decimal:
        return sum((self.lines[p].requested for p in places), Decimal(0))

    def counted(self, granted: Mapping[int, Decimal]) -> list[tuple[Constraint, Decimal]]:
        """What each constraint counts, code by code."""
        found = []
        for constraint in self.constraints:
            every = {line.groups[constraint.champ] for line in self.lines}
            for code in sorted(every) if constraint.valeur == "*" else [constraint.valeur]:
                own = [a for p, a in granted.items() if self.lines[p].groups[constraint.champ] == code]
                found.append((constraint, sum(own, Decimal(0))))
        return found

    def under_ceilings(self, granted: Mapping[int, Decimal]) -> bool:
        return all(total <= c.montant for c, total in self.counted(granted) if c.sens == "max")

    def above_floors(self, granted: Mapping[int, Decimal]) -> bool:
        return all(total >= c.montant for c, total in self.counted(granted) if c.sens == "min")

    def together(self, place: int) -> Places:
        """The line and all that it cannot be funded without."""
        found = {place}
        while more := {o for p in found for o in range(len(self.lines)) if self._needs(p, o)} - found:
            found |= more
        return frozenset(found)

    def _needs(self, place: int, other: int) -> bool:
        line, o = self.lines[place], self.lines[other]
        if place == other or line.numero != o.numero:
            return False
        better = line.rang is not None and o.rang is not None and o.rang < line.rang
        return self.dossier_entier or (self.ordre_des_rangs and better)

    def full(self, places: Collection[int]) -> dict[int, Decimal]:
        return {p: self.lines[p].requested for p in places}

    def sets(self) -> list[Places]:
        """Every set of whole grants that the rules allow."""
        every = (
            frozenset(p for p, kept in enumerate(bits) if kept) for bits in product((0, 1), repeat=len(self.lines))
        )
        return [s for s in every if self.forced <= s and self._allows(s)]

    def _allows(self, funded: Places) -> bool:
        granted = self.full(funded)
        return (
            self.cost(funded) <= self.available
            and self.under_ceilings(granted)
            and self.above_floors(granted)
            and all(self.together(p) <= funded for p in funded)
        )


def until_money_stops(call: Call, useful: Decimal | None = None) -> dict[int, Decimal] | None:
    """``classement``; with a useful share, ``dernier_reduit``. None when no set holds.

    In rank order, in full: a line that a ceiling stops is passed, the first for which there is no money (or whose money
    is kept for a floor) ends the ranking, with what is left for it if that is useful; then only what a floor still lacks.
    """
    sets = call.sets()
    if not sets:
        return None
    served, stopped, reduced = set(call.forced), False, {}
    for place in range(len(call.lines)):
        if place in served or (stopped and not _lacking(call, call.full(served) | reduced, place)):
            continue
        more = served | call.together(place)
        granted = call.full(more) | reduced
        for_money = sum(granted.values()) > call.available
        if not for_money and not call.under_ceilings(granted):
            continue
        if not for_money and _leads_on(call, more, reduced):
            served = more
        elif not stopped:
            stopped = True
            reduced = _what_is_left(call, served, place, useful) if useful is not None else {}
    return call.full(served) | reduced


def _lacking(call: Call, granted: Mapping[int, Decimal], place: int) -> bool:
    own = replace(call, constraints=[c for c in call.constraints if c.sens == "min"])
    groups = call.lines[place].groups
    return any(t < c.montant and groups[c.champ] == c.valeur for c, t in own.counted(granted))


def _completions(call: Call, served: Collection[int], without: Collection[int]) -> list[dict[int, Decimal]]:
    others = [p for p in range(len(call.lines)) if p not in served and p not in without]
    sets = (
        frozenset(served) | {p for p, k in zip(others, bits, strict=True) if k}
        for bits in product((0, 1), repeat=len(others))
    )
    return [call.full(s) for s in sets if all(call.together(p) <= s | set(without) for p in s)]


def _leads_on(call: Call, served: Collection[int], reduced: Mapping[int, Decimal]) -> bool:
    """Whether every floor can still be reached by whole grants."""
    return any(
        sum((granted | reduced).values()) <= call.available
        and call.under_ceilings(granted | reduced)
        and call.above_floors(granted | reduced)
        for granted in _completions(call, served, reduced)
    )


def _what_is_left(call: Call, served: Collection[int], place: int, useful: Decimal) -> dict[int, Decimal]:
    """What is left for the line, if that is useful and floors can still be reached then; else what is left once they are
    reached by what follows it, in rank order."""
    if not call.together(place) <= set(served) | {place}:
        return {}
    left = _left_for(call, served, place)
    if _leads_on(call, served, {place: left}):
        return _if_useful(call, place, left, useful)
    then = _for_floors(call, served, place)
    if not call.above_floors(call.full(then)):
        return {}
    return _if_useful(call, place, _left_for(call, then, place), useful)


def _if_useful(call: Call, place: int, amount: Decimal, useful: Decimal) -> dict[int, Decimal]:
    least = max(useful * call.lines[place].requested, call.plancher)
    return {place: amount} if amount > 0 and amount >= least else {}


def _left_for(call: Call, served: Collection[int], place: int) -> Decimal:
    """What money and each ceiling leave to the line."""
    rooms = [call.available - call.cost(served), call.lines[place].requested]
    for constraint in call.constraints:
        code = call.lines[place].groups[constraint.champ]
        if constraint.sens == "max" and constraint.valeur in ("*", code):
            own = [p for p in served if call.lines[p].groups[constraint.champ] == code]
            rooms.append(constraint.montant - call.cost(own))
    return min(rooms)


def _for_floors(call: Call, served: Collection[int], place: int) -> set[int]:
    """What is served once all that follows the line has been offered to the floors that still lack something."""
    then = set(served)
    for other in range(place + 1, len(call.lines)):
        more = then | call.together(other)
        fits = call.cost(more) <= call.available and call.under_ceilings(call.full(more))
        if other not in then and _lacking(call, call.full(then), other) and fits and _leads_on(call, more, {}):
            then = more
    return then


Weights = Mapping[int, Fraction]
"""Place → what it receives per unit of level."""


def levelled(call: Call, weights: Weights, top: Fraction | None) -> dict[int, Fraction] | None:
    """One level for all, in exact fractions: floors first, each by a level of its own, the largest first; then all rise
    together, and those that a ceiling stops stay while the others go on. None where floors reached so break a rule."""
    granted = {p: Fraction(call.lines[p].requested) for p in call.forced}
    moving = set(weights) - call.forced
    least: dict[int, Fraction] = {}

    def at(place: int, level: Fraction) -> Fraction:
        return max(min(weights[place] * level, Fraction(call.lines[place].requested)), least.get(place, Fraction(0)))

    def total(members: Collection[int], level: Fraction) -> Fraction:
        return sum(
            (granted[p] if p in granted else at(p, level) for p in members if p in granted or p in moving), Fraction(0)
        )

    full = max([top or Fraction(0), *(Fraction(call.lines[p].requested) / weights[p] for p in moving)])
    for members, low in sorted(_groups(call, "min"), key=lambda group: -group[1]):
        if total(members, full) < low:
            return None
        level = _first(lambda tried, members=members, low=low: total(members, tried) >= low, full)
        least |= {p: at(p, level) for p in members if p in moving}
    ceilings = [(frozenset(range(len(call.lines))), Fraction(call.available)), *_groups(call, "max")]
    if any(total(members, Fraction(0)) > high for members, high in ceilings):
        return None
    level, end = Fraction(0), full if top is None else min(top, full)
    while moving and level < end:
        tops = [
            (_first(lambda tried, members=members, high=high: total(members, tried) > high, end), members & moving)
            for members, high in ceilings
            if members & moving
        ]
        level = min(top for top, _ in tops)
        stopped = moving if level == end else {p for top, members in tops if top == level for p in members}
        granted |= {p: at(p, level) for p in stopped}
        moving = moving - stopped
    return granted | {p: at(p, level) for p in moving}


def without_the_smallest(call: Call, weights: Weights, top: Fraction | None) -> dict[int, Fraction] | None:
    """The same, where those that would receive less than the smallest grant go without, the last ranked first, with those
    that need them."""
    kept = set(weights)
    while True:
        granted = levelled(call, {p: weights[p] for p in kept}, top)
        under = {p for p in kept - call.forced if granted and granted.get(p, 0) < max(call.plancher, Decimal("0.01"))}
        if granted is None or not under or not (call.plancher or call.ordre_des_rangs or call.dossier_entier):
            return granted
        if any(c.sens == "min" and c.montant for c in call.constraints):
            return None
        kept -= {p for p in kept - call.forced if max(under) in call.together(p)}


def _groups(call: Call, sens: str) -> list[tuple[frozenset[int], Fraction]]:
    found = []
    for c in call.constraints:
        codes = {line.groups[c.champ] for line in call.lines} if c.valeur == "*" else {c.valeur}
        for code in sorted(codes) if c.sens == sens else ():
            members = frozenset(p for p, line in enumerate(call.lines) if line.groups[c.champ] == code)
            found.append((members, Fraction(c.montant)))
    return found


def _first(holds: Callable[[Fraction], bool], high: Fraction) -> Fraction:
    """Where something begins to hold, to a billionth of the range; ``high`` when it does not."""
    if holds(Fraction(0)):
        return Fraction(0)
    if not holds(high):
        return high
    low, steps = Fraction(0), 2**30
    above, below = steps, 0
    while above - below > 1:
        middle = (above + below) // 2
        above, below = (middle, below) if holds(low + high * middle / steps) else (above, middle)
    return high * above / steps

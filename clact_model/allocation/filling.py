"""One level that rises for all: each line receives its weight times the level, up to its cap, until a bound is reached.

Lines under a bound that is reached stay where they are, the others go on: the level is the highest for each (progressive
filling). All in integers: the cents that rounding leaves at the end go to the lines that would receive one next, in rank
order.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from clact_model.allocation import exact
from clact_model.allocation.problem import Bound, Problem


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a line: it receives ``weight × level ÷ scale`` cents, at most its cap."""

    place: int
    weight: int
    cap: int


@dataclass(frozen=True, slots=True)
class Filled:
    """Place → cents; the level reached by what nothing held back; place → the bound that held it back or lifted it."""

    amounts: Mapping[int, int]
    level: int
    moved: Mapping[int, str]


def fill(problem: Problem, pieces: Sequence[Piece], scale: int, top: int | None = None) -> Filled:
    """Raise the level as far as money and ceilings allow, at most to ``top``; floors are reached first, each by a level
    of its own. Lines under the smallest grant go without, the last ranked first. Raises InfeasibleError."""
    kept = {piece.place for piece in pieces}
    least: Mapping[int, int] = {}
    while True:
        filled = _Filling(problem, [p for p in pieces if p.place in kept], scale, top, least).run()
        under = {p for p in kept if filled.amounts.get(p, 0) < problem.smallest} - problem.forced - least.keys()
        if not under or (problem.smallest == 1 and not problem.needs):
            return filled
        if problem.floors and not least:
            # Who goes without must not be one whom a floor cannot do without.
            least = exact.least(problem, {place: problem.limits[place] for place in problem.forced})
        else:
            kept -= _with_dependants(problem, max(under), kept)


def _with_dependants(problem: Problem, place: int, kept: set[int]) -> set[int]:
    return {p for p in kept if p not in problem.forced and place in problem.together(p)}


class _Filling:
    def __init__(
        self, problem: Problem, pieces: Sequence[Piece], scale: int, top: int | None, least: Mapping[int, int]
    ) -> None:
        self.problem, self.scale = problem, scale
        self.pieces: dict[int, list[Piece]] = {}
        for piece in pieces:
            if piece.place not in problem.forced and piece.weight > 0:
                self.pieces.setdefault(piece.place, []).append(piece)
        self.full = max((-(-piece.cap * scale // piece.weight) for piece in pieces if piece.weight > 0), default=0)
        """The level at which every line has its cap: a floor may lift its lines beyond the top of the others."""
        self.top = self.full if top is None else min(top, self.full)
        self.still = {place: problem.limits[place] for place in problem.forced}
        """What no longer moves."""
        self.least = {place: amount for place, amount in least.items() if place in self.pieces}
        """What floors give at the least."""
        self.moved: dict[int, str] = {}
        money = Bound("l'enveloppe", dict(enumerate(problem.limits)), high=problem.available)
        self.ceilings = [money, *(bound for bound in problem.bounds if bound.high is not None)]

    def run(self) -> Filled:
        self._reach_floors()
        level, moving = 0, set(self.pieces)
        while moving:
            highest = {i: self._highest(bound, level, moving) for i, bound in enumerate(self.ceilings)}
            level = min(highest.values())
            blocked = [i for i, found in highest.items() if found == level < self.top]
            more = self._next_cents(level, moving) if blocked else {}
            stopped = {p for p in moving if not blocked or any(p in self.ceilings[i].counted for i in blocked)}
            for place in stopped:
                self.still[place] = self._at(place, level) + more.get(place, 0)
                if blocked and 0 not in blocked:
                    self.moved[place] = next(
                        self.ceilings[i].words for i in blocked if place in self.ceilings[i].counted
                    )
            moving -= stopped
            if any(p in stopped for p in more):
                level += 1
        return Filled({p: amount for p, amount in self.still.items() if amount}, level, self.moved)

    def _at(self, place: int, level: int) -> int:
        rising = sum(min(piece.cap, piece.weight * level // self.scale) for piece in self.pieces[place])
        return max(min(rising, self.problem.limits[place]), self.least.get(place, 0))

    def _used(self, bound: Bound, moving: set[int]) -> Callable[[int], int]:
        """A level → the cents that a ceiling counts. Asked some forty times of every line: what only rises up to its caps
        and counts in full, nearly every line, is added up in one go."""
        limits, scale = self.problem.limits, self.scale
        settled = sum(bound.of(p, self.still[p], limits[p]) for p in bound.counted if p in self.still)
        places = [p for p in bound.counted if p in moving]
        plain = {p for p in places if bound.counted[p] == limits[p] and self._only_rises(p)}
        rising = [(piece.weight, piece.cap) for p in places if p in plain for piece in self.pieces[p]]
        others = [p for p in places if p not in plain]

        def used(level: int) -> int:
            risen = sum([cap if (now := weight * level // scale) > cap else now for weight, cap in rising])
            return settled + risen + sum(bound.of(p, self._at(p, level), limits[p]) for p in others)

        return used

    def _only_rises(self, place: int) -> bool:
        return place not in self.least and sum(p.cap for p in self.pieces[place]) <= self.problem.limits[place]

    def _highest(self, bound: Bound, level: int, moving: set[int]) -> int:
        """The highest level at which the ceiling holds."""
        if not any(p in moving for p in bound.counted):
            return self.top
        used = self._used(bound, moving)
        return _last(lambda tried: used(tried) <= (bound.high or 0), level, self.top)

    def _next_cents(self, level: int, moving: set[int]) -> dict[int, int]:
        """Cents that lines would receive just above the level, in rank order, as far as every ceiling has room."""
        limits = self.problem.limits
        used = [self._used(bound, moving)(level) for bound in self.ceilings]
        found: dict[int, int] = {}
        for place in sorted(moving):
            left = (self.ceilings[0].high or 0) - used[0]
            if left <= 0:
                break
            now = self._at(place, level)
            more = min(self._at(place, level + 1) - now, left)
            if more <= 0:
                continue
            after = [
                used[i] + bound.of(place, now + more, limits[place]) - bound.of(place, now, limits[place])
                for i, bound in enumerate(self.ceilings)
            ]
            if all(total <= (bound.high or 0) for total, bound in zip(after, self.ceilings, strict=True)):
                found[place], used = more, after
        return found

    def _reach_floors(self) -> None:
        """Raise the lines of each floor by a level of their own; where that breaks a ceiling, ask the solver."""
        floors = [self.problem.bounds[i] for i in self.problem.floors]
        for bound in sorted(floors, key=lambda b: -(b.low or 0)):
            self._reach(bound)
        granted = {p: self._at(p, 0) for p in self.pieces} | self.still
        short = [b for b in floors if self._counted(b, granted) < (b.low or 0)]
        over = [b for b in self.ceilings if self._counted(b, granted) > (b.high or 0)]
        if short or over:
            least = exact.least(self.problem, dict(self.still))
            self.least = {p: amount for p, amount in least.items() if p in self.pieces}

    def _counted(self, bound: Bound, granted: Mapping[int, int]) -> int:
        return sum(bound.of(p, granted.get(p, 0), self.problem.limits[p]) for p in bound.counted)

    def _reach(self, bound: Bound) -> None:
        members = [p for p in bound.counted if p in self.pieces]
        base = sum(bound.of(p, self.still[p], self.problem.limits[p]) for p in bound.counted if p in self.still)
        low = (bound.low or 0) - base

        def short(level: int) -> bool:
            return sum(bound.of(p, self._at(p, level), self.problem.limits[p]) for p in members) < low

        if low <= 0 or not short(0):
            return
        level = _last(short, 0, self.full) + 1
        for place in members:
            raised = self._at(place, level)
            if raised > self.least.get(place, 0):
                self.least[place] = raised
                self.moved[place] = bound.words


def _last(holds: Callable[[int], bool], low: int, high: int) -> int:
    """The last level at which something that stops holding still holds; ``low`` when it never does."""
    if holds(high):
        return high
    while high - low > 1:
        middle = (low + high) // 2
        if holds(middle):
            low = middle
        else:
            high = middle
    return low

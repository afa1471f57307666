"""Lines served one after the other under bounds: what fits, and what must be kept so that every floor can still be reached."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from copy import copy
from typing import NamedTuple

from clact_model.allocation import exact
from clact_model.allocation.problem import Problem
from clact_model.allocation.reasons import Grant, Why


class Refusal(NamedTuple):
    """Why a line does not fit, and what was left for it, in cents. ``for_money``: the envelope itself was too short."""

    why: Why
    left: int
    bound: str
    for_money: bool

    @property
    def grant(self) -> Grant:
        return Grant(0, self.why, self.left, bound=self.bound)


class Served:
    """What has been granted so far, in rank order. Raises InfeasibleError when the bounds cannot hold from the start."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.grants: dict[int, Grant] = {}
        self._refused: dict[int, Grant] = {}
        self.left = problem.available
        self._counted = [0] * len(problem.bounds)
        self._plan = self._first_plan()
        for place in sorted(problem.forced):
            self._grant(place, problem.limits[place], Why.FORCED_IN)

    def _first_plan(self) -> Mapping[int, int]:
        """A plan that reaches every floor: the witness that what has been granted leads somewhere."""
        forced = {place: self.problem.limits[place] for place in self.problem.forced}
        # What is forced in fits into the money (checked before): without a bound there is nothing else to hold.
        if not self.problem.bounds or (not self.problem.floors and not forced):
            return forced
        plan = exact.plan(self.problem, forced)
        if plan is None:
            raise exact.InfeasibleError("Les contraintes ne tiennent pas ensemble.")
        return plan

    def try_in_full(self, place: int, floor: str = "") -> Refusal | None:
        """Serve the line with all that it needs, each in full (for a floor, when one is named); or say why that does not
        fit. Nothing to do for a line that is served."""
        together = [p for p in sorted(self.problem.together(place)) if p not in self.grants]
        refusal = self._refusal(together)
        if refusal is None:
            for each in together:
                self._grant(each, self.problem.limits[each], Why.TO_REACH if floor else Why.IN_FULL, floor)
            return None
        if len(together) > 1:
            others = " et ".join(self._name(p) for p in together if p != place)
            return Refusal(Why.NEEDS, self.left, others, refusal.for_money)
        return refusal

    def try_in_part(self, place: int, smallest: int, why: Why) -> bool:
        """Serve the line with what is left for it, if that is something and all that it needs is served."""
        if any(p not in self.grants for p in self.problem.together(place) if p != place):
            return False
        room = self._room(place)
        for amount in self._parts(place, room):
            if max(smallest, 1) <= amount <= room and self._reachable({place: amount}):
                self._grant(place, amount, why)
                return True
        return False

    def _parts(self, place: int, room: int) -> Iterator[int]:
        """Cents that the line may have in part, the most first; where other grants are whole, no set of them leaves what
        floors lack to the cent, and the solver would seek one for ever."""
        if self.problem.partial:
            yield min(room, self.left - self._kept(place))
            # The plan may be older than what has been granted since: its amount need not fit any more.
            yield self._plan.get(place, 0)
        else:
            yield room
            yield self._beside_floors(place)

    def _beside_floors(self, place: int) -> int:
        """What is left for the line once floors are reached by the whole grants that follow it, in rank order: the plan."""
        then = copy(self)
        then.grants, then._counted = dict(self.grants), list(self._counted)
        for other in range(place + 1, len(self.problem.lines)):
            if (floor := then.short_floor(other)) is not None:
                then.try_in_full(other, floor)
        if any(then._due().values()):
            return 0
        amount = then._room(place)
        self._plan = {p: grant.granted for p, grant in then.grants.items()} | {place: amount}
        return amount

    def short_floor(self, place: int) -> str | None:
        """The words of a floor that is not reached yet and that counts the line."""
        due = self._due()
        return next((self.problem.bounds[i].words for i in self.problem.bounds_of[place] if due.get(i, 0) > 0), None)

    def refuse(self, place: int, grant: Grant) -> None:
        """Keep why a line that is not served receives nothing."""
        if place not in self.grants:
            self._refused[place] = grant

    def answers(self) -> list[Grant]:
        """One grant per line. A line refused at its turn may have been served since, with one that needs it."""
        return [self.grants.get(place) or self._refused[place] for place in range(len(self.problem.lines))]

    def _name(self, place: int) -> str:
        line = self.problem.lines[place]
        rank = f"de rang {line.rang}" if line.rang is not None else "du même dossier"
        return f"la demande {rank} (ligne {line.ligne})"

    def _grant(self, place: int, amount: int, why: Why, bound: str = "") -> None:
        self.grants[place] = Grant(amount, why, self.left, bound=bound)
        self.left -= amount
        for index in self.problem.bounds_of[place]:
            self._counted[index] += self._share(index, place, amount)

    def _share(self, index: int, place: int, amount: int) -> int:
        return self.problem.bounds[index].of(place, amount, self.problem.limits[place])

    def _room(self, place: int) -> int:
        return min(self.problem.limits[place], self.left, *self._rooms(place))

    def _rooms(self, place: int) -> Iterable[int]:
        """What each ceiling still leaves to a line, as an amount of its grant."""
        limit = self.problem.limits[place]
        for index in self.problem.bounds_of[place]:
            bound = self.problem.bounds[index]
            if bound.high is not None:
                yield (bound.high - self._counted[index]) * limit // bound.counted[place]

    def _due(self) -> dict[int, int]:
        """Floor → cents still to be granted to reach it."""
        bounds = self.problem.bounds
        return {i: max(0, (bounds[i].low or 0) - self._counted[i]) for i in self.problem.floors}

    def _kept(self, place: int) -> int:
        """Cents that floors which do not count the line need at the very least."""
        due = self._due()
        return max((d for i, d in due.items() if i not in self.problem.bounds_of[place]), default=0)

    def _refusal(self, together: Collection[int]) -> Refusal | None:
        limits, bounds = self.problem.limits, self.problem.bounds
        cost = sum(limits[p] for p in together)
        if cost > self.left:
            return Refusal(Why.NO_ROOM, self.left, "", for_money=True)
        for index in {i for p in together for i in self.problem.bounds_of[p] if bounds[i].high is not None}:
            room = (bounds[index].high or 0) - self._counted[index]
            if sum(self._share(index, p, limits[p]) for p in together) > room:
                return Refusal(Why.CEILING, room, bounds[index].words, for_money=False)
        if self._reachable({p: limits[p] for p in together}):
            return None
        return Refusal(Why.KEPT, self.left, self._kept_for(together), for_money=True)

    def _kept_for(self, together: Collection[int]) -> str:
        """The floor that keeps the most, of those that the lines do not serve."""
        due = self._due()
        other = {i: d for i, d in due.items() if not any(i in self.problem.bounds_of[p] for p in together)} or due
        return self.problem.bounds[max(other, key=lambda i: other[i])].words

    def _reachable(self, more: dict[int, int]) -> bool:
        """Whether every floor can still be reached once these amounts are granted."""
        if not any(self._due().values()):
            return True
        if all(self._plan.get(p) == amount for p, amount in more.items()):
            return True
        if not self._enough_money(more):
            return False
        granted = {p: g.granted for p, g in self.grants.items()} | more
        plan = self._trimmed(more) or exact.plan(self.problem, granted)
        if plan is None:
            return False
        self._plan = plan
        return True

    def _trimmed(self, more: dict[int, int]) -> Mapping[int, int] | None:
        """The plan without what no floor calls for, the last ranked first, beside what is granted and these amounts; None
        when that does not hold. Of whole grants it most often does, and the solver, asked line after line, takes long."""
        problem, plan = self.problem, {p: g.granted for p, g in self.grants.items()} | more
        if problem.partial or problem.needs:
            return None
        planned = [p for p in self._plan if p not in plan and any(problem.bounds[i].low for i in problem.bounds_of[p])]
        money, counted = self.left - sum(more.values()), list(self._counted)
        for place, amount in (more | {p: self._plan[p] for p in planned}).items():
            for index in problem.bounds_of[place]:
                counted[index] += self._share(index, place, amount)
        for place in sorted(planned, reverse=True):
            shares = {i: self._share(i, place, self._plan[place]) for i in problem.bounds_of[place]}
            if all(counted[i] - share >= (problem.bounds[i].low or 0) for i, share in shares.items()):
                for index, share in shares.items():
                    counted[index] -= share
            else:
                plan[place] = self._plan[place]
                money -= self._plan[place]
        return plan if money >= 0 and all(b.holds(n) for b, n in zip(problem.bounds, counted, strict=True)) else None

    def _enough_money(self, more: dict[int, int]) -> bool:
        """A quick look before the solver: the largest floor alone must still fit into what would be left."""
        left = self.left - sum(more.values())
        gained = {i: sum(self._share(i, p, amount) for p, amount in more.items()) for i in self.problem.floors}
        return all(due - gained[i] <= left for i, due in self._due().items())

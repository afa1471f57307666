"""The exact best total under all bounds, and whether bounds can hold together: HiGHS, every answer checked in whole cents.

The solver works in binary fractions: what it gives is rounded to cents and tested in integers, and a set of lines that
passes for it and fails the test is forbidden by a cut before it is asked again. Of whole grants, the best are first sought
by listing (see :mod:`clact_model.allocation.listing`): a hundred times faster where the bounds do not cross too much. What
it leaves open, the solver settles.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from math import gcd
from typing import TYPE_CHECKING

from clact_model.allocation import listing
from clact_model.allocation.listing import Row
from clact_model.allocation.problem import Problem
from clact_model.allocation.watch import StoppedError
from clact_model.errors import ClactError

if TYPE_CHECKING:
    import highspy

SECONDS = 30.0
"""How long one answer may take; the best plan found until then is given as not proven."""
_TOLERANCE = 1e-9
_MARGIN = 4
"""Cents: the first that is left beside each bound when rounding oversteps one."""
_ANY_PLAN = 0.5
"""What a plan may miss of the best ranks where any plan will do: to prove the best one takes thirty times as long where the
bounds of several champs cross."""


class InfeasibleError(ClactError):
    """The bounds cannot all hold."""


class UnsolvedError(ClactError):
    """No plan was found in the time there is."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Place → cents granted, for the lines that receive something; whether nothing better exists."""

    amounts: Mapping[int, int]
    proven: bool


def best(problem: Problem, values: Sequence[int]) -> Plan:
    """The plan of the largest total value. ``values``: what each line adds when it is funded in full, never negative;
    in part, it adds in proportion. Among equal totals the cheapest, as far as the solver tells costs apart.

    Raises InfeasibleError, UnsolvedError.
    """
    model = _Model(problem, {place: problem.limits[place] for place in problem.forced})
    if not (problem.partial or problem.needs) and (listed := model.listed(values)) is not None:
        return Plan(model.fixed | listed, proven=True)
    model.maximise(_objective(problem, values))
    return model.solve()


def plan(problem: Problem, granted: Mapping[int, int]) -> Mapping[int, int] | None:
    """Place → cents of a plan that keeps what is granted and reaches every floor, better-ranked lines preferred; None
    when there is none."""
    model = _Model(problem, granted)
    count = len(problem.lines)
    model.maximise([float(count - place) for place in range(count)])
    model.solver.setOptionValue("mip_rel_gap", _ANY_PLAN)
    try:
        return model.solve().amounts
    except InfeasibleError:
        return None


def least(problem: Problem, granted: Mapping[int, int]) -> Mapping[int, int]:
    """Place → cents of the cheapest plan that keeps what is granted and reaches every floor. Raises InfeasibleError."""
    model = _Model(problem, granted)
    model.maximise([-limit / 100 for limit in problem.limits])
    return model.solve().amounts


def relaxed(problem: Problem, values: Sequence[int]) -> float:
    """A total that no plan can exceed (lines cut at will): what is shown while the optimum is computed, in a
    millisecond. Raises InfeasibleError."""
    model = _Model(problem, {place: problem.limits[place] for place in problem.forced})
    model.maximise([float(value) for value in values], relaxed=True)
    return model.total()


def _objective(problem: Problem, values: Sequence[int]) -> list[float]:
    """Values in multiples of what they have in common; the cost weighs less than the smallest of them, to break ties."""
    if problem.partial:
        return [float(value) for value in values]
    common = reduce(gcd, values, 0) or 1
    costs = 2 * max(1, problem.available)
    return [value / common - limit / costs for value, limit in zip(values, problem.limits, strict=True)]


class _Model:
    """Columns: per free line whether it is funded (whole grants), or its share of its aid and, where a smallest grant or
    another line calls for it, whether it is funded at all (grants in part)."""

    solver: "highspy.Highs"

    def __init__(self, problem: Problem, fixed: Mapping[int, int]) -> None:
        self.problem = problem
        self.fixed: dict[int, int] = {place: amount for place, amount in fixed.items() if amount}
        out = {place for place, amount in fixed.items() if not amount}
        self.places = [p for p in range(len(problem.lines)) if p not in fixed and not self._blocked(p, out)]
        self.column = {place: column for column, place in enumerate(self.places)}
        self.switched = problem.partial and (problem.smallest > 1 or bool(problem.needs))
        self.counted: list[Row] = []
        """The money, then the bounds, in cents."""
        self.rows: list[tuple[float, float, list[int], list[float]]] = []
        """What the solver is given, in EUR: the same, and what goes together."""
        self._money()
        self._bounds()
        self._needs()

    def _blocked(self, place: int, out: Collection[int]) -> bool:
        return bool(out) and any(other in out for other in self.problem.together(place))

    def _row(self, low: float, high: float, terms: Mapping[int, float]) -> None:
        self.rows.append((low, high, list(terms), list(terms.values())))

    def _money(self) -> None:
        left = self.problem.available - sum(self.fixed.values())
        if left < 0:
            raise InfeasibleError("L'enveloppe ne suffit pas.")
        self._count(Row({self.column[p]: self.problem.limits[p] for p in self.places}, high=left))

    def _bounds(self) -> None:
        limits = self.problem.limits
        for bound in self.problem.bounds:
            already = sum(bound.of(p, amount, limits[p]) for p, amount in self.fixed.items())
            counted = {self.column[p]: share for p, share in bound.counted.items() if p in self.column}
            low = None if bound.low is None else bound.low - already
            high = None if bound.high is None else bound.high - already
            if (not counted and (low or 0) > 0) or (high or 0) < 0:
                raise InfeasibleError(bound.words)
            if counted:
                self._count(Row(counted, low, high))

    def _count(self, row: Row) -> None:
        self.counted.append(row)
        low = -float("inf") if row.low is None else row.low / 100
        high = float("inf") if row.high is None else row.high / 100
        self._row(low, high, {column: share / 100 for column, share in row.counted.items()})

    def _needs(self) -> None:
        for place, others in self.problem.needs.items():
            if place in self.column:
                for other in others:
                    if other in self.column:
                        self._row(-float("inf"), 0.0, {self._switch(place): 1.0, self._switch(other): -1.0})
        if self.switched:
            for place in self.places:
                share, switch, limit = self.column[place], self._switch(place), self.problem.limits[place]
                self._row(-float("inf"), 0.0, {share: 1.0, switch: -1.0})
                self._row(0.0, float("inf"), {share: limit / 100, switch: -min(self.problem.smallest, limit) / 100})

    def _switch(self, place: int) -> int:
        """The column that says whether the line is funded at all."""
        return self.column[place] + (len(self.places) if self.switched else 0)

    def maximise(self, values: Sequence[float], relaxed: bool = False) -> None:
        """Hand the model to the solver."""
        import highspy

        count = len(self.places) * (2 if self.switched else 1)
        whole = highspy.HighsVarType.kInteger
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = count, len(self.rows)
        model.sense_ = highspy.ObjSense.kMaximize
        model.col_cost_ = [values[p] for p in self.places] + [0.0] * (count - len(self.places))
        model.col_lower_, model.col_upper_ = [0.0] * count, [1.0] * count
        model.row_lower_ = [row[0] for row in self.rows]
        model.row_upper_ = [row[1] for row in self.rows]
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        starts = [0]
        for row in self.rows:
            starts.append(starts[-1] + len(row[2]))
        model.a_matrix_.start_ = starts
        model.a_matrix_.index_ = [column for row in self.rows for column in row[2]]
        model.a_matrix_.value_ = [value for row in self.rows for value in row[3]]
        if not relaxed and not self.problem.partial:
            model.integrality_ = [whole] * count
        elif not relaxed and self.switched:
            model.integrality_ = [highspy.HighsVarType.kContinuous] * len(self.places) + [whole] * len(self.places)
        self.solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, value in _options().items():
            self.solver.setOptionValue(name, value)
        if relaxed:
            # On so few rows, simplifying first takes longer than solving.
            self.solver.setOptionValue("presolve", "off")
        if self.problem.watch is not None:
            self.problem.watch.follow(self.solver)
        self.solver.passModel(model)

    def solve(self) -> Plan:
        """The plan, tested in whole cents. Raises InfeasibleError, UnsolvedError."""
        margin = _MARGIN
        while True:
            columns, proven = self._run()
            amounts = self._amounts(columns)
            if (wrong := self._violated(amounts)) is None:
                return Plan(self.fixed | amounts, proven)
            if self.problem.partial:
                self._leave(margin)
                margin *= 4
            else:
                self._forbid(amounts, wrong)

    def listed(self, values: Sequence[int]) -> dict[int, int] | None:
        """The best whole grants beside what is fixed, among equals the cheapest; None when listing them gives up. Raises
        InfeasibleError."""
        limits = self.problem.limits

        def granted(columns: Sequence[int]) -> dict[int, int]:
            return {self.places[column]: limits[self.places[column]] for column in columns}

        self.maximise([float(value) for value in values], relaxed=True)
        self._run()
        prices = [price / 100 for price in self.solver.getSolution().row_dual]
        own = [values[place] for place in self.places]
        columns = listing.best(own, self.counted, prices, lambda tried: self._violated(granted(tried)) is None)
        return None if columns is None else granted(columns)

    def total(self) -> float:
        """The value of the best solution of the model as it stands."""
        self._run()
        return float(self.solver.getInfo().objective_function_value)

    def _run(self) -> tuple[Sequence[float], bool]:
        import highspy

        self.solver.run()
        status = self.solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInterrupt:
            raise StoppedError
        if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            raise InfeasibleError("Les contraintes ne tiennent pas ensemble.")
        if (
            self.places
            and self.solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible
        ):
            raise UnsolvedError(
                f"Aucune répartition n'a été trouvée en {SECONDS:.0f} secondes : ôtez une contrainte, ou prenez une autre stratégie."
            )
        done = status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty)
        return list(self.solver.getSolution().col_value), done

    def _amounts(self, columns: Sequence[float]) -> dict[int, int]:
        limits = self.problem.limits
        if not self.problem.partial:
            return {p: limits[p] for p in self.places if columns[self.column[p]] > 0.5}
        return _in_cents(self.problem, self.fixed, {p: columns[self.column[p]] for p in self.places})

    def _violated(self, amounts: dict[int, int]) -> tuple[Collection[int], bool] | None:
        """The lines of a row that does not hold in integers, and whether it is a floor; None when all hold."""
        granted = self.fixed | amounts
        if sum(granted.values()) > self.problem.available:
            return self.places, False
        for bound in self.problem.bounds:
            counted = sum(bound.of(p, amount, self.problem.limits[p]) for p, amount in granted.items())
            if bound.high is not None and counted > bound.high:
                return bound.counted, False
            if bound.low is not None and counted < bound.low:
                return bound.counted, True
        return None

    def _leave(self, margin: int) -> None:
        """Some cents on each side of every bound: a share rounded to the cent oversteps one that is full."""
        for index, row in enumerate(self.counted):
            low = -float("inf") if row.low is None else (row.low + margin) / 100
            high = float("inf") if row.high is None else (row.high - margin) / 100
            self.solver.changeRowBounds(index, low, high)

    def _forbid(self, amounts: Mapping[int, int], wrong: tuple[Collection[int], bool]) -> None:
        """Not all of these again under a ceiling; at least one more under a floor."""
        places, floor = wrong
        if floor:
            more = [self.column[p] for p in places if p in self.column and p not in amounts]
            self.solver.addRow(1.0, float("inf"), len(more), more, [1.0] * len(more))
        else:
            these = [self.column[p] for p in places if p in amounts]
            self.solver.addRow(-float("inf"), len(these) - 1.0, len(these), these, [1.0] * len(these))


def _options() -> dict[str, bool | float | str]:
    """Silent, one thread, no gap: the same question has the same answer."""
    return {
        "output_flag": False,
        "parallel": "off",
        "time_limit": SECONDS,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 0.0,
        "mip_feasibility_tolerance": _TOLERANCE,
        "primal_feasibility_tolerance": _TOLERANCE,
    }


def _in_cents(problem: Problem, fixed: dict[int, int], shares: Mapping[int, float]) -> dict[int, int]:
    """Shares of the aids → cents under every ceiling; the cents that rounding left go where a floor or the most lacks them."""
    limits = problem.limits
    exact = {p: share * limits[p] for p, share in shares.items()}
    amounts = {p: min(limits[p], int(amount + 1e-4)) for p, amount in exact.items()}
    amounts = {p: amount for p, amount in amounts.items() if amount >= min(problem.smallest, limits[p])}
    for place in sorted(exact, key=lambda p: amounts.get(p, 0) - exact[p]):
        if place in amounts and 0 < exact[place] - amounts[place] < 1 and amounts[place] < limits[place]:
            more = amounts | {place: amounts[place] + 1}
            if _under_ceilings(problem, fixed | more):
                amounts = more
    return amounts


def _under_ceilings(problem: Problem, granted: Mapping[int, int]) -> bool:
    if sum(granted.values()) > problem.available:
        return False
    ceilings = [bound for bound in problem.bounds if bound.high is not None]
    return all(
        sum(bound.of(p, amount, problem.limits[p]) for p, amount in granted.items()) <= (bound.high or 0)
        for bound in ceilings
    )

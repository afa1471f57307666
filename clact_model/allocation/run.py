"""Envelope and ranks → who gets how much, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal

from clact_model import formats
from clact_model.allocation import by_value, conflict, exact, problem
from clact_model.allocation.conflict import ConflictError
from clact_model.allocation.constraints import Constraint
from clact_model.allocation.lines import Key, Line, UnknownKeyError, in_rank_order
from clact_model.allocation.money import amount, cents
from clact_model.allocation.problem import Problem
from clact_model.allocation.reasons import Grant, Outcome, Shared, Why
from clact_model.allocation.result import Result, check
from clact_model.allocation.settings import Settings, SettingsError, label
from clact_model.allocation.strategies import STRATEGIES
from clact_model.allocation.watch import Watch


class EnvelopeTooSmallError(ConflictError):
    """What is forced in does not fit together."""


@dataclass(frozen=True, slots=True)
class _Call:
    """Every line in rank order, what some receive whatever happens (nothing), and the problem that the others make."""

    ranked: Sequence[Line]
    settled: Sequence[Grant | None]
    places: Sequence[int]
    """Where the lines of the problem stand in the ranking."""
    problem: Problem


def run(lines: Iterable[Line], settings: Settings, watch: Watch | None = None) -> Result:
    """Every line with its grant, in rank order.

    What may not be funded is set aside, what is forced in is served in full, the strategy shares out the rest under
    the constraints. Raises UnknownKeyError, SettingsError, EnvelopeTooSmallError, ConflictError; StoppedError when the
    ``watch`` was stopped.
    """
    strategy = STRATEGIES[settings.strategie]
    ranked = in_rank_order(lines)
    if strategy.at_most is not None:
        ranked = [strategy.at_most(line) for line in ranked]
    _check_forced(ranked, settings)
    call = _call(ranked, settings, watch)
    _check_forced_fit(call.problem)
    try:
        shared = strategy.allocate(call.problem)
    except exact.InfeasibleError as error:
        raise conflict.error(
            settings,
            _codes(ranked),
            lambda tried: _holds(ranked, tried, watch),
            lambda floor: _reached(call.problem, floor),
        ) from error
    result = Result(settings, _outcomes(call, shared), proven=shared.proven, taux=shared.rate)
    check(result)
    _check_bounds(call, shared)
    return result


def relaxed_score(lines: Iterable[Line], settings: Settings) -> Decimal:
    """A total score that no plan of the optimum exceeds, known in a millisecond. Raises InfeasibleError."""
    call = _call(in_rank_order(lines), settings)
    most = exact.relaxed(call.problem, by_value.values(call.problem)) / by_value.SCORE_STEPS
    return Decimal(most).quantize(Decimal("0.01"), ROUND_CEILING)


def _call(ranked: Sequence[Line], settings: Settings, watch: Watch | None = None) -> _Call:
    answer = _Settled(settings)
    settled = [answer.to(line) for line in ranked]
    places = [place for place, grant in enumerate(settled) if grant is None]
    lines = [ranked[place] for place in places]
    forced = {p for p, line in enumerate(lines) if line.named_by(settings.forced_in)} if settings.forced_in else set()
    posed = Problem(
        lines,
        cents(settings.enveloppe) - cents(settings.reserve),
        settings,
        problem.bounds(lines, settings.contraintes, settings.enveloppe),
        frozenset(forced),
        problem.needs(lines, settings),
        settings.partiel or STRATEGIES[settings.strategie].in_part,
        watch,
    )
    if posed.needs and posed.forced:
        posed = replace(posed, forced=frozenset(p for place in posed.forced for p in posed.together(place)))
    return _Call(ranked, settled, places, posed)


def _outcomes(call: _Call, shared: Shared) -> list[Outcome]:
    grants, lines = list(call.settled), list(call.ranked)
    for place, grant in zip(call.places, shared.grants, strict=True):
        grants[place] = grant
    for index, ceiling in shared.ceilings.items():
        place = call.places[index]
        lines[place] = replace(lines[place], ceiling=amount(ceiling))
    # Without Outcome's own constructor: half the time of 10,000 pairs, at each move of a slider.
    outcomes = [tuple.__new__(Outcome, pair) for pair in zip(lines, grants, strict=True)]
    return _supplemented(outcomes, call.problem.settings)


def _supplemented(outcomes: list[Outcome], settings: Settings) -> list[Outcome]:
    """The second envelope, in rank order, to what is funded and may have it."""
    if settings.supplement is None:
        return outcomes
    left, each = cents(settings.supplement.enveloppe), cents(settings.supplement.montant)
    found = []
    for line, grant in outcomes:
        if line.supplementable and grant.granted and each <= left and isinstance(grant, Grant):
            grant, left = grant._replace(supplement=each), left - each
        found.append(Outcome(line, grant))
    return found


class _Settled:
    """The answers that do not depend on the envelope. What is asked of every line is looked up once."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.floor = cents(settings.plancher)
        self.keeps_out = STRATEGIES[settings.strategie].keeps_out
        self.forced = bool(settings.forced_in or settings.forced_out)
        self.answers: dict[tuple[str, bool], Grant] = {}

    def to(self, line: Line) -> Grant | None:
        """The answer to a line that receives nothing whatever the envelope; None for the others."""
        if line.standing == "refuse":
            return self._nothing(Why.REFUSED, line)
        if self.forced and line.named_by(self.settings.forced_out):
            return self._nothing(Why.FORCED_OUT, line)
        if not line.fundable:
            return self._nothing(Why.WAITING, line)
        if line.limit <= 0:
            return self._nothing(Why.NOTHING_TO_GRANT, line)
        if line.limit < self.floor:
            return self._nothing(Why.UNDER_FLOOR, line)
        if self.forced and line.named_by(self.settings.forced_in):
            return None
        why = self.keeps_out(line, self.settings) if self.keeps_out else None
        return None if why is None else self._nothing(why, line)

    def _nothing(self, why: Why, line: Line) -> Grant:
        # One answer for the thousands of lines that have it.
        in_vain = self.forced and line.named_by(self.settings.forced_in)
        known = self.answers.get((why.name, in_vain))
        if known is None:
            left = self.floor if why is Why.UNDER_FLOOR else 0
            known = Grant(0, why, left, share=self.settings.seuil, forced_in_vain=in_vain)
            self.answers[why.name, in_vain] = known
        return known


def _holds(ranked: Sequence[Line], settings: Settings, watch: Watch | None) -> bool:
    """Whether some plan follows the settings."""
    posed = _call(ranked, settings, watch).problem
    try:
        return exact.plan(posed, {place: posed.limits[place] for place in posed.forced}) is not None
    except exact.InfeasibleError:
        return False


def _reached(posed: Problem, floor: Constraint) -> Decimal:
    """EUR that the floor counts when all its lines are funded in full."""
    bounds = problem.bounds(posed.lines, [floor], posed.settings.enveloppe)
    return amount(sum(sum(bound.counted.values()) for bound in bounds))


def _codes(ranked: Sequence[Line]) -> "problem.Codes":
    return lambda champ: problem.codes([line for line in ranked if line.fundable], champ)


def _check_bounds(call: _Call, shared: Shared) -> None:
    """AssertionError when a bound does not hold: a fault of ours."""
    limits = call.problem.limits
    for bound in call.problem.bounds:
        counted = sum(bound.of(p, shared.grants[p].granted, limits[p]) for p in bound.counted)
        assert bound.high is None or counted <= bound.high, f"{bound.words}: {counted} cents"
        assert bound.low is None or counted >= bound.low, f"{bound.words}: {counted} cents"


def _check_forced_fit(posed: Problem) -> None:
    needed = sum(posed.limits[place] for place in posed.forced)
    if needed > posed.available:
        raise EnvelopeTooSmallError(
            f"{formats.plural(len(posed.forced), 'demande retenue', 'demandes retenues')} d'office : "
            f"{formats.euros(amount(needed))} en tout, pour {formats.euros(amount(posed.available))} à répartir. "
            "Augmentez l'enveloppe, ou retenez-en moins."
        )


def _check_forced(ranked: Sequence[Line], settings: Settings) -> None:
    """Every forced key names a line, and no line is forced both ways through its dossier."""
    forced = settings.forced_in | settings.forced_out
    if not forced:
        return
    known: set[Key] = {line.key for line in ranked} | {(line.numero, None) for line in ranked}
    if missing := sorted(label(key) for key in forced - known):
        raise UnknownKeyError(f"Aucune demande de cette simulation ne porte le numéro {', '.join(missing)}.")
    for line in ranked:
        if line.named_by(settings.forced_in) and line.named_by(settings.forced_out):
            raise SettingsError(f"{label(line.key)} est à la fois retenu d'office et écarté. Choisissez l'un des deux.")

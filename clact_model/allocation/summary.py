"""What lines ask for and what an allocation adds up to: the figures of a screen. Amounts in EUR."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from clact_model.allocation.lines import Line
from clact_model.allocation.money import amount
from clact_model.allocation.reasons import Outcome
from clact_model.allocation.result import Result

SMALLEST_SPAN = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Demand:
    """What lines ask for, whatever the envelope."""

    dossiers: int
    """Dossiers received, with one line or several."""
    requested: Decimal
    """Sum of what all of them ask for."""
    fundable_dossiers: int
    """Dossiers of which at least one line may be funded."""
    fundable_requested: Decimal
    """Sum of what the lines that may be funded ask for."""
    possible: Decimal
    """The most that these lines may receive together."""
    capped_lines: int
    """Lines that may be funded, but not for all they ask."""

    @property
    def taken_away(self) -> Decimal:
        """What ceilings, rates and expenses set aside take from the lines that may be funded."""
        return self.fundable_requested - self.possible


@dataclass(frozen=True, slots=True)
class Capped:
    """A line that may be funded for less than it asks."""

    outcome: Outcome
    possible: Decimal

    @property
    def taken_away(self) -> Decimal:
        """Requested less the most it may receive."""
        return self.outcome.line.requested - self.possible


def demand(lines: Iterable[Line]) -> Demand:
    """The figures of all lines, those that wait or are refused too."""
    received = list(lines)
    fundable = [line for line in received if line.fundable]
    return Demand(
        dossiers=len({line.numero for line in received}),
        requested=_total(line.requested for line in received),
        fundable_dossiers=len({line.numero for line in fundable}),
        fundable_requested=_total(line.requested for line in fundable),
        possible=possible(fundable),
        capped_lines=sum(possible_for(line) < line.requested for line in fundable),
    )


def possible_for(line: Line) -> Decimal:
    """The most that one line may receive: its ceiling, never more than what it asks for; 0 when unknown."""
    return amount(line.limit)


def possible(lines: Iterable[Line]) -> Decimal:
    """The most that lines may receive together."""
    return amount(sum(line.limit for line in lines))


def span(asked: Demand, enveloppe: Decimal) -> tuple[Decimal, Decimal]:
    """The largest envelope worth trying, and the step between two: some 600 steps, each a round amount.

    Twice the stated envelope, or what all lines may receive where that is more.
    """
    largest = max(2 * enveloppe, asked.possible, SMALLEST_SPAN)
    step = Decimal(10) ** (len(str(int(largest))) - 3)
    return (largest / step).to_integral_value(ROUND_CEILING) * step, step


def funded_dossiers(result: Result) -> int:
    """Dossiers that receive something."""
    return len({outcome.line.numero for outcome in result.funded})


def parts(result: Result) -> Mapping[str, Decimal]:
    """The envelope in parts that add up to it: ``accorde``, ``conditionnel``, ``reserve``, ``reste``."""
    conditional = amount(sum(outcome.grant.granted for outcome in result.funded if outcome.conditional))
    return {
        "accorde": result.granted - conditional,
        "conditionnel": conditional,
        "reserve": result.reserve,
        "reste": result.left,
    }


def capped(result: Result) -> Sequence[Capped]:
    """What may be funded for less than it asks, the largest loss first."""
    fundable = [Capped(outcome, possible_for(outcome.line)) for outcome in result.lines if outcome.line.fundable]
    return sorted((line for line in fundable if line.taken_away > 0), key=lambda line: -line.taken_away)


def _total(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal("0.00"))

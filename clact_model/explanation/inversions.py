"""Where a result leaves the ranking: a better-ranked request that gets nothing while a worse one is funded."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from clact_model.allocation import Outcome, Result


@dataclass(frozen=True, slots=True)
class Inversion:
    """A request passed over, and those funded behind it, in rank order."""

    outcome: Outcome
    """Its reason says why it was passed over; ``possible`` is what it could have received."""
    behind: Sequence[Outcome]

    @property
    def granted_behind(self) -> Decimal:
        """What those behind receive together, in EUR."""
        return sum((outcome.granted for outcome in self.behind), Decimal("0.00"))


def inversions(result: Result) -> list[Inversion]:
    """Every one, in rank order. What may not be funded, or was put out by a decision, is not passed over."""
    funded = [outcome for outcome in result.funded if outcome.line.position is not None]
    last = max((outcome.line.position or 0 for outcome in funded), default=0)
    return [
        Inversion(outcome, [other for other in funded if (other.line.position or 0) > outcome.line.position])
        for outcome in result.lines
        if outcome.statut == "liste_attente" and outcome.line.position is not None and outcome.line.position < last
    ]

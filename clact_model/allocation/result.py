"""What an allocation gives, and what must hold of it whatever the strategy."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from clact_model.allocation.money import amount, cents
from clact_model.allocation.reasons import Outcome, Statut
from clact_model.allocation.settings import Settings

FUNDED: tuple[Statut, ...] = ("finance", "partiel")


@dataclass(frozen=True)
class Result:
    """Every line with what it receives, in rank order. Amounts in EUR."""

    settings: Settings
    lines: Sequence[Outcome]
    proven: bool | None = None
    """Whether a solver proved the total best; None for a strategy that seeks none."""
    taux: Decimal | None = None
    """The common rate solved, 0..1."""

    @property
    def enveloppe(self) -> Decimal:
        return self.settings.enveloppe

    @property
    def reserve(self) -> Decimal:
        return self.settings.reserve

    @cached_property
    def funded(self) -> Sequence[Outcome]:
        """The lines that receive something."""
        return [outcome for outcome in self.lines if outcome.grant.granted > 0]

    @cached_property
    def granted(self) -> Decimal:
        """Sum of the grants."""
        return amount(sum(outcome.grant.granted for outcome in self.funded))

    @property
    def left(self) -> Decimal:
        """Envelope less reserve less grants."""
        return self.enveloppe - self.reserve - self.granted

    @cached_property
    def supplement(self) -> Decimal:
        """Sum of what the second envelope gives on top."""
        return amount(sum(outcome.grant.supplement for outcome in self.funded))

    @cached_property
    def score_total(self) -> Decimal:
        """Sum of the scores of the lines that receive something; an unknown score adds nothing."""
        return sum((outcome.line.score or Decimal(0) for outcome in self.funded), Decimal(0))

    @cached_property
    def agents(self) -> int | None:
        """Staff reached, as far as known; None when known of no funded line."""
        known = [outcome.line.agents for outcome in self.funded if outcome.line.agents is not None]
        return sum(known) if known or not self.funded else None

    def to_json(self) -> dict[str, Any]:
        """The answer of ``simuler --json``: amounts and scores as strings, counts as integers, unknown as null."""
        return {
            "enveloppe": _money(self.enveloppe),
            "reserve": _money(self.reserve),
            "strategie": self.settings.strategie,
            "unite": self.settings.unite,
            "accorde": _money(self.granted),
            "reste": _money(self.left),
            "score_total": _score(self.score_total),
            "prouve": self.proven,
            "taux": None if self.taux is None else f"{self.taux:.6f}",
            "supplement": self._supplement_json(),
            "lignes": [_line_json(outcome) for outcome in self.lines],
        }

    def _supplement_json(self) -> dict[str, str] | None:
        asked = self.settings.supplement
        if asked is None:
            return None
        left = asked.enveloppe - self.supplement
        return {"enveloppe": _money(asked.enveloppe), "accorde": _money(self.supplement), "reste": _money(left)}


def check(result: Result) -> None:
    """AssertionError when the money does not hold together: a fault of ours, never of the person in front."""
    assert len({line.key for line, _ in result.lines}) == len(result.lines), "two lines bear the same key"
    left = cents(result.enveloppe) - cents(result.reserve)
    for line, grant in result.funded:
        left -= grant.granted
        assert grant.granted <= line.limit, f"{line.key}: {grant.granted} cents for {line.limit}"
        assert line.fundable, f"{line.key} may not be funded"
        assert grant.statut in FUNDED, f"{line.key}: {grant.statut}"
    # One grant of nothing stands for the thousands of lines that have it: each is looked at once.
    for grant in {id(grant): grant for _, grant in result.lines if grant.granted <= 0}.values():
        assert grant.granted == 0 and grant.statut not in FUNDED, f"{grant.granted} cents: {grant.statut}"
    assert left >= 0, "more than the envelope"
    asked = result.settings.supplement
    assert result.supplement <= (asked.enveloppe if asked else 0), "more than the envelope of the supplement"


def _line_json(outcome: Outcome) -> dict[str, Any]:
    line = outcome.line
    return {
        "numero": line.numero,
        "ligne": line.ligne,
        "rang": line.rang,
        "position": line.position,
        "score": None if line.score is None else _score(line.score),
        "demande": _money(line.requested),
        "aide_maximale": None if line.ceiling is None else _money(line.ceiling),
        "accorde": _money(outcome.granted),
        "supplement": _money(outcome.supplement),
        "statut": outcome.statut,
        "conditionnel": outcome.conditional,
        "raison": outcome.reason,
    }


def _money(value: Decimal) -> str:
    return f"{value:.2f}"


def _score(value: Decimal) -> str:
    return f"{value:.4f}"

"""Over-programming: how likely what comes back covers what is given before it has."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from clact_model import formats
from clact_model.consumption import Consumption
from clact_model.ledger import ZERO
from clact_model.reallocation.money import Money

TOO_FEW = 20
"""Grants whose end is known, under which a forecast says nothing sure."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What will have come back in all when every grant is closed, drawn many times. EUR; ``cas``: the grants it rests on."""

    tirages: Sequence[Decimal]
    cas: int


def outlook(found: Consumption) -> Forecast | None:
    """What the consumption of a call lets expect to come back from its aids; None while nothing can be said of any.

    Of an account that nothing can be said of, only what came back already counts.
    """
    aids = [one.situation for one in found.watched if one.situation.poste == "aide"]
    foreseen = found.forecast.unspent([(one.numero, one.poste) for one in aids])
    cases = [found.forecast.cases[key] for one in aids if (key := (one.numero, one.poste)) in found.forecast.cases]
    if not foreseen or not cases:
        return None
    others = [one.balance for one in aids if not found.forecast.knows((one.numero, one.poste))]
    known = sum((balance.returned for balance in others), ZERO)
    return Forecast([amount + known for amount in foreseen], min(cases))


@dataclass(frozen=True, slots=True)
class Risk:
    """What is uncovered, and how likely it will be covered. ``probabilite``: share 0..1; None when nothing tells it."""

    decouvert: Decimal
    probabilite: Decimal | None
    cas: int
    median: Decimal | None
    """What comes back in half of the draws, EUR."""

    @property
    def warnings(self) -> list[str]:
        """Plain French sentences; none when nothing is uncovered."""
        if not self.decouvert:
            return []
        head = (
            f"{formats.euros(self.decouvert)} seraient accordés avant d'être revenus : s'ils ne reviennent pas, l'enveloppe est "
            "dépassée d'autant."
        )
        if self.probabilite is None:
            return [head, "Aucune prévision ne dit ce qui reviendra : la probabilité est inconnue."]
        if self.cas < TOO_FEW:
            known = formats.plural(self.cas, "subvention")
            return [head, f"La prévision ne repose que sur {known} : il en faut au moins {TOO_FEW} pour s'y fier."]
        return [head]


def risk(available: Money, granted: Decimal, forecast: Forecast | None) -> Risk:
    """The risk once that much is given again."""
    covered, over = available.after(granted)
    if forecast is None or not forecast.tirages:
        return Risk(over, None, 0, None)
    drawn = sorted(forecast.tirages)
    enough = sum(amount >= covered + over for amount in drawn)
    share = (Decimal(enough) / len(drawn)).quantize(Decimal("0.0001"))
    return Risk(over or ZERO, share, forecast.cas, drawn[len(drawn) // 2])

"""How hard each part of a call presses on what it receives: the *taux de pression*, by sector and by axis.

*Taux de pression*: what the requests of a group ask for, divided by what the group receives of the envelope. Of all
requests received, and of those that may be funded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from clact_model.allocation import Outcome, Result

PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Pressure:
    """One group's demand and its part. Amounts in EUR."""

    code: str | None
    """None: requests whose code is unknown, or that bear several."""
    demandes: int
    demande: Decimal
    demande_recevable: Decimal
    """What those that may be funded ask for."""
    accorde: Decimal
    part: Decimal | None
    """Its share of all that is granted, 0..1; None when nothing is."""

    @property
    def taux(self) -> Decimal | None:
        """Asked ÷ granted, four decimals; None when nothing is granted."""
        return _ratio(self.demande, self.accorde)

    @property
    def taux_recevable(self) -> Decimal | None:
        """Asked by those that may be funded ÷ granted."""
        return _ratio(self.demande_recevable, self.accorde)


def pressures(result: Result, champ: str) -> list[Pressure]:
    """One per code of the field, in the order of the codes, the unknown last: together they are the whole demand."""
    groups: dict[str | None, list[Outcome]] = {}
    for outcome in result.lines:
        groups.setdefault(outcome.line.groups.get(champ), []).append(outcome)
    return [
        _pressure(code, groups[code], result.granted)
        for code in sorted(groups, key=lambda code: (code is None, code or ""))
    ]


def whole(result: Result) -> Pressure:
    """The whole call as one group."""
    return _pressure(None, result.lines, result.granted)


def _pressure(code: str | None, outcomes: Sequence[Outcome], everything: Decimal) -> Pressure:
    zero = Decimal("0.00")
    granted = sum((outcome.granted for outcome in outcomes), zero)
    return Pressure(
        code,
        len(outcomes),
        sum((outcome.line.requested for outcome in outcomes), zero),
        sum((outcome.line.requested for outcome in outcomes if outcome.line.fundable), zero),
        granted,
        _ratio(granted, everything),
    )


def _ratio(part: Decimal, whole: Decimal) -> Decimal | None:
    return (part / whole).quantize(PLACES, ROUND_HALF_UP) if whole else None

"""The pace of an account: the share of its grant consumed at each tenth of its time."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from clact_model.consumption.steps import Step
from clact_model.ledger import AccountKey
from clact_model.tracking.situation import Situation

TENTHS = 10
PROOFS = timedelta(days=90)
"""After the last day for consuming, the proofs of the last months still come in: reports are due by the 30th of March."""


@dataclass(frozen=True, slots=True)
class Pace:
    """One account. Its time runs from the signature to 90 days after the last day for consuming."""

    account: AccountKey
    echeance: date
    """The last day for consuming, as carried over."""
    granted: int
    """Cents."""
    kept: float
    """The share of the grant that was neither freed nor asked back: more cannot be consumed."""
    now: float
    """The share consumed on the day looked at."""
    place: float
    """How much of its time is over, in tenths; 10: all of it."""
    shares: tuple[float, ...]
    """The share consumed at each tenth that is over, from 0 on."""
    over: bool
    """Nothing is to come any more, or all of its time is over."""


def paces(
    situations: Iterable[Situation], some: Iterable[Step], deadlines: Mapping[AccountKey, date], day: date
) -> list[Pace]:
    """The accounts that are signed and whose last day for consuming is known, as of a day."""
    history: dict[AccountKey, list[Step]] = {}
    for step in some:
        history.setdefault(step.account, []).append(step)
    found = []
    for one in situations:
        key = (one.numero, one.poste)
        if one.convention and key in deadlines and one.balance.accorde > 0 and key in history:
            start, last = one.convention.signe_le, deadlines[key]
            if last > start:
                found.append(_pace(one, key, start, last, history[key], day))
    return found


def _pace(one: Situation, key: AccountKey, start: date, last: date, history: Sequence[Step], day: date) -> Pace:
    granted = int(one.balance.accorde * 100)
    length = last + PROOFS - start
    settled = not one.balance.reste
    # Nothing to come and the last day gone: the months of proofs are not waited for.
    place = float(TENTHS) if settled and day > last else min(TENTHS * ((day - start) / length), float(TENTHS))
    days = [step.jour for step in history]
    shares = []
    for tenth in range(int(max(place, 0.0)) + 1):
        known = bisect_right(days, min(start + length * tenth / TENTHS, day))
        shares.append(history[known - 1].consumed / granted if known else 0.0)
    consumed = float(one.balance.consomme / one.balance.accorde)
    kept = float((one.balance.consomme + one.balance.reste) / one.balance.accorde)
    return Pace(key, last, granted, kept, consumed, max(place, 0.0), tuple(shares), settled or place >= TENTHS)

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
    settled_from: int = TENTHS + 1
    """The first tenth from which on nothing was still to come; beyond the last one when something always was."""


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
    seen = _at_tenths(history, start, length, int(max(place, 0.0)), day)
    consumed = float(one.balance.consomme / one.balance.accorde)
    kept = float((one.balance.consomme + one.balance.reste) / one.balance.accorde)
    return Pace(
        key,
        last,
        granted,
        kept,
        consumed,
        max(place, 0.0),
        tuple(step.consumed / granted if step else 0.0 for step in seen),
        settled or place >= TENTHS,
        _settled_from(seen),
    )


def _at_tenths(history: Sequence[Step], start: date, length: timedelta, tenths: int, day: date) -> list[Step | None]:
    """What the account added up to at each tenth that is over; None before its first line."""
    days = [step.jour for step in history]
    known = [bisect_right(days, min(start + length * tenth / TENTHS, day)) for tenth in range(tenths + 1)]
    return [history[count - 1] if count else None for count in known]


def _settled_from(seen: Sequence[Step | None]) -> int:
    """The first of the last tenths at which nothing was still to come: what was freed and taken up again is not settled."""
    open_at = [tenth for tenth, step in enumerate(seen) if step is None or not step.settled]
    first = open_at[-1] + 1 if open_at else 0
    return first if first < len(seen) else TENTHS + 1

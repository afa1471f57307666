"""What will be consumed in the end, drawn from the pace of other accounts, with how many of them it rests on.

An account goes from one tenth of its time to the next by what one of the accounts nearest to it in share did there, as
long as it had something to come; one that gave up the rest is drawn with that, and then stands still. An estimate, kept apart from the ledger: whole euros, a median and the interval that holds eight draws in ten.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from clact_model.consumption.pace import TENTHS, Pace
from clact_model.consumption.steps import Step, latest
from clact_model.ledger import AccountKey

FEWEST = 10
"""Accounts seen over a tenth of their time, below which nothing is said of it."""
NEAREST = 15
"""Accounts nearest in share from which a step is drawn."""
RESAMPLED, WALKS = 20, 25
"""The accounts drawn from are themselves drawn anew so often, and each time so many ways are walked."""
SEED = 2026
Shares: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spread:
    """EUR consumed in the end, rounded to the euro. ``cases``: the fewest accounts that a step of it rests on."""

    low: Decimal
    median: Decimal
    high: Decimal
    cases: int
    granted: Decimal
    """EUR granted to the accounts that it speaks of."""
    accounts: int


@dataclass(frozen=True)
class Forecast:
    """The draws of each account that can be forecast, and of those that are over, which stay where they are."""

    deadlines: Mapping[AccountKey, date]
    cases: Mapping[AccountKey, int]
    """Accounts forecast → how many cases that rests on."""
    granted: Mapping[AccountKey, int]
    _draws: Mapping[AccountKey, Shares] = field(repr=False)

    def of(self, accounts: Collection[AccountKey]) -> Spread | None:
        """The sum of those of these accounts that can be said something of; None when there is none."""
        known = [key for key in accounts if key in self._draws]
        if not known:
            return None
        # Sums in cents, then the quantiles of the sums: what varies apart does not add up at the ends.
        euros = np.sum([self._draws[key] * self.granted[key] for key in known], axis=0) / 100
        low, median, high = (Decimal(round(float(q))) for q in np.quantile(euros, (0.1, 0.5, 0.9)))
        cases = min((self.cases[key] for key in known if key in self.cases), default=0)
        granted = Decimal(sum(self.granted[key] for key in known)).scaleb(-2)
        return Spread(low, median, high, cases, granted, len(known))

    def unspent(self, accounts: Collection[AccountKey]) -> list[Decimal]:
        """EUR that those of these accounts that can be said something of do not consume in the end, draw by draw."""
        known = [key for key in accounts if key in self._draws]
        if not known:
            return []
        cents = np.sum([(1 - self._draws[key]) * self.granted[key] for key in known], axis=0)
        return [Decimal(round(float(one))).scaleb(-2) for one in cents]

    def knows(self, account: AccountKey) -> bool:
        """Whether something can be said of its end."""
        return account in self._draws

    def ahead(self, some: Iterable[Step]) -> tuple[date, Spread] | None:
        """The deadline of most of these accounts that still run, and what all of them will have consumed in the end.

        Those that nothing can be said of stay where they are. None when nothing can be said of any that still runs.
        """
        now = latest(some)
        spread = self.of(now)
        if spread is None or not spread.cases:
            return None
        rest = Decimal(sum(step.consumed for account, step in now.items() if account not in self._draws)).scaleb(-2)
        moved = (round(part + rest) for part in (spread.low, spread.median, spread.high))
        low, median, high = map(Decimal, moved)
        days = Counter(self.deadlines[account] for account in now if account in self.cases)
        return max(days, key=lambda day: (days[day], day)), replace(spread, low=low, median=median, high=high)


def forecast(wanted: Sequence[Pace], others: Sequence[Pace], seed: int = SEED) -> Forecast:
    """The forecast of the accounts wanted, from their own pace so far and that of the others; the same for the same seed."""
    seen = [*wanted, *others]
    moves = [_Moves.over(seen, tenth) for tenth in range(TENTHS)]
    draws = {one.account: np.full(RESAMPLED * WALKS, one.now) for one in wanted if one.over}
    cases: dict[AccountKey, int] = {}
    running: list[Pace] = []
    for one in wanted:
        if not one.over and (known := _rests_on(one, moves)) >= FEWEST:
            cases[one.account] = known
            running.append(one)
    if running:
        walked = _walked(running, moves, np.random.default_rng(seed))
        draws |= dict(zip((one.account for one in running), walked, strict=True))
    kept = [one for one in wanted if one.account in draws]
    return Forecast(
        {one.account: one.echeance for one in kept},
        cases,
        {one.account: one.granted for one in kept},
        draws,
    )


def _rests_on(one: Pace, moves: "Sequence[_Moves]") -> int:
    """How many accounts: where it is now, those that had something to come as it has; later on they may be settled, as it may."""
    now, *later = moves[int(one.place) :]
    return min([len(now.befores), *(move.seen for move in later)])


@dataclass(frozen=True)
class _Moves:
    """What happened over a tenth to the accounts that had something to come when it began, in the order of their shares."""

    befores: Shares
    afters: Shares
    settled: npt.NDArray[np.bool_]
    """Whether nothing was to come any more when it ended."""
    seen: int
    """Accounts seen at both ends of it, settled before or not."""

    @classmethod
    def over(cls, accounts: Sequence[Pace], tenth: int) -> "_Moves":
        seen = [one for one in accounts if len(one.shares) > tenth + 1]
        # An account that was settled before stands still: what still runs is not drawn from it.
        rows = sorted(
            (*one.shares[tenth : tenth + 2], one.settled_from == tenth + 1) for one in seen if one.settled_from > tenth
        )
        table = np.array(rows, dtype=np.float64).reshape(-1, 3)
        return cls(table[:, 0], table[:, 1], table[:, 2] > 0, len(seen))

    def drawn_anew(self, random: np.random.Generator) -> "_Moves":
        """As many of them, some more than once."""
        drawn = random.integers(0, len(self.befores), len(self.befores))
        # Of one share, in the order of the draw: the table is sorted, and its first would always be the slowest.
        drawn = drawn[np.argsort(self.befores[drawn], kind="stable")]
        return _Moves(self.befores[drawn], self.afters[drawn], self.settled[drawn], self.seen)

    def near(self, share: Shares, random: np.random.Generator) -> npt.NDArray[np.int64]:
        """One of the nearest, drawn for each share; all that had the very same are nearest."""
        first, last = np.searchsorted(self.befores, share, "left"), np.searchsorted(self.befores, share, "right")
        lacking = np.maximum(min(NEAREST, len(self.befores)) - (last - first), 0)
        first = np.clip(first - lacking // 2, 0, len(self.befores) - 1)
        last = np.clip(last + lacking - lacking // 2, first + 1, len(self.befores))
        places: npt.NDArray[np.int64] = first + (random.random(share.shape) * (last - first)).astype(np.int64)
        return places


def _walked(running: Sequence[Pace], moves: Sequence[_Moves], random: np.random.Generator) -> Shares:
    """A row an account, a column a draw: the share consumed in the end."""
    place = np.array([one.place for one in running])
    kept = np.array([one.kept for one in running])[:, None]
    found = []
    for _ in range(RESAMPLED):
        share = np.repeat(np.array([one.now for one in running])[:, None], WALKS, axis=1)
        settled = share >= kept
        for tenth, move in enumerate(moves):
            left = np.clip(tenth + 1 - place, 0.0, 1.0)[:, None]
            if not left.any() or not len(move.befores):
                continue
            sample = move.drawn_anew(random)
            chosen = sample.near(share, random)
            # Of a tenth begun, the part left says how likely it is still to come: invoices come whole, not a little each day.
            comes = ~settled & (random.random(share.shape) < left)
            gained = (sample.afters - sample.befores)[chosen]
            share = np.where(comes, np.clip(share + gained, 0.0, kept), share)
            settled |= (share >= kept) | (comes & sample.settled[chosen])
        found.append(share)
    return np.concatenate(found, axis=1)

"""The best whole grants, by listing every set of lines that loses little beside a total that no plan exceeds.

The linear relaxation sets a price on the money and on each bound that is reached. At these prices each line gains or
loses by being funded, and funding those that gain makes a total that no plan exceeds. A plan falls short of it by exactly
what it leaves of each bound, at its price, and by the gain or loss of each line on which it parts from the prices. Bounds
that share no line (départements, sectors) are listed each on its own, then put together: few sets lose little. Once a
plan that holds loses no more than what was listed, the best of the list is the optimum. Any prices bound the total: they
are rounded to whole fractions, and all is counted in integers from there.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Holds = Callable[[Sequence[int]], bool]
MOST_LISTED = 1_000_000
"""Sets put together before the listing gives up."""
MOST_OF_A_GROUP = 50_000
MOST_DOUBTED = 63
"""Lines of a group that may part from the prices: one bit each."""
MOST_TRIED = 200
"""Sets on which the bounds that have no price are tried."""
BITS = 61
"""Of the largest sum: sums of two still fit."""
_FIRST = 10
"""The first budget is the loss of the line that is so far from the smallest one."""
_CROWDED = 256
"""From so many sets on, equal ones are sought and told once."""


@dataclass(frozen=True, slots=True)
class Row:
    """The least or the most that some lines receive together, in cents; the other is None."""

    counted: Mapping[int, int]
    """Column of a line → cents that count when it is funded."""
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """The best set of columns that was found, None when none holds, and whether it is the optimum."""

    columns: Sequence[int] | None
    proven: bool
    settled: Mapping[int, bool]
    """Column → whether it is funded, in this set and in each one that is worth as much or more."""


class _Sets(NamedTuple):
    """Sets of lines, one a row: what each loses, the cents that each bound still open counts, what it is made of."""

    loss: Integers
    used: Integers
    made_of: Integers
    """One bit per doubted line of a group; of groups put together, a place in the list of each."""

    def of(self, chosen: NDArray[np.bool_] | Integers) -> "_Sets":
        return _Sets(self.loss[chosen], self.used[chosen], self.made_of[chosen])


class _TooManyError(Exception):
    """The list would be too long."""


def best(values: Sequence[int], rows: Sequence[Row], prices: Sequence[float], holds: Holds) -> Listed:
    """The set of the largest value under all rows; among equals the one that costs least in the first row, the money.

    ``prices``: what one more cent in each row is worth, as the relaxation says; ``holds``: whether a set keeps to all the
    rows, asked of sets that keep to those that have a price.
    """
    listing = _Listing(values, rows, prices)
    found: tuple[int, list[int]] | None = None
    budget = listing.first_budget()
    try:
        least = [listing.least(group) for group in range(len(listing.groups))]
        while budget < 2**BITS:
            found = next(listing.that_hold(budget, least, holds), found)
            if found and found[0] <= budget:
                return Listed(found[1], True, {})
            budget = min(budget * 2, found[0]) if found else budget * 2
    except _TooManyError:
        pass
    if found is None:
        return Listed(None, False, {})
    return Listed(found[1], False, listing.settled(found[0] + sum(least)))


class _Listing:
    def __init__(self, values: Sequence[int], rows: Sequence[Row], prices: Sequence[float]) -> None:
        scale = 1 << max(0, BITS - int(_largest(values, rows, prices)).bit_length())
        asked = [round(price * scale) for price in prices]
        # Only a row that is full has a price, and the money is always looked at.
        kept = [i for i, price in enumerate(asked) if i == 0 or (price > 0 if rows[i].low is None else price < 0)]
        self.price: Integers = np.array([max(asked[i], 0) if rows[i].low is None else asked[i] for i in kept], np.int64)
        self.bound: Integers = np.array([rows[i].high if rows[i].low is None else rows[i].low for i in kept], np.int64)
        self.sense: Integers = np.array([1 if rows[i].low is None else -1 for i in kept], np.int64)
        self.counted: Integers = np.zeros((len(values), len(kept)), np.int64)
        for row, i in enumerate(kept):
            self.counted[list(rows[i].counted), row] = list(rows[i].counted.values())
        gain = np.array(values, np.int64) * scale - self.counted @ self.price
        self.loss: Integers = abs(gain)
        self.preferred: NDArray[np.bool_] = gain > 0
        self.groups = list(self._groups())
        own = {row for _, row in self.groups}
        self.open = [row for row in range(len(kept)) if row not in own]

    def _groups(self) -> Iterator[tuple[Integers, int | None]]:
        """The columns of rows that share none, the dearest rows first, each with its row; then all other columns."""
        free = np.ones(len(self.loss), bool)
        worth = abs(self.price * self.bound)
        for row in sorted(range(1, len(self.price)), key=lambda row: (-worth[row], row)):
            columns = self.counted[:, row] != 0
            if free[columns].all():
                free &= ~columns
                yield np.flatnonzero(columns), row
        yield np.flatnonzero(free), None

    def first_budget(self) -> int:
        ordered = np.sort(self.loss)
        return max(1, int(ordered[min(_FIRST, len(ordered)) - 1])) if len(ordered) else 1

    def settled(self, loss: int) -> Mapping[int, bool]:
        """The columns on which a set that loses no more than that does not part from the prices."""
        return {int(column): bool(self.preferred[column]) for column in np.flatnonzero(self.loss > loss)}

    def least(self, group: int) -> int:
        """What the lines of a group lose at the very least."""
        budget = self.first_budget()
        while budget < 2**BITS:
            if len(loss := self._of_group(group, budget).loss):
                return int(loss.min())
            budget *= 2
        raise _TooManyError

    def that_hold(self, budget: int, least: Sequence[int], holds: Holds) -> Iterator[tuple[int, list[int]]]:
        """The sets of which no group loses more than the budget beyond its least and that hold, the best first: their
        whole loss beyond the least, and their columns. Complete up to the budget."""
        lists = [self._of_group(group, least[group] + budget) for group in range(len(self.groups))]
        together = self._together(lists, least, budget)
        left = (self.bound[self.open] - together.used) * self.sense[self.open]
        holding = (left >= 0).all(axis=1)
        together, left = together.of(holding), left[holding]
        total = together.loss + left @ abs(self.price[self.open])
        order = np.lexsort((together.used[:, 0], total))
        for place in islice(order, MOST_TRIED):
            columns = self._columns(lists, together.made_of[place], least, budget)
            if holds(columns):
                yield int(total[place]), columns
        if len(order) > MOST_TRIED:
            raise _TooManyError

    def _doubted(self, group: int, budget: int) -> Integers:
        """The columns of a group that lose no more than the budget, the smallest loss first."""
        columns = self.groups[group][0]
        near = columns[self.loss[columns] <= budget]
        return near[np.argsort(self.loss[near], kind="stable")]

    def _of_group(self, group: int, budget: int) -> _Sets:
        """Every set of the group's lines that keeps to its row and loses no more than the budget."""
        columns, row = self.groups[group]
        looked_at = self.open if row is None else [*self.open, row]
        counted = self.counted[:, looked_at]
        doubted = self._doubted(group, budget)
        if len(doubted) > MOST_DOUBTED:
            raise _TooManyError
        start = counted[columns[self.preferred[columns]]].sum(axis=0)
        sets = _Sets(np.zeros(1, np.int64), start[None, :], np.zeros(1, np.int64))
        for bit, column in enumerate(doubted):
            near = sets.of(sets.loss + self.loss[column] <= budget)
            change = -counted[column] if self.preferred[column] else counted[column]
            parted = _Sets(near.loss + self.loss[column], near.used + change, near.made_of | (1 << bit))
            sets = _distinct(_Sets(*(np.concatenate(both) for both in zip(sets, parted, strict=True))))
            if len(sets.loss) > MOST_OF_A_GROUP:
                raise _TooManyError
        if row is None:
            return sets
        left = self.bound[row] - sets.used[:, -1]
        loss = sets.loss + left * self.price[row]
        return _Sets(loss, sets.used[:, :-1], sets.made_of).of((left * self.sense[row] >= 0) & (loss <= budget))

    def _together(self, lists: Sequence[_Sets], least: Sequence[int], budget: int) -> _Sets:
        """One set of each list, in all the ways that lose no more than the budget beyond the least."""
        made = _Sets(
            np.zeros(1, np.int64), np.zeros((1, len(self.open)), np.int64), np.zeros((1, len(lists)), np.int64)
        )
        for group in sorted(range(len(lists)), key=lambda group: len(lists[group].loss)):
            order = np.argsort(lists[group].loss, kind="stable")
            beyond = lists[group].loss[order] - least[group]
            ways = np.searchsorted(beyond, budget - made.loss, side="right")
            if (count := int(ways.sum())) > MOST_LISTED:
                raise _TooManyError
            one = np.repeat(np.arange(len(ways)), ways)
            other = np.arange(count) - np.repeat(np.cumsum(ways) - ways, ways)
            made_of = made.made_of[one]
            made_of[:, group] = order[other]
            used = made.used[one] + lists[group].used[order[other]]
            made = _distinct(_Sets(made.loss[one] + beyond[other], used, made_of))
        return made

    def _columns(self, lists: Sequence[_Sets], picked: Integers, least: Sequence[int], budget: int) -> list[int]:
        """The columns funded in a set that was put together."""
        funded = self.preferred.copy()
        for group, place in enumerate(picked):
            bits = int(lists[group].made_of[place])
            for bit, column in enumerate(self._doubted(group, least[group] + budget)):
                if bits >> bit & 1:
                    funded[column] = not funded[column]
        return [int(column) for column in np.flatnonzero(funded)]


def _largest(values: Sequence[int], rows: Sequence[Row], prices: Sequence[float]) -> float:
    """A sum that none of those that are formed exceeds."""
    counted = sum(
        abs(price) * (sum(row.counted.values()) + (row.high or row.low or 0))
        for row, price in zip(rows, prices, strict=True)
    )
    return 2 * (sum(values) + counted) + len(rows)


def _distinct(sets: _Sets) -> _Sets:
    """One of those that lose and count the same: the first."""
    if len(sets.loss) < _CROWDED:
        return sets
    order = np.lexsort((*sets.used.T, sets.loss))
    loss, used = sets.loss[order], sets.used[order]
    new = np.ones(len(order), bool)
    new[1:] = (loss[1:] != loss[:-1]) | (used[1:] != used[:-1]).any(axis=1)
    return sets.of(np.sort(order[new]))

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
MOST_JOINED = 300_000
"""Sets of a half that is put together."""
MOST_LOOKED_UP = 50_000_000
"""Pairs of sets, one of each half."""
MOST_OF_A_GROUP = 50_000
MOST_DOUBTED = 63
"""Lines of a group that may part from the prices: one bit each."""
MOST_TRIED = 200
"""Sets on which the bounds that have no price are tried."""
BITS = 61
"""Of the largest sum: sums of two still fit."""
_FIRST = 10
"""The first budget is the loss of the line that is so far from the smallest one."""
_PARTS = 4
"""In which lines that no bound of their own holds are listed: the square root of a long list, twice."""
_AT_ONCE = 500_000
_CROWDED = 256
"""From so many sets on, equal ones are sought and told once."""


@dataclass(frozen=True, slots=True)
class Row:
    """The least or the most that some lines receive together, in cents; the other is None."""

    counted: Mapping[int, int]
    """Column of a line → cents that count when it is funded."""
    low: int | None = None
    high: int | None = None


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


def best(values: Sequence[int], rows: Sequence[Row], prices: Sequence[float], holds: Holds) -> list[int] | None:
    """The columns of the set of the largest value under all rows, among equals the one that costs least in the first row,
    the money; None when the list would be too long.

    ``prices``: what one more cent in each row is worth, as the relaxation says; ``holds``: whether a set keeps to all the
    rows, asked of sets that keep to those that have a price.
    """
    listing = _Listing(values, rows, prices)
    try:
        least = [listing.least(group) for group in range(len(listing.groups))]
        budget = listing.first_budget() + sum(least) // 16
        while budget < 2**BITS:
            if (found := next(listing.that_hold(budget, least, holds), None)) is not None:
                return found
            budget = budget * 4 // 3 + 1
    except _TooManyError:
        pass
    return None


class _Listing:
    """The lines at the prices; every row as a ceiling: a floor is one on what counts below zero."""

    def __init__(self, values: Sequence[int], rows: Sequence[Row], prices: Sequence[float]) -> None:
        scale = 1 << max(0, BITS - int(_largest(values, rows, prices)).bit_length())
        sense = [1 if row.low is None else -1 for row in rows]
        asked = [max(0, round(price * sign * scale)) for price, sign in zip(prices, sense, strict=True)]
        # Only a row that is full has a price, and the money is always looked at.
        kept = [i for i, price in enumerate(asked) if price or i == 0]
        self.price: Integers = np.array([asked[i] for i in kept], np.int64)
        self.bound: Integers = np.array([sense[i] * ((rows[i].high or 0) + (rows[i].low or 0)) for i in kept], np.int64)
        self.counted: Integers = np.zeros((len(values), len(kept)), np.int64)
        for row, i in enumerate(kept):
            self.counted[list(rows[i].counted), row] = [sense[i] * cents for cents in rows[i].counted.values()]
        gain = np.array(values, np.int64) * scale - self.counted @ self.price
        self.loss: Integers = abs(gain)
        self.preferred: NDArray[np.bool_] = gain > 0
        self.groups = list(self._groups())
        own = {row for _, row in self.groups}
        self.open = [row for row in range(len(kept)) if row not in own]

    def _groups(self) -> Iterator[tuple[Integers, int | None]]:
        """The columns of rows that share none, the dearest rows first, each with its row; then all other columns, in
        parts."""
        free = np.ones(len(self.loss), bool)
        worth = abs(self.price * self.bound)
        for row in sorted(range(1, len(self.price)), key=lambda row: (-worth[row], row)):
            columns = self.counted[:, row] != 0
            if free[columns].all():
                free &= ~columns
                yield np.flatnonzero(columns), row
        others = np.flatnonzero(free)
        for part in range(_PARTS):
            yield others[part::_PARTS], None

    def first_budget(self) -> int:
        ordered = np.sort(self.loss)
        return max(1, int(ordered[min(_FIRST, len(ordered)) - 1])) if len(ordered) else 1

    def least(self, group: int) -> int:
        """What the lines of a group lose at the very least."""
        budget = self.first_budget()
        while budget < 2**BITS:
            if len(loss := self._of_group(group, budget).loss):
                return int(loss.min())
            budget *= 2
        raise _TooManyError

    def that_hold(self, budget: int, least: Sequence[int], holds: Holds) -> Iterator[list[int]]:
        """The columns of each set that holds and loses no more than the budget beyond the least of each group, the best
        set first."""
        lists = [self._of_group(group, least[group] + budget) for group in range(len(self.groups))]
        total, cost, made_of = self._together(lists, least, budget)
        order = np.lexsort((cost, total))
        for place in islice(order, MOST_TRIED):
            columns = self._columns(lists, made_of[place], least, budget)
            if holds(columns):
                yield columns
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
        counted = self.counted[:, self.open if row is None else [*self.open, row]]
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
        return _Sets(loss, sets.used[:, :-1], sets.made_of).of((left >= 0) & (loss <= budget))

    def _together(
        self, lists: Sequence[_Sets], least: Sequence[int], budget: int
    ) -> tuple[Integers, Integers, Integers]:
        """Sets that hold, one of each list, and lose no more than the budget beyond the least: what they lose, their
        cost, their place in each list. Two halves are put together from the shortest lists on, then looked up in one another."""
        halves = []
        for group, sets in enumerate(lists):
            made_of = np.full((len(sets.loss), len(lists)), -1)
            made_of[:, group] = np.arange(len(sets.loss))
            halves.append(_sorted(_Sets(sets.loss - least[group], sets.used, made_of)))
        while len(halves) > 2:
            halves.sort(key=lambda sets: len(sets.loss))
            one, other, *rest = halves
            halves = [_sorted(_joined(one, other, budget)), *rest]
        one, other = halves if len(halves) == 2 else (halves[0], _nothing(len(self.open), len(lists)))
        return _closed(one, other, self.bound[self.open], self.price[self.open], budget)

    def _columns(self, lists: Sequence[_Sets], picked: Integers, least: Sequence[int], budget: int) -> list[int]:
        """The columns funded in a set that was put together."""
        funded = self.preferred.copy()
        for group, place in enumerate(picked):
            bits = int(lists[group].made_of[place])
            for bit, column in enumerate(self._doubted(group, least[group] + budget)):
                if bits >> bit & 1:
                    funded[column] = not funded[column]
        return [int(column) for column in np.flatnonzero(funded)]


def _joined(one: _Sets, other: _Sets, budget: int) -> _Sets:
    """One of each, in all the ways that lose no more than the budget."""
    ways = np.searchsorted(other.loss, budget - one.loss, side="right")
    if ways.sum() > MOST_JOINED:
        raise _TooManyError
    i, j = _pairs(np.zeros(len(ways), np.int64), ways)
    return _distinct(
        _Sets(one.loss[i] + other.loss[j], one.used[i] + other.used[j], np.maximum(one.made_of[i], other.made_of[j]))
    )


def _closed(
    one: _Sets, other: _Sets, bound: Integers, price: Integers, budget: int
) -> tuple[Integers, Integers, Integers]:
    """One of each, in all the ways that keep under the bounds and lose no more than the budget with what is left there."""
    widest = int(np.argmax(price * np.ptp(other.used, axis=0))) if len(other.loss) else 0
    other = other.of(np.argsort(other.used[:, widest], kind="stable"))
    most = bound[widest] - one.used[:, widest]
    unused = (budget - one.loss) // price[widest] if price[widest] else np.full(len(most), 2**BITS)
    first = np.searchsorted(other.used[:, widest], most - unused, side="left")
    ways = np.searchsorted(other.used[:, widest], most, side="right") - first
    ways[budget < one.loss] = 0
    if ways.sum() > MOST_LOOKED_UP:
        raise _TooManyError
    found = []
    ends = np.cumsum(ways)
    for start in range(0, int(ways.sum()), _AT_ONCE):
        low, high = np.searchsorted(ends, [start, start + _AT_ONCE], side="right")
        i, j = _pairs(first[low:high], ways[low:high])
        i += low
        unspent = budget - one.loss[i] - other.loss[j]
        for row in np.argsort(-price, kind="stable"):
            i, j, unspent = (each[unspent >= 0] for each in (i, j, unspent))
            left = bound[row] - one.used[i, row] - other.used[j, row]
            unspent = np.where(left >= 0, unspent - left * price[row], -1)
        i, j, unspent = (each[unspent >= 0] for each in (i, j, unspent))
        cost = one.used[i, 0] + other.used[j, 0]
        found.append((budget - unspent, cost, np.maximum(one.made_of[i], other.made_of[j])))
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros((0, one.made_of.shape[1]), np.int64)
    total, cost, made_of = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return total, cost, made_of


def _pairs(first: Integers, ways: Integers) -> tuple[Integers, Integers]:
    """0 with each of its ways from its first on, then 1 with its own…"""
    one = np.repeat(np.arange(len(ways)), ways)
    return one, np.arange(len(one)) - np.repeat(np.cumsum(ways) - ways - first, ways)


def _sorted(sets: _Sets) -> _Sets:
    return sets.of(np.argsort(sets.loss, kind="stable"))


def _nothing(rows: int, lists: int) -> _Sets:
    return _Sets(np.zeros(1, np.int64), np.zeros((1, rows), np.int64), np.full((1, lists), -1))


def _largest(values: Sequence[int], rows: Sequence[Row], prices: Sequence[float]) -> float:
    """A sum that none of those that are formed exceeds."""
    counted = sum(
        abs(price) * (sum(row.counted.values()) + (row.high or row.low or 0))
        for row, price in zip(rows, prices, strict=True)
    )
    return 2 * (sum(values) + counted) + len(rows)


def _distinct(sets: _Sets) -> _Sets:
    """One of those that lose and count the same: the first."""
    if len(sets.loss) < _CROWDED or len(np.unique(sets.loss)) == len(sets.loss):
        return sets
    order = np.lexsort((*sets.used.T, sets.loss))
    loss, used = sets.loss[order], sets.used[order]
    new = np.ones(len(order), bool)
    new[1:] = (loss[1:] != loss[:-1]) | (used[1:] != used[:-1]).any(axis=1)
    return sets.of(np.sort(order[new]))

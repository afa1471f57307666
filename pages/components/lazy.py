"""Rows of a long table, made when they are shown: sentences for 10,000 lines would take longer than the allocation."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar, overload

from pages.components.tables import Row

T = TypeVar("T")


class Rows(Sequence[Row], Generic[T]):
    """As many rows as there are items; each is made from its item when asked for."""

    def __init__(self, items: Sequence[T], make: Callable[[T], Row]) -> None:
        self._items = items
        self._make = make

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        if isinstance(place, slice):
            return [self._make(item) for item in self._items[place]]
        return self._make(self._items[place])


def rows(items: Sequence[T], make: Callable[[T], Row], sent: int) -> Sequence[Row]:
    """The rows themselves when they fit into one page of ``sent``, else :class:`Rows`."""
    return [make(item) for item in items] if len(items) <= sent else Rows(items, make)

"""Two to four scenarios side by side, request by request: who comes in, who goes out, who moves, who gets another amount."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from clact_model.allocation import Key, Unit
from clact_model.comparison import sides as columns
from clact_model.comparison.sides import Cell, Side
from clact_model.errors import UsageError

FEWEST, MOST = 2, 4
NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Row:
    """One request across the scenarios, the first of which is the reference. None: the scenario does not know it."""

    key: Key
    etablissement: str
    cells: tuple[Cell | None, ...]

    @property
    def granted(self) -> tuple[Decimal, ...]:
        """What each scenario gives it, in EUR; 0 where it is not known."""
        return tuple(cell.granted if cell else NOTHING for cell in self.cells)

    @property
    def positions(self) -> tuple[int | None, ...]:
        return tuple(cell.position if cell else None for cell in self.cells)

    @property
    def comes_in(self) -> bool:
        """Not funded in the first, funded in another."""
        return not self.granted[0] and any(self.granted)

    @property
    def goes_out(self) -> bool:
        """Funded in the first, not in another."""
        return bool(self.granted[0]) and not all(self.granted)

    @property
    def changes_amount(self) -> bool:
        """Funded in all, not for the same amount."""
        return all(self.granted) and len(set(self.granted)) > 1

    @property
    def moves(self) -> bool:
        """Its place is known in the first and another one in some other."""
        first, *others = self.positions
        return first is not None and any(place is not None and place != first for place in others)


@dataclass(frozen=True)
class Comparison:
    """Two to four scenarios, by line when all of them are, else by dossier."""

    sides: Sequence[Side]
    unite: Unit
    rows: Sequence[Row]
    """Every request that one of them knows, in the order of the first's ranking."""

    @cached_property
    def entrants(self) -> Sequence[Row]:
        """Not funded in the first, funded in another."""
        return [row for row in self.rows if row.comes_in]

    @cached_property
    def sortants(self) -> Sequence[Row]:
        """Funded in the first, not in another."""
        return [row for row in self.rows if row.goes_out]

    @cached_property
    def changes(self) -> Sequence[Row]:
        """Funded in all, not for the same amount."""
        return [row for row in self.rows if row.changes_amount]

    @cached_property
    def deplaces(self) -> Sequence[Row]:
        """Another place in some other ranking, funded or not."""
        return [row for row in self.rows if row.moves]

    @property
    def same(self) -> bool:
        """Nobody comes in, goes out, moves or gets another amount."""
        return not (self.entrants or self.sortants or self.changes or self.deplaces)


def compare(sides: Sequence[Side]) -> Comparison:
    """The scenarios side by side, the first as the reference. Raises UsageError unless there are two to four."""
    if not FEWEST <= len(sides) <= MOST:
        raise UsageError(f"Une comparaison porte sur {FEWEST} à {MOST} scénarios : {len(sides)} sont donnés.")
    lines = columns.by_line(sides)
    found = [columns.cells(side, lines) for side in sides]
    names = columns.names(sides)
    keys = {key for cells in found for key in cells}
    rows = [Row(key, names.get(key[0], ""), tuple(cells.get(key) for cells in found)) for key in keys]
    return Comparison(tuple(sides), "action" if lines else "dossier", sorted(rows, key=_place))


def _place(row: Row) -> tuple[bool, int, str, int]:
    position = next((place for place in row.positions if place is not None), None)
    return position is None, position or 0, row.key[0], row.key[1] or 0

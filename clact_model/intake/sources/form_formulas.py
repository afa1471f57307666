"""Formulas of a form, recomputed exactly: the four operations and sums of numbers of their own sheet, and nothing else."""

import math
import re
from collections.abc import Iterator
from decimal import Decimal

from clact_model.intake.values.text import one_line
from clact_model.reading import Sheet
from clact_model.reading.limits import column_number

Place = tuple[int, int]

LONGEST = 200
"""Characters of a formula: a longer one is not simple."""
DEEPEST = 50
"""Formulas that lead to one another."""
MOST_CELLS = 100_000
"""Cells that the sums of one sheet may look at."""

_TOKEN = re.compile(r"(?P<number>\d+(?:\.\d+)?)|(?P<cell>\$?[A-Z]{1,3}\$?\d{1,6})|(?P<sum>SUM\()|(?P<sign>[-+*/%(),:])")


class _NotSimpleError(Exception):
    """A formula, or a cell it leads to, of which nothing is said."""


class Calculator:
    """The results of one sheet's formulas."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._results: dict[Place, Decimal | None] = {}
        self._open = 0
        self._left = MOST_CELLS

    def result(self, place: Place) -> Decimal | None:
        """What the formula at (row, column) gives; None when it is not simple, or reads what is no number."""
        if place not in self._results:
            self._results[place] = None  # A formula that leads back to itself has no result.
            self._open += 1
            try:
                self._results[place] = _Formula(self._sheet.formulas[place], self).result()
            except (_NotSimpleError, ArithmeticError):
                pass
            finally:
                self._open -= 1
        return self._results[place]

    def number(self, place: Place) -> Decimal:
        """The number of a cell that a formula names: nought when it is empty, as in Excel."""
        found = self._read(place)
        if isinstance(found, str):
            raise _NotSimpleError
        return found or Decimal(0)

    def total(self, first: Place, last: Place) -> Decimal:
        """The sum of a range: Excel leaves its texts aside."""
        height, width = last[0] - first[0] + 1, last[1] - first[1] + 1
        self._left -= height * width
        if height < 1 or width < 1 or self._left < 0:
            raise _NotSimpleError
        rows = range(first[0], min(last[0], len(self._sheet.rows)) + 1)
        cells = (self._read((row, column)) for row in rows for column in range(first[1], last[1] + 1))
        return sum((cell for cell in cells if isinstance(cell, Decimal)), Decimal(0))

    def _read(self, place: Place) -> Decimal | str | None:
        """A number, a text, or None for an empty cell."""
        shown, _ = self._sheet.faults.get(place, ("", ""))
        if shown:
            found = self.result(place) if place in self._sheet.formulas and self._open < DEEPEST else None
            if found is None:
                raise _NotSimpleError
            return found
        row, column = place
        cell = self._sheet.cell(row, column) if row <= len(self._sheet.rows) else None
        if cell is None or cell == "":
            return None
        if isinstance(cell, bool) or not isinstance(cell, int | float):
            return one_line(cell) or " "
        if not math.isfinite(cell):
            raise _NotSimpleError
        return Decimal(repr(cell))


class _Formula:
    """One formula, read from left to right."""

    def __init__(self, text: str, cells: Calculator) -> None:
        self._cells = cells
        self._tokens = list(_tokens(text))

    def result(self) -> Decimal:
        value = self._sum()
        if self._tokens:
            raise _NotSimpleError
        return value

    def _sum(self) -> Decimal:
        value = self._product()
        while (sign := self._one_of("+", "-")) is not None:
            value = value + self._product() if sign == "+" else value - self._product()
        return value

    def _product(self) -> Decimal:
        value = self._term()
        while (sign := self._one_of("*", "/")) is not None:
            value = value * self._term() if sign == "*" else value / self._term()
        return value

    def _term(self) -> Decimal:
        kind, text = self._next()
        match kind, text:
            case "sign", "-":
                return -self._term()
            case "sign", "(":
                value = self._sum()
                self._expect(")")
            case "sum", _:
                value = self._arguments()
            case "cell", _:
                value = self._cells.number(_place(text))
            case "number", _:
                value = Decimal(text)
            case _:
                raise _NotSimpleError
        return value / 100 if self._one_of("%") else value

    def _arguments(self) -> Decimal:
        """What stands between the brackets of SUM."""
        total = self._argument()
        while self._one_of(","):
            total += self._argument()
        self._expect(")")
        return total

    def _argument(self) -> Decimal:
        if [kind for kind, _ in self._tokens[:3]] == ["cell", "sign", "cell"] and self._tokens[1][1] == ":":
            (_, first), _, (_, last) = self._tokens[:3]
            del self._tokens[:3]
            return self._cells.total(_place(first), _place(last))
        return self._sum()

    def _next(self) -> tuple[str, str]:
        if not self._tokens:
            raise _NotSimpleError
        return self._tokens.pop(0)

    def _one_of(self, *signs: str) -> str | None:
        """The next sign, taken, when it is one of these."""
        if self._tokens and self._tokens[0][0] == "sign" and self._tokens[0][1] in signs:
            return self._tokens.pop(0)[1]
        return None

    def _expect(self, sign: str) -> None:
        if self._one_of(sign) is None:
            raise _NotSimpleError


def _tokens(formula: str) -> Iterator[tuple[str, str]]:
    if not formula.startswith("=") or len(formula) > LONGEST:
        raise _NotSimpleError
    text, at = formula[1:].replace(" ", "").upper(), 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise _NotSimpleError
        assert found.lastgroup is not None
        yield found.lastgroup, found[0]
        at = found.end()


def _place(reference: str) -> Place:
    """``$B$3`` → (3, 2)."""
    letters = reference.replace("$", "").rstrip("0123456789")
    return int(reference.replace("$", "")[len(letters) :]), column_number(letters)

"""Where a line would stand with another score: the programme's order, from the lines of a ranking.

The order is the priority field first, then the score, then what settles equal scores (see :mod:`clact_model.scoring`).
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

import duckdb

from clact_model import scoring
from clact_model.allocation import Key, Line, Unit

PLACE_OF_SCORE = Decimal("0.0001")
HIGHEST = Decimal(100)


@dataclass(frozen=True, slots=True)
class Place:
    """What besides the score gives a line its place."""

    prioritaire: bool
    tie: int
    """Place among lines of one score, 1 first."""


Places = Mapping[Key, Place]

_SQL: Mapping[Unit, str] = {
    "dossier": f"""
        SELECT numero, NULL, prioritaire, row_number() OVER (ORDER BY {scoring.TIES})
        FROM classement_dossier JOIN (SELECT numero, date_depot FROM jugement_dossier) USING (numero)""",
    "action": f"""
        SELECT numero, ligne, prioritaire, row_number() OVER (ORDER BY {scoring.TIES_OF_LINES})
        FROM classement_action JOIN (SELECT numero, date_depot FROM jugement_dossier) USING (numero)""",
}


def read(cursor: duckdb.DuckDBPyConnection, unite: Unit) -> Places:
    """What the judgement and the ranking left in the cursor (:func:`clact_model.simulation.prepare`)."""
    rows = cursor.execute(_SQL[unite]).fetchall()
    return {(numero, ligne): Place(priority, tie) for numero, ligne, priority, tie in rows}


@dataclass(frozen=True)
class Ladder:
    """One ranked line among those of its part of the ranking: the priority field, or the rest."""

    line: Line
    others: Sequence[Line]
    """Every other line with a place, in order."""
    places: Places

    @property
    def rivals(self) -> Sequence[Line]:
        """The lines that points can pass: those above it in its own part."""
        own, place = self.places[self.line.key].prioritaire, self.line.position or 0
        return [
            other
            for other in self.others
            if (other.position or 0) < place and self.places[other.key].prioritaire == own
        ]

    def scores(self) -> list[Decimal]:
        """The smallest scores, rising, up to 100, that give it each better place; none when it leads its part."""
        tie = self.places[self.line.key].tie
        needed = {
            other.score if tie < self.places[other.key].tie else other.score + PLACE_OF_SCORE
            for other in self.rivals
            if other.score is not None
        }
        return sorted(score for score in needed if score <= HIGHEST and score > (self.line.score or 0))

    def moved(self, score: Decimal) -> list[Line]:
        """All the lines with a place when this one has that score. Places are counted anew from 1."""
        place = bisect_left(self._orders, self._order(self.line, score))
        ordered = [*self.others[:place], replace(self.line, score=score), *self.others[place:]]
        return [
            line if line.position == position else replace(line, position=position)
            for position, line in enumerate(ordered, start=1)
        ]

    @cached_property
    def _orders(self) -> Sequence[tuple[bool, Decimal, int]]:
        return [self._order(other, other.score) for other in self.others]

    def _order(self, line: Line, score: Decimal | None) -> tuple[bool, Decimal, int]:
        own = self.places[line.key]
        return not own.prioritaire, -(score or Decimal(0)), own.tie


def ladder(lines: Sequence[Line], line: Line, places: Places) -> Ladder | None:
    """The ladder of a line, which need not have a place yet; None when it has no score."""
    if line.score is None or line.key not in places:
        return None
    placed = sorted(
        (other for other in lines if other.position is not None and other.key != line.key),
        key=lambda other: other.position or 0,
    )
    return Ladder(line, placed, places)

"""The labels of a form and the cells that answer them: labels are searched, for their places move from form to form."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from clact_model.intake.mapping import Titles
from clact_model.intake.sources.form_titles import IDENTITY, PERSONAL
from clact_model.intake.values import is_blank
from clact_model.intake.values.text import one_line
from clact_model.reading import Cell, Sheet
from clact_model.wording import folded

ROWS, COLUMNS = 80, 30
"""Where labels are looked for."""
ENOUGH = 3
"""Known labels that stand in one column of a form."""
REACH = 2
"""Cells to the right of a label, merged ones not counted, among which its answer is."""
LONGEST = 150
"""Characters of a label: a longer text is a notice."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Answer:
    """One label and the cell beside it. Places are (row, column), from 1."""

    sheet: Sheet
    label: Place
    place: Place
    known: bool

    @property
    def titre(self) -> str:
        return one_line(self.sheet.cell(*self.label))

    @property
    def cell(self) -> Cell:
        return cell_at(self.sheet, self.place)


def answers(sheet: Sheet, titles: Titles, until: int | None = None) -> list[Answer]:
    """The labels of a sheet, in reading order; those above the row ``until``. Empty when too few of them are known."""
    labels = _Labels(sheet, titles, min(len(sheet.rows), ROWS, (until or ROWS + 1) - 1))
    return labels.answers() if labels.are_enough() else []


def cell_at(sheet: Sheet, place: Place) -> Cell:
    """The cell at (row, column); None beyond the sheet's end."""
    row, column = place
    return sheet.cell(row, column) if row <= len(sheet.rows) else None


class _Labels:
    def __init__(self, sheet: Sheet, titles: Titles, last: int) -> None:
        self.sheet, self.titles, self.last = sheet, titles, last
        self.known: dict[Place, Place] = {}
        """Place of a known label → where its answer is."""
        self._find_known()
        self.columns = {column for column, count in Counter(c for _, c in self.known).items() if count > 1}

    def are_enough(self) -> bool:
        """True when one column holds enough known labels, and one of them identifies an establishment."""
        fields: dict[int, set[str]] = {}
        for place in self.known:
            claim = self.titles.find(cell_at(self.sheet, place))
            if claim is not None:
                fields.setdefault(place[1], set()).update(f.champ for f in claim.fields)
        return any(len(found) >= ENOUGH and found & IDENTITY for found in fields.values())

    def answers(self) -> list[Answer]:
        found = [
            Answer(self.sheet, label, place, known=True)
            for label, place in self.known.items()
            if label[1] in self.columns or self._filled(place)
        ]
        return sorted([*found, *self._unknown()], key=lambda answer: answer.label)

    def _find_known(self) -> None:
        taken: set[Place] = set()
        for label in self._texts():
            if label not in taken and self._is_known(label):
                self.known[label] = self._beside(label)
                taken.add(self.known[label])

    def _unknown(self) -> Iterator[Answer]:
        """What stands among the labels, beside a cell that is filled: a person may say what it is."""
        taken = set(self.known.values())
        for label in self._texts():
            text = folded(one_line(cell_at(self.sheet, label)))
            if label in self.known or label in taken or label[1] not in self.columns or PERSONAL.match(text):
                continue
            place = self._beside(label)
            if self._filled(place) and place not in taken:
                yield Answer(self.sheet, label, place, known=False)

    def _texts(self) -> Iterator[Place]:
        for row in range(1, self.last + 1):
            for column, cell in enumerate(self.sheet.rows[row - 1][:COLUMNS], start=1):
                if isinstance(cell, str) and len(cell) <= LONGEST and not is_blank(cell):
                    yield row, column

    def _is_known(self, place: Place) -> bool:
        return self.titles.find(cell_at(self.sheet, place)) is not None

    def _beside(self, label: Place) -> Place:
        """The first filled cell to the right; under a merged label when there is none; else the empty cell beside."""
        row, column = label
        right = column + 1
        while self._is_hidden((row, right)):
            right += 1
        for place in ((row, right + step) for step in range(REACH)):
            if self._filled(place):
                return place if not self._begins_another(place) else (row, right)
        below = row + 1, column
        is_merged = right > column + 1
        return below if is_merged and self._filled(below) and not self._is_text_known(below) else (row, right)

    def _begins_another(self, place: Place) -> bool:
        """True for a label that has its own answer: two pairs stand on one row."""
        return self._is_text_known(place) and self._filled((place[0], place[1] + 1))

    def _is_text_known(self, place: Place) -> bool:
        return isinstance(cell_at(self.sheet, place), str) and self._is_known(place)

    def _filled(self, place: Place) -> bool:
        shown, _ = self.sheet.faults.get(place, ("", ""))
        return bool(shown) or not is_blank(cell_at(self.sheet, place))

    def _is_hidden(self, place: Place) -> bool:
        """True for a cell that a merged range hides: it has a fault and shows nothing."""
        return place in self.sheet.faults and not self.sheet.faults[place][0]

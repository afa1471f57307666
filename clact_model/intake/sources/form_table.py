"""The table of actions of a form: at a row that moves, under merged bands, above totals and signatures."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from clact_model.fields import KEYS
from clact_model.intake.mapping import Titles
from clact_model.intake.rows import TOTAL
from clact_model.intake.sources import form_titles as words
from clact_model.intake.sources.form_labels import COLUMNS, ROWS, cell_at
from clact_model.intake.values import is_blank
from clact_model.intake.values.text import one_line
from clact_model.reading import Cell, Sheet
from clact_model.reading.limits import HEADER_WITHIN
from clact_model.wording import folded

ASKED = "montant_demande"

ENOUGH_TITLES = 4
"""Known titles of a row that lists dossiers, its number included: the labels of a form stand one or two a row."""


@dataclass(frozen=True)
class ActionTable:
    """Where the table stands in its sheet: rows and columns from 1."""

    sheet: Sheet
    header_row: int
    titles: Sequence[Cell]
    """The titles, those that a vertical merge writes above the row included."""
    fields: Mapping[int, frozenset[str]]
    """Column → names of the fields that its title claims."""

    @cached_property
    def lines(self) -> tuple[int, ...]:
        """The rows of the actions."""
        return tuple(self._lines())

    @cached_property
    def total(self) -> tuple[int, int] | None:
        """The cell that holds the total of what is asked."""
        column = next((column for column, champs in self.fields.items() if ASKED in champs), 0)
        rows = (row for row in self._below() if TOTAL.match(self._first_text(row)))
        return next(((row, column) for row in rows if column and self._filled(row, column)), None)

    def _below(self) -> range:
        return range(self.header_row + 1, len(self.sheet.rows) + 1)

    def _lines(self) -> Iterator[int]:
        ended = False
        for row in self._below():
            text = self._first_text(row)
            if words.SUBTOTAL.match(text):
                continue
            if TOTAL.match(text):
                ended = True
                continue
            ended = ended or bool(words.END.match(text))
            filled = {column for column in self.fields if self._filled(row, column)}
            if not any(self.fields[column] and (row, column) not in self.sheet.formulas for column in filled):
                # Blank, or made ready for an action that was not written: a number, a formula.
                continue
            given = {champ for column in filled for champ in self.fields[column]}
            # Under the total, only what is plainly an action: it was typed below the frame.
            if not ended or {"intitule", ASKED} <= given:
                yield row

    def _first_text(self, row: int) -> str:
        return next(
            (folded(one_line(c)) for c in self.sheet.rows[row - 1] if isinstance(c, str) and not is_blank(c)), ""
        )

    def _filled(self, row: int, column: int) -> bool:
        shown, _ = self.sheet.faults.get((row, column), ("", ""))
        return bool(shown) or not is_blank(cell_at(self.sheet, (row, column)))


def tables(sheets: Sequence[Sheet], titles: Titles) -> list[ActionTable]:
    """The table of actions of each sheet that has one: it says what is asked, or what an action is called and costs."""
    found = (_best(sheet, titles) for sheet in sheets)
    return [table for table in found if table]


def _best(sheet: Sheet, titles: Titles) -> ActionTable | None:
    candidates = [_table(sheet, row, titles) for row in range(1, min(ROWS, len(sheet.rows)) + 1)]
    best = max(candidates, key=lambda table: sum(map(bool, table.fields.values())), default=None)
    return best if best and _is_of_actions(best) else None


def _table(sheet: Sheet, row: int, titles: Titles) -> ActionTable:
    texts = [_title(sheet, row, column) for column in range(1, len(sheet.rows[row - 1]) + 1)]
    claims = {
        column: titles.find(text)
        for column, text in enumerate(texts[:COLUMNS], start=1)
        if isinstance(text, str) and not is_blank(text)
    }
    fields = {
        column: frozenset(f.champ for f in claim.fields) if claim else frozenset() for column, claim in claims.items()
    }
    return ActionTable(sheet, row, texts, fields)


def _title(sheet: Sheet, row: int, column: int) -> Cell:
    """The title of a column: two rows of titles are merged into one where a band stands above the others."""
    while row > 1 and (row, column) in sheet.faults and not sheet.faults[row, column][0]:
        row -= 1
    return cell_at(sheet, (row, column))


def _is_of_actions(table: ActionTable) -> bool:
    given = {champ for champs in table.fields.values() for champ in champs}
    return (
        len(given) > 1 and (ASKED in given or {"intitule", "cout_total"} <= given) and not _gives_a_number(table.titles)
    )


def names_dossiers(sheet: Sheet) -> bool:
    """True when the titles of a sheet hold the number of a dossier: it is a list of dossiers, or of their actions."""
    known = words.known("dossier"), words.known("action")
    return any(
        _gives_a_number(row) and sum(titles.count(row) for titles in known) >= ENOUGH_TITLES
        for row in sheet.rows[:HEADER_WITHIN]
    )


def _gives_a_number(titles: Iterable[Cell]) -> bool:
    """True when one of the titles is that of a dossier's number."""
    known = words.known("dossier"), words.known("action")
    written = (text for text in titles if isinstance(text, str) and words.NUMBERS.search(folded(one_line(text))))
    claims = (claim for text in written for claim in (one.find(text) for one in known) if claim)
    return any(f.champ in KEYS for claim in claims for f in claim.fields)

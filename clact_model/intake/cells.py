"""The cells down one column → typed values: what each source means by a blank, a zero, a file name."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from clact_model.fields import KEYS, Field
from clact_model.intake.manner import Manner
from clact_model.intake.mapping import Column
from clact_model.intake.values import Cell, Parser, Read, RefusalError, amount, is_blank
from clact_model.intake.values.text import one_line
from clact_model.intake.values.yes_no import ANSWERS
from clact_model.reading import EXCEL_ERRORS
from clact_model.reading.platform_champs import NO_FILE
from clact_model.reading.sheet import error_sentence
from clact_model.wording import folded

Outcome = Read[object] | RefusalError

NUMBERS = ("montant", "entier", "nombre", "pourcentage")
NEVER_BLANK = ("archive",)
"""What the platform always writes: its workbooks for LibreOffice leave the cell of a no empty."""
_ZERO = re.compile(r"0(?:[.,]0+)?")
_FILE_NAME = re.compile(r"[^\r\n]*\S\.[A-Za-z][A-Za-z0-9]{1,4}(?:, .*)?", re.DOTALL)
JOINED: Mapping[str, object] = {"duerp": "joint"}
"""Fields that are no yes or no: what a joined file says of them."""


@dataclass(frozen=True)
class ColumnReading:
    """How the cells of one column are read."""

    parse: Parser
    blank: object = None
    """What an empty cell says: nothing is known, unless the column is one of joined files."""
    zero_is_unknown: bool = False
    optional: bool = False
    """A cell that cannot be read is unknown, and its row is kept."""

    def of(self, cell: Cell) -> Outcome:
        """The value of one cell, or why it has none."""
        if is_blank(cell):
            return Read(self.blank)
        if isinstance(cell, str) and cell.strip().upper() in EXCEL_ERRORS:
            return RefusalError(error_sentence(cell.strip()))
        if self.zero_is_unknown and is_zero(cell):
            return Read(None)
        try:
            read = self.parse(cell)
        except RefusalError as refusal:
            return refusal
        # A list of separators alone: nothing was said.
        return Read(self.blank) if read.value == "" else read


def is_zero(cell: Cell) -> bool:
    """True for the number nought, typed or written."""
    if isinstance(cell, str):
        return bool(_ZERO.fullmatch(cell.strip()))
    return isinstance(cell, int | float) and not isinstance(cell, bool) and cell == 0


def reading_of(
    column: Column, manner: Manner, parse: Parser, cells: Iterable[Cell], values: Mapping[str, str]
) -> ColumnReading:
    """How a column is read. ``values``: what a person said that values of it mean, folded → code, empty for unknown."""
    field = column.field
    if column.thousands:
        parse = amount.parse_thousands
    if values:
        parse = _corrected(parse, values)
    optional = manner.unreadable_is_unknown and not field.obligatoire and field.champ not in KEYS
    if manner.files_are_answers and field.champ in NEVER_BLANK:
        return ColumnReading(parse, blank=False, optional=optional)
    if manner.files_are_answers and _holds_file_names(field, cells):
        blank = False if field.type == "oui_non" else None
        return ColumnReading(_joined(field, blank), blank, optional=optional)
    return ColumnReading(parse, zero_is_unknown=manner.zero_may_be_blank and field.type in NUMBERS, optional=optional)


def _corrected(parse: Parser, values: Mapping[str, str]) -> Parser:
    def corrected(cell: Cell) -> Read[object]:
        code = values.get(folded(one_line(cell)))
        return parse(cell) if code is None else Read(code or None)

    return corrected


def _holds_file_names(field: Field, cells: Iterable[Cell]) -> bool:
    if field.type != "oui_non" and field.champ not in JOINED:
        return False
    written = [cell for cell in cells if not is_blank(cell)]
    return any(isinstance(cell, str) and _says_files(cell) for cell in written) and not any(
        folded(one_line(cell)) in ANSWERS for cell in written
    )


def _says_files(cell: str) -> bool:
    return cell == NO_FILE or _FILE_NAME.fullmatch(cell.strip()) is not None


def _joined(field: Field, blank: object) -> Callable[[Cell], Read[object]]:
    said = JOINED.get(field.champ, True)
    return lambda cell: Read(blank if cell == NO_FILE else said)

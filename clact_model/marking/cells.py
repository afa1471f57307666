"""The cells of a workbook that notes speak of: filled with the colour of the most serious, and commented."""

from collections.abc import Iterable, Mapping, Sequence

from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from clact_model.marking.note import Note

AUTHOR = "Outil CLACT"
COLOURS: Mapping[str, str] = {
    "erreur": "FFF4B6B0",
    "question": "FFD9C7F0",
    "avertissement": "FFFFE08A",
    "information": "FFCFE2F8",
}
"""Gravity → fill, the most serious first."""
COMMENTS = 2_000
"""Cells that carry a comment; Excel opens slowly a workbook that holds many more."""
LONGEST = 2_000
"""Characters of a comment."""
_BEFORE_THEIRS = "\n\n— Commentaire d'origine —\n"
_WIDTH, _A_LINE, _LINE_HEIGHT, _TALLEST = 340, 50, 17, 600
"""Pixels of a comment's box, and characters on one of its lines."""
FILLS = {gravite: PatternFill("solid", fgColor=colour) for gravite, colour in COLOURS.items()}

Place = tuple[str | None, int, int]
"""Sheet, row and column, from 1."""


def places(notes: Iterable[Note]) -> dict[Place, list[Note]]:
    """The cells to mark, each with its notes, both in the order of the notes."""
    found: dict[Place, list[Note]] = {}
    for note in notes:
        if note.row is not None:
            found.setdefault((note.feuille, note.row, note.column or 1), []).append(note)
    return found


def mark(sheets: Mapping[str | None, Worksheet], found: Mapping[Place, Sequence[Note]]) -> None:
    """Fill every cell; comment the first COMMENTS of them. ``sheets``: name as notes say it → sheet of the workbook."""
    for count, ((name, row, column), notes) in enumerate(found.items()):
        sheet = sheets.get(name)
        if sheet is not None:
            cell = _written(sheet, row, column)
            cell.fill = FILLS[min((note.gravite for note in notes), key=list(COLOURS).index)]
            if count < COMMENTS:
                _comment(cell, "\n".join(note.paragraph for note in notes))


def _written(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell itself; the first of its range where it is merged into one, which alone can be commented."""
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        ranges = (merged for merged in sheet.merged_cells.ranges if cell.coordinate in merged)
        return next((sheet.cell(merged.min_row, merged.min_col) for merged in ranges), cell)
    return cell


def _comment(cell: Cell, text: str) -> None:
    if len(text) > LONGEST:
        text = f"{text[: LONGEST - 1]}…"
    comment = Comment(text + (_BEFORE_THEIRS + cell.comment.text if cell.comment else ""), AUTHOR)
    size(comment)
    cell.comment = comment


def size(comment: Comment) -> None:
    """Give the box of a comment the size of its text."""
    lines = sum(-(-max(len(line), 1) // _A_LINE) for line in comment.text.split("\n"))
    comment.width, comment.height = _WIDTH, min(_TALLEST, 14 + _LINE_HEIGHT * lines)


def clear(sheet: Worksheet) -> None:
    """Take away the marks of an earlier copy, and give the person's own comments boxes that fit them."""
    # Only the cells that are there: iter_rows would make every cell up to the furthest.
    for cell in [cell for cell in sheet._cells.values() if cell.comment is not None]:
        if cell.comment.author == AUTHOR:
            _unmark(cell)
        else:
            # openpyxl reads a comment without the size of its box.
            size(cell.comment)


def _unmark(cell: Cell) -> None:
    _, _, theirs = cell.comment.text.partition(_BEFORE_THEIRS)
    cell.comment = Comment(theirs, "") if theirs else None
    if cell.fill.fgColor.rgb in COLOURS.values():
        cell.fill = PatternFill()

"""Text as it is kept: Unicode NFC, no control characters, no Excel escapes."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from clact_model.intake.values.outcome import Read, RefusalError, quoted, shown
from clact_model.reading import Cell
from clact_model.wording import BLANK_RUN

LONGEST = 32_767
"""Characters that an Excel cell can hold: more could not be exported again."""

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_DASHES = frozenset("-‐‑‒–—−")


def clean(text: str) -> str:
    """The text without what no person typed: control characters, ``_x000D_``, blanks at both ends; line breaks kept."""
    if "_x00" in text:
        text = _ESCAPE.sub(_unescaped, text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _CONTROL.sub("", text)).strip()


def _unescaped(escape: re.Match[str]) -> str:
    # Excel writes control characters so; a text in which such an escape was typed stays as it is.
    return "" if int(escape[1], 16) < 0x20 else escape[0]


def one_line(cell: Cell) -> str:
    """The cell on one line, every kind of blank a plain space: what the other parsers read."""
    text = cell if isinstance(cell, str) else shown(cell)
    # The same for plain letters, and most cells hold nothing else: many times as fast.
    return " ".join(text.split()) if text.isascii() else BLANK_RUN.sub(" ", text).strip()


def is_blank(cell: Cell) -> bool:
    """True for an empty cell, blanks alone, or a dash: unknown."""
    if cell is None or cell == "":
        return True
    if not isinstance(cell, str) or cell[0].isalnum():
        return False
    line = clean(one_line(cell))
    return not line or line in _DASHES


def parse(cell: Cell) -> Read[str]:
    """Any text; a number or a date becomes what the screen of Excel shows.

    Raises RefusalError for what is longer than a cell of Excel.
    """
    match cell:
        case str():
            text = clean(cell)
        case bool() | datetime() | date() | time() | timedelta():
            text = shown(cell)
        case float() if not cell.is_integer():
            text = repr(cell).replace(".", ",")
        case _:
            text = shown(cell)
    if len(text) > LONGEST:
        raise RefusalError(
            f"{quoted(text)} est trop long ({len(text)} caractères, au plus {LONGEST}) : raccourcissez ce texte."
        )
    return Read(text)

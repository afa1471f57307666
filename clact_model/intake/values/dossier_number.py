"""Dossier numbers: the key of a re-import, so that two writings of one number must become one."""

import re
import unicodedata
from datetime import date, time, timedelta

from clact_model.intake.values.identifier import refuse_shortened
from clact_model.intake.values.outcome import Read, RefusalError, quoted
from clact_model.intake.values.text import clean, one_line
from clact_model.reading import Cell

LONGEST = 100


def parse(cell: Cell) -> Read[str]:
    """The number as text: ``20260002`` for the number 20260002, one kind of dash, no blank at the ends.

    Raises RefusalError for what Excel turned into a date, a decimal, a yes/no or a power of ten, and beyond 100 characters.
    """
    if isinstance(cell, bool | date | time | timedelta) or (isinstance(cell, float) and not cell.is_integer()):
        raise RefusalError(
            f"{quoted(cell)} n'est pas un numéro de dossier : saisissez-le dans une cellule au format Texte."
        )
    refuse_shortened(cell, "numéro de dossier")
    text = one_line(cell)
    if not (text.isascii() and text.isalnum()):
        text = clean(unicodedata.normalize("NFKC", text))
    if len(text) > LONGEST:
        raise RefusalError(f"{quoted(cell)} est trop long pour un numéro de dossier (au plus {LONGEST} caractères).")
    return Read(re.sub("[‐‑‒–—−]", "-", text))

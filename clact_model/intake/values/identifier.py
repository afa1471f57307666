"""What numbers of identity have in common: they are texts, whatever a spreadsheet made of them."""

import re
from datetime import date, time, timedelta

from clact_model.intake.values.outcome import RefusalError, quoted
from clact_model.intake.values.text import one_line
from clact_model.reading import Cell

_SCIENTIFIC = re.compile(r"[0-9]+(?:[.,][0-9]+)?e\+?[0-9]+", re.IGNORECASE)


def digits_of(cell: Cell, name: str) -> str:
    """The characters of an identifier without blanks, apostrophe, dots, name written before it, or ``.0`` after it.

    Raises RefusalError for scientific notation, in which digits are lost, and for what is no text nor whole number.
    """
    if isinstance(cell, bool | date | time | timedelta) or (isinstance(cell, float) and not cell.is_integer()):
        raise RefusalError(f"{quoted(cell)} n'est pas un N° {name} : saisissez-le dans une cellule au format Texte.")
    if isinstance(cell, int | float):
        return str(int(cell))
    text = one_line(cell)
    if text.isascii() and text.isdigit():
        return text
    if _SCIENTIFIC.fullmatch(text):
        raise RefusalError(
            f"{quoted(cell)} est une notation scientifique, des chiffres sont perdus : "
            f"saisissez le N° {name} dans une cellule au format Texte."
        )
    text = re.sub(rf"^(?:n[°o]\s*)?(?:{name}(?:\s+(?:ET|EJ))?)?\s*:?\s*", "", text, flags=re.IGNORECASE)
    return re.sub(r"[ '’.]", "", re.sub(r"\.0$", "", text))

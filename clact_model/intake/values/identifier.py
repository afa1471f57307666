"""What numbers of identity have in common: they are texts, whatever a spreadsheet made of them."""

import re
from datetime import date, time, timedelta

from clact_model.intake.values.outcome import RefusalError, quoted
from clact_model.intake.values.text import one_line
from clact_model.reading import Cell

_SCIENTIFIC = re.compile(r"[0-9]+(?:[.,][0-9]+)?e\+?[0-9]+", re.IGNORECASE)
_SHORTENED = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]{2}")
"""The same as a spreadsheet writes it, so that no reference such as 24E05 is taken for it."""


def digits_of(cell: Cell, name: str) -> str:
    """The characters of an identifier without blanks, apostrophe, dots, name written before it, or ``.0`` after it.

    Raises RefusalError for scientific notation, in which digits are lost, and for what is no text nor whole number.
    """
    if isinstance(cell, bool | date | time | timedelta) or (isinstance(cell, float) and not cell.is_integer()):
        raise RefusalError(f"{quoted(cell)} n'est pas un N° {name} : saisissez-le dans une cellule au format Texte.")
    text = str(int(cell)) if isinstance(cell, int | float) else one_line(cell)
    if text and not text.strip("0 "):
        raise RefusalError(
            f"{quoted(cell)} n'a que des zéros, ce n'est pas un N° {name} : écrivez le numéro, ou laissez la cellule vide."
        )
    if isinstance(cell, int | float) or (text.isascii() and text.isdigit()):
        return text
    if _SCIENTIFIC.fullmatch(text):
        raise RefusalError(
            f"{quoted(cell)} est une notation scientifique, des chiffres sont perdus : "
            f"saisissez le N° {name} dans une cellule au format Texte."
        )
    text = re.sub(rf"^(?:n[°o]\s*)?(?:{name}(?:\s+(?:ET|EJ))?)?\s*:?\s*", "", text, flags=re.IGNORECASE)
    return re.sub(r"[ '’.]", "", re.sub(r"\.0$", "", text))


def refuse_shortened(cell: Cell, name: str) -> None:
    """Raises RefusalError for a text that a spreadsheet shortened, ``2,41E+07``: two numbers would become one."""
    if isinstance(cell, str) and _SHORTENED.fullmatch(cell.strip()):
        raise RefusalError(
            f"{quoted(cell)} est une notation scientifique, des chiffres sont perdus : "
            f"saisissez le {name} dans une cellule au format Texte."
        )

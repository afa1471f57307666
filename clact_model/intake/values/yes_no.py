"""Yes, no: the writings of forms, exports and spreadsheets."""

from clact_model.intake.values.outcome import Read, RefusalError, quoted
from clact_model.intake.values.text import one_line
from clact_model.reading import Cell
from clact_model.wording import folded

ANSWERS = {
    **dict.fromkeys(("oui", "o", "on", "true", "vrai", "1", "x"), True),
    **dict.fromkeys(("non", "n", "off", "false", "faux", "0"), False),
}


def parse(cell: Cell) -> Read[bool]:
    """Raises RefusalError for anything but the known answers; an empty cell, the third state, never comes here."""
    answer = ANSWERS.get(folded(one_line(cell)))
    if answer is None:
        raise RefusalError(
            f"{quoted(cell)} n'est ni oui ni non : écrivez Oui ou Non, ou laissez la cellule vide si on ne sait pas."
        )
    return Read(answer)

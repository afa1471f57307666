"""What a direct reading of the platform says of itself, beside the dossiers."""

from dataclasses import dataclass

from clact_model.reading import Content, Sheet
from clact_model.reading.platform_answer import DELETED, READING, WHOLE


@dataclass(frozen=True)
class Told:
    """What was read, in the platform's own words."""

    whole: bool = True
    """It claims to hold every dossier: a file that says nothing of it does."""
    deleted: tuple[str, ...] = ()
    """Numbers of the dossiers that the platform deleted."""
    sheets: tuple[Sheet, ...] = ()
    """The sheets that say so."""


def told(content: Content) -> Told:
    """What the file says of the reading; an export says nothing."""
    by_name = {sheet.nom: sheet for sheet in content.sheets}
    reading, deleted = by_name.get(READING), by_name.get(DELETED)
    if reading is None or deleted is None or len(reading.rows) < 2 or WHOLE not in reading.rows[0]:
        return Told()
    whole = reading.cell(2, list(reading.rows[0]).index(WHOLE) + 1)
    return Told(bool(whole), tuple(str(number) for number in deleted.below(1, 1)), (reading, deleted))

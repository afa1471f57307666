"""What this tool itself writes into the copy of a file that it hands back: a sheet of remarks, which is no data."""

from dataclasses import replace

from clact_model.reading.sheet import Cell, Content

OWN_NOTES = "Remarques de l'outil CLACT sur ce fichier"
"""First cell of that sheet, by which it is known again whatever its name has become."""

OF_A_TEXT = "Données"
"""The sheet of a marked copy that stands for a csv file, which has no name."""


def is_own_notes(first: Cell) -> bool:
    """True for the first cell of our sheet of remarks."""
    return isinstance(first, str) and first.strip() == OWN_NOTES


def without_own_notes(content: Content) -> Content:
    """The content without our sheets of remarks: a copy that was mended is read as the file it was made from."""
    own = [sheet for sheet in content.sheets if sheet.nom and sheet.rows and is_own_notes(sheet.cell(1, 1))]
    return replace(content, sheets=tuple(sheet for sheet in content.sheets if sheet not in own)) if own else content

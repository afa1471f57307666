"""References given by another tool, of an invoice, of a payment: texts by which the same thing is known again."""

from clact_model.intake.values import text
from clact_model.intake.values.identifier import refuse_shortened
from clact_model.intake.values.outcome import Read
from clact_model.reading import Cell


def parse(cell: Cell) -> Read[str]:
    """The text as it is. Raises RefusalError for a number that a spreadsheet shortened, and as :mod:`text` does."""
    refuse_shortened(cell, "numéro")
    return text.parse(cell)

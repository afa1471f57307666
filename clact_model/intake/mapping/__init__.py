"""The titles of a file → the fields that its columns hold: by label, by synonym, by likeness, by a saved correspondence."""

from clact_model.intake.mapping.correspondence import Correspondence
from clact_model.intake.mapping.headers import Column, Recognised, Title, recognise
from clact_model.intake.mapping.review import ColumnSeen, SheetSeen, ValueSeen, sheets_seen, values_to_settle
from clact_model.intake.mapping.titles import Claim, Titles

__all__ = [
    "Claim",
    "Column",
    "ColumnSeen",
    "Correspondence",
    "Recognised",
    "SheetSeen",
    "Title",
    "Titles",
    "ValueSeen",
    "recognise",
    "sheets_seen",
    "values_to_settle",
]

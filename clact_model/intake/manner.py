"""How a source writes what it does not know, and what becomes of a cell that cannot be read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Manner:
    """What is expected of the cells of one kind of source."""

    unreadable_is_unknown: bool = False
    """A cell that cannot be read is left unknown and said, unless it is required: nobody can mend it at its source.
    Otherwise its row is refused."""
    zero_may_be_blank: bool = False
    """A number cell that holds 0 may be one that was left empty: it is unknown."""
    files_are_answers: bool = False
    """A column of file names says yes where a file is named, no where none is."""
    skips_totals: bool = False
    """A row that adds up those above it is passed over."""
    fallback_columns: bool = False
    """Several columns may give one field: the first that is filled counts."""


STRICT = Manner()
"""Our own workbook, and any table that a person can correct."""

PLATFORM = Manner(
    unreadable_is_unknown=True, skips_totals=True, zero_may_be_blank=True, files_are_answers=True, fallback_columns=True
)
"""The standard export of the platform: a number left blank is exported as 0."""

PLATFORM_TEMPLATE = Manner(unreadable_is_unknown=True, skips_totals=True, files_are_answers=True, fallback_columns=True)
"""An export whose columns were chosen: cells are typed, and blank ones stay blank."""

FORM = Manner(unreadable_is_unknown=True, skips_totals=True, fallback_columns=True)
"""A form that an establishment filled and sent."""

"""Sizes of what Streamlit would otherwise cut."""

_ROW = 33
"""Pixels of a row of a table, at the font size of the theme."""


def table_height(rows: int) -> int:
    """Pixels of a table that shows all of so many rows."""
    return _ROW * (rows + 1) + 2

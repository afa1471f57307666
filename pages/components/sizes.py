"""Sizes of what Streamlit would otherwise cut."""

_ROW = 33
"""Pixels of a row of a table, at the font size of the theme."""


def table_height(rows: int, most: int | None = None) -> int:
    """Pixels of a table that shows all of so many rows, up to ``most``: without it, ten are shown and the rest scrolls."""
    wanted = _ROW * (rows + 1) + 2
    return wanted if most is None else min(wanted, most)

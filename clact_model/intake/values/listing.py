"""Lists in one cell, normalised with ``; `` between the items."""

import re

from clact_model.intake.values import text
from clact_model.intake.values.outcome import Read
from clact_model.reading import Cell


def parse(cell: Cell) -> Read[str]:
    """Items separated by ``;`` or line breaks; blank ones dropped, order kept. Raises RefusalError when too long."""
    items = re.split(r"[;\n]", text.parse(cell).value)
    return Read("; ".join(text.one_line(item) for item in items if item.strip()))

"""E-mail addresses: personal data, so that no message quotes them."""

import re

from clact_model.intake.values.outcome import Read, RefusalError
from clact_model.intake.values.text import one_line
from clact_model.reading import Cell

_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"]+@[^\s@<>()\[\],;:\"]+\.[^\s@<>()\[\],;:\".]{2,}")


def parse(cell: Cell) -> Read[str]:
    """One address, or several separated by ``; ``. Raises RefusalError when one of them is not an address."""
    addresses = [part for part in re.split(r"[;,\s]+", one_line(cell).removeprefix("mailto:")) if part]
    if not isinstance(cell, str) or not addresses or not all(_ADDRESS.fullmatch(a) for a in addresses):
        raise RefusalError(
            "La cellule ne contient pas une adresse électronique : écrivez nom@domaine.fr, ou laissez-la vide."
        )
    return Read("; ".join(addresses))

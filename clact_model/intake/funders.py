"""Who else pays: the nature of a funder by its name (``data/financeurs.csv``)."""

import csv
import re
from functools import cache

from clact_model import paths
from clact_model.intake.values import Cell
from clact_model.intake.values.text import one_line
from clact_model.wording import folded

FUNDERS = paths.DATA / "financeurs.csv"


def nature(funder: Cell) -> str | None:
    """``public``, ``propre`` or ``autre``; None for a name that the list does not know."""
    words = " ".join(re.findall(r"[a-z0-9']+", folded(one_line(funder))))
    return next((nature for known, nature in _known() if re.search(rf"\b{re.escape(known)}\b", words)), None)


@cache
def _known() -> tuple[tuple[str, str], ...]:
    """Folded writing → nature, the longest first: « Apport de l'établissement » before « Établissement »."""
    with FUNDERS.open(encoding="utf-8", newline="") as lines:
        found = [(folded(row["ecriture"]), row["nature"]) for row in csv.DictReader(lines)]
    return tuple(sorted(found, key=lambda one: -len(one[0])))

"""The départements: code of INSEE → name."""

import csv
from functools import cache

from clact_model import paths

FILE = paths.DATA / "reference" / "departements.csv"


@cache
def names() -> dict[str, str]:
    """Code → name: 01..95 without 20, 2A, 2B, 971..978."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row["nom"] for row in csv.DictReader(lines)}

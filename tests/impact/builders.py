"""A call of a few dossiers of which the first ones are funded."""

from datetime import date
from pathlib import Path

from clact_model.programme import Programme
from clact_model.store import Base
from tests.allocation.campaign import grand_est
from tests.decision.builders import told_copy

LATER = date(2026, 9, 1)


def funded_two(folder: Path) -> tuple[Base, Programme]:
    """Seven dossiers of 20 000 €, the first two notified a grant on 25 June 2024."""
    return Base(told_copy(folder, "45000")), grand_est()

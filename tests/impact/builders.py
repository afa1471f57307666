"""A call of a few dossiers of which the first ones are funded."""

from datetime import date
from functools import cache
from pathlib import Path
from shutil import copy
from tempfile import mkdtemp

from clact_model import decision
from clact_model.programme import Programme
from clact_model.store import Base
from tests.allocation.campaign import TODAY, grand_est
from tests.decision.builders import COMITE, TOLD, adopt, small_call

LATER = date(2026, 9, 1)


@cache
def _template() -> Path:
    """Deciding takes seconds: once for all."""
    folder = Path(mkdtemp())
    call = small_call(folder)
    adopt(call, "45000")
    decision.confirm(call.base, call.programme, TODAY, None, COMITE)
    decision.notify(call.base, call.programme, TODAY, None, TOLD)
    call.base.close()
    return folder / "essai.duckdb"


def funded_two(folder: Path) -> tuple[Base, Programme]:
    """Seven dossiers of 20 000 €, the first two notified a grant on 25 June 2024."""
    return Base(Path(copy(_template(), folder / "essai.duckdb"))), grand_est()

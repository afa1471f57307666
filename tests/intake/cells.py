"""What a test of one cell needs: the reason of a refusal, a zone."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from clact_model.intake.values import (
    Cell,
    Read,
    RefusalError,
)

PARIS = ZoneInfo("Europe/Paris")


def refused(parse: Callable[[Cell], Read[object]], cell: Cell) -> str:
    with pytest.raises(RefusalError) as error:
        parse(cell)
    return str(error.value)

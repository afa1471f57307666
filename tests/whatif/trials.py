"""A call of the demonstration, and what its dossiers come to under a state."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from clact_model import demo, whatif
from clact_model.allocation import Settings
from clact_model.programme import ParameterValue, Programme, load_all
from clact_model.store import Base
from clact_model.whatif import Look, State

SHIPPED = list(load_all().programmes.values())
EVERY_PARAMETER = [(programme, name) for programme in SHIPPED for name in programme.file.parametres]


def day(programme: Programme) -> date:
    found = demo.judged_day(programme.id)
    assert found is not None
    return found


def start(programme: Programme, **settings: Any) -> State:
    """What the demonstration shows: its envelope, its weights."""
    envelope = programme.file.enveloppe or demo.envelope(programme.id)
    assert envelope is not None
    return State(programme, Settings(settings.pop("enveloppe", envelope), **settings))


def looker(base: Base, programme: Programme) -> Callable[[State], Look]:
    cursor = base.cursor()
    return lambda state: whatif.look(cursor, state, day(programme))


def another(programme: Programme, name: str) -> ParameterValue:
    """A value that the parameter has not, and admits."""
    parameter = programme.file.parametres[name]
    if isinstance(parameter.valeur, date):
        return parameter.valeur - timedelta(days=20)
    return parameter.valeur - Decimal("0.1") if parameter.type == "part" else parameter.valeur + 1


@cache
def shipped(identifier: str) -> Programme:
    return next(programme for programme in SHIPPED if programme.id == identifier)

"""What a rule on trial gives, computed once for each state and shared by all visitors.

Each state is kept by itself: a change more looks at one state more, and undoing it at none.
"""

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import streamlit as st

from clact_model import whatif
from clact_model.programme import Programme
from clact_model.whatif import Elsewhere, Look, State
from pages.components import base

KEPT = 64
"""States kept: some ten changes in a few orders."""
Key = tuple[Path, int, str, str, date]
"""Base, version of its data, programme, its file, day judged."""


@dataclass(frozen=True)
class There:
    """Another call brought to the year of this one, and how far the dossiers can be judged by it."""

    programme: Programme
    found: Elsewhere


def _key(programme: Programme) -> Key:
    return base.path(), base.opened().version(), programme.id, programme.fingerprint, base.today()


def _state_key(state: State) -> tuple[object, ...]:
    return (
        state.programme.id,
        state.programme.fingerprint,
        json.dumps(state.settings.to_json(), sort_keys=True),
        tuple(sorted((name, str(weight)) for name, weight in state.weights.items())),
        tuple(sorted((name, str(value)) for name, value in state.parameters.items())),
        tuple(sorted(state.sans_regles)),
    )


@st.cache_resource(show_spinner="Nouvelle instruction des dossiers…", max_entries=KEPT, hash_funcs={State: _state_key})
def _look(key: Key, state: State) -> Look:
    cursor = base.cursor()
    if state.programme.id == key[2]:
        return whatif.look(cursor, state, key[4])
    with closing(cursor):
        whatif.lend(cursor, base.catalogue().get(key[2]), state.programme)
        return whatif.look(cursor, state, key[4])


def looker(programme: Programme) -> Callable[[State], Look]:
    """What a state gives for the dossiers of the programme, under its own rules or another call's."""
    key = _key(programme)
    return lambda state: _look(key, state)


@st.cache_resource(show_spinner="Essai des règles de l'autre programme…", max_entries=16)
def _there(key: Key, other: str, fingerprint: str) -> There:
    chosen = base.catalogue().get(key[2])
    brought = whatif.in_the_year_of(chosen, base.catalogue().get(other))
    with closing(base.cursor()) as cursor:
        whatif.lend(cursor, chosen, brought)
        return There(brought, whatif.elsewhere(cursor, chosen, brought, key[4]))


def there(programme: Programme, other: Programme) -> There:
    """The dossiers of the programme under every rule of another call."""
    return _there(_key(programme), other.id, other.fingerprint)

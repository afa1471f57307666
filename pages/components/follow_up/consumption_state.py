"""The consumption of the chosen call, read once a version of the base, the programmes and the day."""

from datetime import date
from pathlib import Path

import streamlit as st

from clact_model import consumption
from clact_model.consumption import Consumption
from clact_model.programme import Programme
from pages.components import base


# A resource, not data: nothing in it changes, and it is read again whenever anything is written.
@st.cache_resource(show_spinner="Lecture du registre et prévision…", max_entries=8)
def _found(path: Path, writes: int, identifier: str, fingerprints: tuple[str, ...], day: date) -> Consumption:
    known = base.catalogue().programmes
    return consumption.read(base.cursor(), known[identifier], day, known)


def found(programme: Programme) -> Consumption:
    """The consumption of the call as of the day judged."""
    fingerprints = tuple(one.fingerprint for one in base.catalogue().programmes.values())
    return _found(base.path(), base.opened().writes(), programme.id, fingerprints, base.today())

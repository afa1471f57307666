"""Every grant of a call as of the day judged, read once for all the screens that show them."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import streamlit as st

from clact_model import tracking
from clact_model.programme import Programme
from clact_model.tracking import Situation
from pages.components import base


# A resource, not data: nothing in it changes, and it is read again whenever anything is written.
@st.cache_resource(show_spinner="Lecture du registre…", max_entries=8)
def _accounts(path: Path, writes: int, identifier: str, fingerprint: str, day: date) -> tuple[Situation, ...]:
    return tuple(tracking.situations(base.cursor(), base.catalogue().get(identifier), day))


def accounts(programme: Programme) -> Sequence[Situation]:
    """The grants, in the order of the dossiers; none before the first notification."""
    return _accounts(base.path(), base.opened().writes(), programme.id, programme.fingerprint, base.today())

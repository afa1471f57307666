"""What a screen works on: the base, the chosen programme, the day judged."""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import duckdb
import streamlit as st
from streamlit.logger import get_logger

from clact_model import clock, demo, paths
from clact_model.programme import Catalogue, Programme, load_all
from clact_model.store import Base
from pages.components import messages

_LOG = get_logger(__name__)
PROGRAMME = "programme"
"""The widget of the sidebar, and its name in the address."""
DAY = "jour"
"""The day judged, in the address."""


def path() -> Path:
    """The base to open: ``CLACT_BASE``, else the agency's own once it exists, else that of the demo on the day judged."""
    return demo.base_on(programme().id, today()) if is_demo() else _named()


def is_demo() -> bool:
    """True when the dossiers on screen are invented."""
    return demo.is_demo(_named())


def is_decided() -> bool:
    """True when the demonstration plays on a day from which its invented committee has decided."""
    return is_demo() and path().resolve() == paths.FOLLOWED_DEMO_BASE.resolve()


def _named() -> Path:
    own = paths.DEFAULT_BASE if paths.DEFAULT_BASE.exists() else paths.DEMO_BASE
    return paths.configured_base() or own


def _still_there(base: Base) -> bool:
    # A base removed by hand must not go on being written into a file without a name.
    return base.path.exists()


@st.cache_resource(show_spinner="Ouverture de la base…", validate=_still_there)
def _open(base_path: Path) -> Base:
    base = Base(base_path)
    for notice in base.notices:
        _LOG.warning("%s", notice)
    if demo.is_demo(base_path):
        demo.fill(base)
    return base


def opened() -> Base:
    """The one open base of the server: writes go through ``opened().write(…)``."""
    return _open(path())


def cursor() -> duckdb.DuckDBPyConnection:
    """A cursor for this run. Take one at the top of the page and hand it on: temporary tables belong to it."""
    return opened().cursor()


def faults() -> list[str]:
    """What the control totals found wrong when the base was opened, and what had to be repaired then."""
    return [*opened().faults_at_opening, *opened().notices]


def leave_demo() -> None:
    """Make the agency's own base, empty: from now on it is the one that opens."""
    _open(paths.DEFAULT_BASE)


# Not Streamlit's cache, which takes two milliseconds to make its key: a screen asks thirty times a run.
@lru_cache(maxsize=2)
def _catalogue(state_of_files: tuple[tuple[str, int, int], ...], invented: bool) -> Catalogue:
    shipped = load_all(paths.PROGRAMMES, paths.SOURCES)
    return demo.with_history(shipped, paths.SOURCES) if invented else shipped


def catalogue() -> Catalogue:
    """Every programme that can be used and what is wrong with the other files; read again when a file changes.

    On the demonstration, the earlier calls that only it has come after them.
    """
    files = [*sorted(paths.PROGRAMMES.glob("*.toml")), *sorted(paths.SOURCES.glob("*"))]
    stats = [(str(file), file.stat()) for file in files]
    return _catalogue(tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats), is_demo())


def programme() -> Programme:
    """The programme chosen in the sidebar; the first one until then. Ends the run when there is none."""
    programmes = catalogue().programmes
    if not programmes:
        st.error("Aucun programme utilisable dans `data/programmes/` : corrigez les fichiers signalés.")
        messages.sentences(catalogue().faults)
        st.stop()
    return programmes.get(st.session_state.get(PROGRAMME)) or next(iter(programmes.values()))


def today() -> date:
    """The day judged: ``CLACT_AUJOURDHUI``, else the day chosen in the sidebar, else the usual one."""
    return clock.imposed_day() or chosen_day() or usual_day()


def chosen_day() -> date | None:
    """The day chosen in the sidebar, as the address names it; None when there is none, or no day can be read there."""
    try:
        return date.fromisoformat(st.query_params.get(DAY, ""))
    except ValueError:
        return None


def usual_day() -> date:
    """The day judged when nobody chooses one: that on which the demo plays, else today where the call is."""
    chosen = programme()
    played = demo.judged_day(chosen.id) if is_demo() else None
    return played or clock.today(chosen)


def envelope() -> Decimal | None:
    """The envelope of the chosen programme, in EUR; that of the demo where its text states none; None when unknown."""
    chosen = programme()
    stated = chosen.file.enveloppe
    return demo.envelope(chosen.id) if stated is None and is_demo() else stated

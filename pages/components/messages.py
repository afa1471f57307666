"""What went wrong, in French: a sentence for what the reader can mend, an incident number for the rest."""

import secrets
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import streamlit as st
from streamlit.logger import get_logger

from clact_model.errors import ClactError
from pages.components import text

_LOG = get_logger(__name__)


def refusal(error: ClactError) -> None:
    """One error that the reader can act on."""
    st.error(text.plain(error), icon=":material/error:")


@contextmanager
def refusals() -> Iterator[None]:
    """What the block refuses is shown in its place; the page goes on after it."""
    try:
        yield
    except ClactError as error:
        refusal(error)


def on_script_error(error: Exception) -> bool:
    """Called by the server for whatever a page let through. True: Streamlit's own English display is not wanted."""
    if isinstance(error, ClactError):
        refusal(error)
        return True
    incident = secrets.token_hex(3).upper()
    # Streamlit has just written the whole trace to the log: this line ties the number to it.
    place = traceback.extract_tb(error.__traceback__)[-1]
    _LOG.error("Incident %s: %s in %s, line %s", incident, type(error).__name__, place.filename, place.lineno)
    st.error(
        f"Cette page n'a pas pu être affichée. **Incident {incident}** : rechargez la page ; si cela se répète, "
        "transmettez ce numéro à la personne qui administre l'outil, le détail est dans le journal du serveur.",
        icon=":material/error:",
    )
    return True


def sentences(found: Sequence[str]) -> None:
    """Several things to mend, in one box; nothing when there is none."""
    if found:
        st.error("\n".join(f"- {text.plain(sentence)}" for sentence in found), icon=":material/error:")

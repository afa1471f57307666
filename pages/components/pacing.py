"""What is shown first, first."""

import time

import streamlit as st

PAUSE = 0.35
"""Seconds: what a browser needs to paint the figures before a large part of the program keeps it busy."""
_SEEN = "_chiffres_peints"


def figures_first() -> None:
    """Let the figures above be painted: once a visit, before the first chart or table.

    Their libraries are files of one to five megabytes. Asked for together with the figures, they hold them back by half
    a second (tables) to three (charts); asked for a moment later, they come no later to the eye.
    """
    if not st.session_state.get(_SEEN):
        st.session_state[_SEEN] = True
        time.sleep(PAUSE)

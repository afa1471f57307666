"""What is shown first, first."""

import time

import streamlit as st

PAUSE = 0.35
"""Seconds: what a browser needs to paint the figures before the chart library keeps it busy."""
_SEEN = "_graphiques_charges"


def before_charts() -> None:
    """Let the figures above be painted: once a visit, before the first chart.

    The charts' library is a file of nearly five megabytes. Asked for together with the figures, it holds them back by
    two to three seconds; asked for a moment later, it comes no later to the eye.
    """
    if not st.session_state.get(_SEEN):
        st.session_state[_SEEN] = True
        time.sleep(PAUSE)

"""What is ticked in a table stays ticked when its list changes: Streamlit keeps places, which then hold other rows."""

from collections.abc import Hashable, Sequence

import streamlit as st


def follow(key: str, names: Sequence[Hashable]) -> None:
    """Move the ticks of the table to where their rows are now; those whose row is no longer listed go. Before the table is drawn.

    Else a filter, another page, a write or another user would put a tick on a row that nobody picked, and the form under the
    table would act on it.
    """
    remembered = f"{key}_lignes"
    sent: Sequence[Hashable] = st.session_state.get(remembered, names)
    st.session_state[remembered] = names
    if names == sent or key not in st.session_state:
        return
    picked = {sent[place] for place in st.session_state[key]["selection"]["rows"] if place < len(sent)}
    rows = sorted(names.index(name) for name in picked if name in names)
    st.session_state[key] = {"selection": {"rows": rows, "columns": [], "cells": []}}

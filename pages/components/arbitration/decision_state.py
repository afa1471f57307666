"""Which selection a screen works on: what is shown of it, and the version that the reader saw."""

import streamlit as st

from clact_model import decision
from clact_model.decision import Held
from clact_model.programme import Programme
from pages.components import base

PAGE = "pages/arbitrage/selection.py"
DECISIONS, SCENARIOS = "Décisions", "Scénarios"
_VIEW, _WANTED, _SEEN = "vue_selection", "vue_selection_voulue", "selection_vue"


def held(programme: Programme) -> Held | None:
    """The selection as the base holds it now; None before the first adoption."""
    return decision.held(base.cursor(), programme)


def seen(programme: Programme, found: Held) -> int:
    """The version that the last run showed: what a button pressed in this run was pressed on."""
    key = f"{_SEEN}_{programme.id}"
    shown: int = st.session_state.get(key, found.committee.version)
    st.session_state[key] = found.committee.version
    return shown


def view(found: Held | None) -> str:
    """What is shown: the decisions, once there are some, or the scenarios."""
    if found is None:
        return SCENARIOS
    if wanted := st.session_state.pop(_WANTED, None):
        st.session_state[_VIEW] = wanted
    chosen = st.segmented_control(
        "Afficher",
        [DECISIONS, SCENARIOS],
        # Both a default and a value put there by the code would be one too many.
        default=None if _VIEW in st.session_state else DECISIONS,
        required=True,
        key=_VIEW,
        bind="query-params",
        label_visibility="collapsed",
    )
    return chosen or DECISIONS


def show_decisions_next() -> None:
    """The next run shows the decisions."""
    st.session_state[_WANTED] = DECISIONS

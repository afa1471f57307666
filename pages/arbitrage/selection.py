"""Sélection : ce que le comité décide, depuis les trois listes d'un scénario jusqu'à la notification."""

import streamlit as st

from clact_model import dossiers, selection
from pages.components import base, links, sidebar, writes
from pages.components.arbitration import decision_adoption, decision_board, decision_state, selection_lists
from pages.components.messages import refusals

programme = base.programme()
st.title("Sélection", anchor=False)
writes.said()

with refusals():
    if not dossiers.numbers(base.cursor(), programme):
        links.nothing_yet()
        sidebar.stop()
    held = decision_state.held(programme)
    seen = decision_state.seen(programme, held) if held else None
    if held and seen is not None and decision_state.view(held) == decision_state.DECISIONS:
        decision_board.show(programme, held, seen)
        sidebar.stop()
    chosen = selection_lists.choose(programme)
    if chosen is None:
        sidebar.stop()
    found = selection.lists(base.cursor(), programme, chosen.result)
    selection_lists.warnings(programme, chosen)
    decision_adoption.panel(programme, chosen, held, seen)
    selection_lists.totals(chosen.result, found)
    selection_lists.files(programme, chosen, found)
    selection_lists.tabs(found)
    selection_lists.context(programme, chosen)

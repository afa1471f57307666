"""Sélection : les trois listes d'un scénario, leurs totaux, leurs fichiers."""

import streamlit as st

from clact_model import dossiers, selection
from pages.components import base, links, selection_lists, sidebar
from pages.components.messages import refusals

programme = base.programme()
st.title("Sélection", anchor=False)

with refusals():
    if not dossiers.numbers(base.cursor(), programme):
        links.nothing_yet()
        sidebar.stop()
    chosen = selection_lists.choose(programme)
    if chosen is None:
        sidebar.stop()
    found = selection.lists(base.cursor(), programme, chosen.result)
    selection_lists.warnings(programme, chosen)
    selection_lists.totals(chosen.result, found)
    selection_lists.downloads(programme, chosen, found)
    selection_lists.tabs(found)
    selection_lists.context(programme, chosen)

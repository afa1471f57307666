"""Échéances : ce qui est dû, par qui, jusqu'à quand, et les relances à envoyer."""

import streamlit as st

from pages.components import base, links, sidebar
from pages.components.follow_up import due_board, due_letters

programme = base.programme()
st.title("Échéances")

found = due_board.due(programme)
if not found:
    st.info(
        "Rien n'est dû pour l'instant : les échéances commencent quand une décision est notifiée.",
        icon=":material/event:",
    )
    links.to(links.SELECTION, "Sélection", icon=":material/playlist_add_check:")
    sidebar.stop()

due_board.summary(found)
VIEWS = ("Calendrier", "Relances")
view = st.segmented_control(
    "Vue", VIEWS, default=VIEWS[0], required=True, key="vue", bind="query-params", label_visibility="collapsed"
)
if view == VIEWS[1]:
    due_letters.show(programme, found)
else:
    due_board.calendar(programme, found)

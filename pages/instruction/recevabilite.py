"""Recevabilité : ce que chaque règle arrête, dossier par dossier, et les pièces à demander."""

import streamlit as st

from pages.components import base, judged, links, sidebar, writes
from pages.components.instruction import eligibility_board, pieces_board

programme = base.programme()
st.title("Recevabilité")

rows = judged.summaries()
if not rows:
    links.nothing_yet()
    sidebar.stop()

eligibility_board.by_verdict(rows)
VIEWS = ("Par règle", "Règles × dossiers", "Pièces à demander", "Pièces demandées")
writes.said()
view = st.segmented_control(
    "Vue", VIEWS, default=VIEWS[0], required=True, key="vue", bind="query-params", label_visibility="collapsed"
)
if view == VIEWS[1]:
    eligibility_board.grid(programme, rows)
elif view == VIEWS[2]:
    pieces_board.to_ask(programme, judged.requests(), rows)
elif view == VIEWS[3]:
    pieces_board.awaited(programme, rows)
else:
    eligibility_board.rules(programme, judged.rules())

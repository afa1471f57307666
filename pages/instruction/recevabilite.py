"""Recevabilité : ce que chaque règle arrête, dossier par dossier, et les pièces à demander."""

import streamlit as st

from pages.components import base, eligibility_board, judged, links, sidebar

programme = base.programme()
st.title("Recevabilité")

rows = judged.summaries()
if not rows:
    links.nothing_yet()
    sidebar.stop()

eligibility_board.by_verdict(rows)
VIEWS = ("Par règle", "Règles × dossiers", "Pièces à demander")
view = st.segmented_control(
    "Vue", VIEWS, default=VIEWS[0], required=True, key="vue", bind="query-params", label_visibility="collapsed"
)
if view == VIEWS[1]:
    eligibility_board.grid(programme, rows)
elif view == VIEWS[2]:
    eligibility_board.requests(programme, judged.requests())
else:
    eligibility_board.rules(programme, judged.rules())

"""Priorités : les critères et leurs poids, le classement qu'ils donnent, et ce que d'autres poids y changeraient."""

import streamlit as st

from pages.components import base, links, prepared, sidebar
from pages.components.arbitration import ranking, robustness_board, weight_panel, weights
from pages.components.messages import refusals

programme = base.programme()
used = weights.in_use(programme)
st.title("Priorités", anchor=False)
weights.caption(programme, used)

if not programme.file.critere:
    st.info(
        "Le programme ne donne aucun critère : les dossiers se suivent par agents concernés, puis par date de dépôt."
    )
else:
    weight_panel.panel(programme, used)

with refusals():
    found = prepared.ranking(used)
    if not found.received:
        links.nothing_yet()
        sidebar.stop()
    if not found.ranked:
        st.info("Aucun dossier n'a de place : tous sont irrecevables ou en sursis. La page Recevabilité dit pourquoi.")
        sidebar.stop()

    places, sure = st.tabs(["Classement", "Robustesse"], key="lecture", on_change="rerun", bind="query-params")
    if places.open:
        with places:
            reference = prepared.ranking(weights.stated(programme))
            before = {dossier.numero: dossier.position for dossier in reference.ranked}
            ranking.figures(programme, found, before, weights.stated_name(programme))
            view = st.segmented_control(
                "Afficher", ranking.VIEWS, default=ranking.VIEWS[0], key="vue", bind="query-params"
            )
            picked = ranking.table(programme, found, before, view or ranking.VIEWS[0])
            if picked:
                ranking.explain(programme, found, picked)
            elif programme.file.critere:
                ranking.compare_first(programme, found)
    if sure.open:
        with sure, refusals():
            robustness_board.board(programme, used)

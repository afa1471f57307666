"""Consommation : qui consomme, qui est en retard et de combien, ce qui reviendra."""

import streamlit as st

from pages.components import base, pacing, sidebar, writes
from pages.components.follow_up import (
    consumption_account,
    consumption_curve,
    consumption_head,
    consumption_recovery,
    consumption_state,
    consumption_table,
    statement_files,
    tracking_head,
)
from pages.components.messages import refusals

VIEWS = ("Subventions", "Courbe et répartition", "Récupération", "États récapitulatifs")
programme = base.programme()
st.title("Consommation", anchor=False)
writes.said()

with refusals():
    found = consumption_state.found(programme)
    if not found.watched:
        tracking_head.nothing_yet(programme)
        sidebar.stop()
    consumption_head.show(found)
    consumption_head.caveat(found)
    pacing.figures_first()
    view = st.segmented_control(
        "Vue",
        VIEWS,
        default=VIEWS[0],
        required=True,
        key="conso_vue",
        bind="query-params",
        label_visibility="collapsed",
    )
    if view == VIEWS[1]:
        consumption_curve.show(found)
    elif view == VIEWS[2]:
        consumption_recovery.show(programme, found)
    elif view == VIEWS[3]:
        statement_files.show(programme)
    elif (one := consumption_table.pick(programme, found)) is not None:
        consumption_account.show(programme, found, one)

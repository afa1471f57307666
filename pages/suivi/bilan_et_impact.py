"""Bilan et impact : où est chaque euro, ce qui était promis, ce qui a changé, et les années d'avant."""

import streamlit as st

from clact_model import dossiers
from pages.components import base, links, sidebar, writes
from pages.components.follow_up import outcome_compared, outcome_export, outcome_indicators, outcome_sums, outcome_years
from pages.components.messages import refusals

PARTS = {
    "Bilan": outcome_sums.show,
    "Indicateurs": outcome_indicators.show,
    "Avant et après": outcome_compared.show,
    "Années": outcome_years.show,
}

programme = base.programme()
st.title("Bilan et impact", anchor=False)
writes.said()

if not dossiers.numbers(base.cursor(), programme):
    links.nothing_yet()
    sidebar.stop()

outcome_export.button(programme)
tabs = st.tabs(list(PARTS), key="bilan", on_change="rerun", bind="query-params")
for tab, show in zip(tabs, PARTS.values(), strict=True):
    if tab.open:
        with tab, refusals():
            show(programme)

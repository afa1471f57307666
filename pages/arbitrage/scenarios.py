"""Scénarios : ceux qui sont enregistrés, ce qui les distingue, qui ils touchent, ce qu'ils donneraient aujourd'hui."""

import streamlit as st

from clact_model import scenario
from pages.components import base, sidebar, writes
from pages.components.arbitration import (
    scenario_acts,
    scenario_again,
    scenario_compare,
    scenario_equity,
    scenario_list,
    scenario_sheet,
)
from pages.components.messages import refusals

VIEWS = {
    "Fiche": scenario_sheet.show,
    "Équité": scenario_equity.show,
    "Rejouer aujourd'hui": scenario_again.show,
}
COMPARE = "Comparer"

programme = base.programme()
st.title("Scénarios", anchor=False)
writes.said()

with refusals():
    found = scenario.of_programme(base.cursor(), programme)
    if not found:
        scenario_acts.none_yet()
        sidebar.stop()
    scenario_list.table(programme, found)
    view = st.segmented_control(
        "Afficher", [*VIEWS, COMPARE], default="Fiche", required=True, key="volet", bind="query-params"
    )
    if view == COMPARE:
        scenario_compare.show(programme, found)
    else:
        VIEWS[view or "Fiche"](programme, scenario_list.choice(found))

"""Tableau de bord : où en est l'appel, et ce qui attend quelqu'un."""

import streamlit as st

from pages.components import base, judged, links, pacing, sidebar
from pages.components.campaign import dashboard, since
from pages.components.follow_up import tracking_tasks

programme = base.programme()
st.title("Tableau de bord")

found = judged.glance()
if not found.dossiers:
    links.nothing_yet()
    dashboard.calendar(programme)
    sidebar.stop()

dashboard.figures(programme, found)
pacing.figures_first()
dashboard.envelope_bar(programme)
dashboard.tasks(found.tasks)
tracking_tasks.show(programme)
since.show(programme)
dashboard.calendar(programme)
dashboard.splits(programme, found)

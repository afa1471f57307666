"""Dossiers : la liste, ses filtres gardés dans l'adresse, ses vues enregistrées, ses totaux, son export."""

import streamlit as st

from clact_model import overview
from pages.components import base, judged, links, sidebar, writes
from pages.components.instruction import dossier_list, saved_views, setting_aside

programme = base.programme()
st.title("Dossiers")

rows = judged.summaries()
if not rows:
    links.nothing_yet()
    sidebar.stop()

writes.said()
filters = dossier_list.filters(programme, rows)
shown = overview.filtered(rows, filters)
with st.container(horizontal=True):
    saved_views.menu(programme, filters)
    if shown:
        dossier_list.export(programme, shown, filters)
saved_views.question(programme, filters)
dossier_list.totals(shown, len(rows))
if not shown:
    st.info("Aucun dossier ne passe tous ces filtres : retirez-en un.", icon=":material/filter_alt_off:")
    sidebar.stop()

dossier_list.table(programme, shown)
setting_aside.listed(programme)

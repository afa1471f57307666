"""Dossiers : la liste, ses filtres gardés dans l'adresse, ses totaux, son export."""

import streamlit as st

from clact_model import overview
from pages.components import base, dossier_list, judged, links, sidebar

programme = base.programme()
st.title("Dossiers")

rows = judged.summaries()
if not rows:
    links.nothing_yet()
    sidebar.stop()

filters = dossier_list.filters(programme, rows)
shown = overview.filtered(rows, filters)
dossier_list.totals(shown, len(rows))
if not shown:
    st.info("Aucun dossier ne passe tous ces filtres : retirez-en un.", icon=":material/filter_alt_off:")
    sidebar.stop()

dossier_list.export(programme, shown, filters)
dossier_list.table(programme, shown)

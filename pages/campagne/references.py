"""Références : charger FINESS et les GHT, voir ce que les dossiers disent autrement, compléter ce qu'ils laissent vide."""

import streamlit as st

from pages.components import base, judged, links, sidebar, writes
from pages.components.campaign import reference_checks, reference_files

programme = base.programme()
st.title("Références")
writes.said()

known = reference_files.held()
reference_files.drop(opened=not known)
if not known:
    sidebar.stop()
if not judged.summaries():
    links.nothing_yet()
    sidebar.stop()

found = reference_checks.compared(programme)
st.subheader(
    f"Les dossiers de {programme.titre}", help="Comparés à ce qui est chargé, par leur FINESS, sinon leur SIRET."
)
reference_checks.summary(found)
differences, completion = st.tabs(["Différences", "À compléter"], key="references_partie")
with differences:
    reference_checks.differences(programme, found[0])
with completion:
    reference_checks.completion(programme, found[1])

"""Doublons : les dossiers qui se ressemblent, deux par deux, et ce qu'on en décide."""

import streamlit as st

from pages.components import base, judged, links, sidebar, writes
from pages.components.instruction import duplicate_pairs

programme = base.programme()
st.title("Doublons")

if not judged.summaries():
    links.nothing_yet()
    sidebar.stop()

writes.said()
duplicate_pairs.show(programme)

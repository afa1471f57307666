"""Importer : déposer des fichiers, voir ce qu'ils feraient, puis écrire."""

import streamlit as st

from pages.components import base
from pages.components.campaign import import_history, import_screen, mapping_panel, mapping_state, platform_reading

programme = base.programme()
st.title("Importer")

import_screen.templates(programme)
files, partial = import_screen.chosen_files()
files = files or platform_reading.files(programme)
if files:
    said = mapping_state.of(files)
    found = import_screen.preview(programme, files, partial, said)
    import_screen.outcome(found.report)
    import_screen.confirm(programme, found)
    mapping_panel.show(programme, found.report, said)
    import_screen.details(programme, found.report)
else:
    import_screen.written()

import_history.show(programme)

"""Importer : déposer des fichiers, voir ce qu'ils feraient, puis écrire."""

import streamlit as st

from pages.components import base, import_screen

programme = base.programme()
st.title("Importer")

import_screen.templates(programme)
files, partial = import_screen.chosen_files()
if files:
    found = import_screen.preview(programme, files, partial)
    import_screen.outcome(found.report)
    import_screen.confirm(programme, found)
    import_screen.details(programme, found.report)
else:
    import_screen.written()

import_screen.history(programme)

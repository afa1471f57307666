"""Règles : le programme lu à voix haute, chaque règle avec les mots du texte derrière elle."""

import streamlit as st

from pages.components import base, judged
from pages.components.campaign import programme_editor, rulebook

programme = base.programme()
st.title("Règles")
rulebook.head(programme)

parts = {
    "Règles": lambda: rulebook.rules(programme, judged.rules()),
    "Aide et paramètres": lambda: rulebook.aid(programme),
    "Priorités": lambda: rulebook.priorities(programme),
    "Calendrier et suivi": lambda: rulebook.calendar(programme),
    "Points ouverts": lambda: rulebook.ambiguities(programme),
    "Textes": lambda: rulebook.sources(programme, base.catalogue().faults),
    programme_editor.PART: lambda: programme_editor.show(programme),
}
tabs = st.tabs(list(parts), key="partie", on_change="rerun", bind="query-params")
for tab, show in zip(tabs, parts.values(), strict=True):
    if tab.open:
        with tab:
            show()

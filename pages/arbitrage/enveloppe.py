"""Enveloppe : qui est financé, qui ne l'est pas, et pourquoi, pendant que le curseur bouge."""

import streamlit as st

from pages.components import base, links, sidebar
from pages.components.arbitration import envelope, envelope_settings, weights
from pages.components.messages import refusals

programme = base.programme()
used = weights.in_use(programme)
st.title("Enveloppe", anchor=False)
weights.caption(programme, used)

with refusals():
    choices = envelope_settings.panel(programme, used)
    if not choices.ready().lines:
        links.nothing_yet()
        sidebar.stop()
    envelope.answer(programme, choices, base.envelope())

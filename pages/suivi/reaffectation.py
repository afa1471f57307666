"""Réaffectation : ce qui est revenu, offert à la liste d'attente par les règles de l'arbitrage."""

import streamlit as st

from pages.components import base, links, sidebar, writes
from pages.components.arbitration import decision_state
from pages.components.follow_up import reallocation_adoption, reallocation_answer, reallocation_choices
from pages.components.messages import refusals

programme = base.programme()
st.title("Réaffectation", anchor=False)
writes.said()

with refusals():
    held = decision_state.held(programme)
    if held is None:
        st.info(
            "Rien n'est encore décidé pour ce programme : ce qui reviendra des subventions accordées sera offert ici à la "
            "liste d'attente.",
            icon=":material/hourglass_empty:",
        )
        links.to(decision_state.PAGE, "Adopter un scénario", icon=":material/gavel:")
        sidebar.stop()
    seen = decision_state.seen(programme, held)
    found = reallocation_choices.offered(programme)
    reallocation_answer.money(found.money)
    reallocation_adoption.give_back(programme, held, seen)
    if not found.lines:
        st.info(
            "Aucune demande n'est en liste d'attente : il n'y a personne à qui réaffecter.", icon=":material/inbox:"
        )
        sidebar.stop()
    chosen = reallocation_choices.choose(programme, found)
    reallocation_answer.figures(chosen.result)
    reallocation_answer.risk(programme, found.money, chosen.result)
    reallocation_adoption.panel(programme, chosen, held, seen)
    reallocation_answer.lines(programme, chosen.result)
    reallocation_answer.history(programme)

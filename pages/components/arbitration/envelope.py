"""The envelope on screen: the slider, the exact amount, and the answer while they move."""

from decimal import Decimal

import streamlit as st

from clact_model.allocation import summary
from clact_model.programme import Programme
from pages.components import amounts, messages
from pages.components.arbitration import (
    envelope_answer,
    envelope_study,
    envelope_why,
    scenario_form,
    simulations,
    solving,
)
from pages.components.arbitration.envelope_settings import Choices

SLIDER_WORDS = "Ce qu'il y a à répartir. Les flèches du clavier déplacent le curseur d'un pas ; le champ est exact."


@st.fragment
def answer(programme: Programme, choices: Choices, stated: Decimal | None) -> None:
    """Alone at each move: the settings around it stay as they are."""
    with messages.refusals():
        ready = choices.ready()
        amount = _amount(programme, ready.demand, stated)
        if amount is None:
            st.info("Le texte de l'appel ne donne pas d'enveloppe : saisissez un montant, la réponse suit.")
            return
        settings = choices.settings(amount, ready.lines)
        # What is asked, answered, computed or impossible: the other pages must not go on with the question before it.
        simulations.keep(programme, settings, choices.weights)
        before = solving.latest(programme)
        result = solving.answer(programme, ready, settings, choices.weights, before)
        if shown := result or before:
            envelope_answer.figures(programme, shown, ready.demand)
            envelope_answer.bar(shown)
        if result:
            envelope_why.followed(programme, result, choices)
            scenario_form.save(programme, result, ready.basis)
        if shown:
            envelope_answer.lists(programme, shown, ready.demand)
        if result:
            envelope_study.panel(programme, result, choices, summary.span(ready.demand, stated or amount)[0])


def _amount(programme: Programme, asked: summary.Demand, stated: Decimal | None) -> Decimal | None:
    exact = f"enveloppe_{programme.id}"
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        place = st.container()
        amount = amounts.field(
            "Montant exact (€)", exact, stated, "L'enveloppe au centime près : 4 000 000,00 par exemple."
        )
        if amount is not None:
            largest, step = summary.span(asked, stated or amount)
            with place:
                amounts.slider("Enveloppe (€)", f"curseur_{programme.id}", exact, largest, step, SLIDER_WORDS)
    return amount

"""The envelope on screen: the slider, the exact amount, and the answer while they move."""

from decimal import Decimal

import streamlit as st

from clact_model import allocation, formats
from clact_model.allocation import Result, Settings, exact, summary
from clact_model.programme import Programme
from pages.components import amounts, messages, prepared
from pages.components.arbitration import envelope_answer, envelope_study, envelope_why, scenario_form, simulations
from pages.components.arbitration.envelope_settings import BEST, Choices

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
        result = _shared_out(ready, settings, choices)
        simulations.keep(programme, settings, choices.weights)
        envelope_answer.figures(programme, result, ready.demand)
        envelope_answer.bar(result)
        envelope_why.followed(programme, result, choices)
        scenario_form.save(programme, result, ready.basis)
        envelope_answer.lists(programme, result, ready.demand)
        envelope_study.panel(programme, result, choices, summary.span(ready.demand, stated or amount)[0])


def _shared_out(ready: prepared.Ready, settings: Settings, choices: Choices) -> Result:
    """The answer of the strategy. That of the optimum may take a second: the last plan stays on screen meanwhile, under
    the total that no plan can exceed."""
    if settings.strategie != BEST:
        return allocation.run(ready.lines, settings)
    place = st.empty()
    bound = _most(ready, settings)
    place.caption(f":material/hourglass_empty: {bound} L'optimum se calcule…")
    result = prepared.allocated(choices.weights, settings)
    proof = (
        "Optimum prouvé : aucune répartition ne fait mieux." if result.proven else "Meilleur plan trouvé, non prouvé."
    )
    place.caption(f":material/verified: {proof} {bound}")
    return result


def _most(ready: prepared.Ready, settings: Settings) -> str:
    if settings.objectif != "score":
        return ""
    try:
        most = allocation.relaxed_score(ready.lines, settings)
    except exact.InfeasibleError:
        return ""
    return f"Borne du score total, aides coupées à volonté : {formats.number(most)}."


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

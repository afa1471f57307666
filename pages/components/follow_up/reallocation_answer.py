"""What there is to give again, what a reallocation gives to whom, and the risk of over-programming."""

import streamlit as st

from clact_model import decision, formats, reallocation
from clact_model.allocation import Result, summary
from clact_model.programme import Programme
from clact_model.reallocation import Money
from pages.components import base, envelope_bar, metrics, tables, text
from pages.components.arbitration import envelope_answer
from pages.components.follow_up import consumption_state
from pages.components.metrics import Figure
from pages.components.tables import Column

HISTORY = ("reaffecter", "rendre_reaffectation")


def money(found: Money) -> None:
    """Where what may be given again comes from."""
    metrics.grid(
        [
            Figure(
                "Libéré (€)",
                formats.euros(found.libere),
                "Accordé, et qui ne sera pas versé : registre des conventions.",
            ),
            Figure("Récupéré (€)", formats.euros(found.recupere), "Versé, redemandé et revenu."),
            Figure(
                "Déjà réaffecté (€)",
                formats.euros(found.given),
                "Accordé de nouveau, en plus de l'enveloppe du départ, revenu ou pas encore.",
            ),
            Figure(
                "Reste (€)",
                formats.euros(found.reste),
                "Reste de l'enveloppe : ce que le comité n'a ni décidé ni proposé.",
            ),
            Figure(
                "Surprogrammation (€)",
                formats.euros(found.over),
                "Ce qui peut être accordé avant d'être revenu, au taux choisi : ce qui revient ensuite le couvre d'abord.",
            ),
            Figure(
                "À réaffecter (€)",
                formats.euros(found.total),
                "Libéré, récupéré, reste et surprogrammation, moins ce qui est déjà réaffecté.",
            ),
        ],
        columns=3,
    )


def figures(result: Result) -> None:
    """What is given, and what would be left."""
    waiting = len(result.lines)
    envelope_bar.show({"Accordé": result.granted, "Reste": result.left}, result.enveloppe)
    st.caption(
        f"{formats.plural(len(result.funded), 'demande financée', 'demandes financées')} sur "
        f"{formats.number(waiting)} en liste d'attente."
    )


def risk(programme: Programme, available: Money, result: Result) -> None:
    """Said only while something would be granted before it has come back."""
    if not available.after(result.granted)[1]:
        return
    foreseen = reallocation.outlook(consumption_state.found(programme))
    found = reallocation.risk(available, result.granted, foreseen)
    sentences = found.warnings
    if found.probabilite is not None:
        sentences.append(
            f"Dans {formats.share(found.probabilite)} des tirages de la prévision, ce qui revient en tout suffit à couvrir ce qui "
            f"est réaffecté ; il en revient au moins {formats.whole_euros(found.median)} une fois sur deux. La prévision repose "
            f"sur {formats.plural(found.cas, 'subvention observée', 'subventions observées')} au moins."
        )
    st.warning("  \n".join(map(text.plain, sentences)), icon=":material/warning:")


def lines(programme: Programme, result: Result) -> None:
    """Every line of the waiting list with its reason."""
    envelope_answer.lists(programme, result, summary.demand(outcome.line for outcome in result.lines))


def history(programme: Programme) -> None:
    """What was given again before, and given back."""
    steps = [step for step in decision.steps(base.cursor(), programme) if step.nature in HISTORY]
    if not steps:
        return
    with st.expander("Réaffectations faites", icon=":material/history:"):
        tables.show(
            [
                {
                    "quand": step.quand,
                    "auteur": step.auteur,
                    "nature": decision.OPERATIONS[step.nature],
                    "detail": step.detail,
                }
                for step in steps
            ],
            [
                Column("quand", "Quand", "moment", fuseau=programme.fuseau),
                Column("auteur", "Qui"),
                Column("nature", "Opération"),
                Column("detail", "Détail", width=640),
            ],
            key="reaffectations_faites",
            alt="Réaffectations faites",
        )

"""What rules on trial start from: the simulation under way, else the envelope of the call, else the one that is asked for."""

from collections.abc import Mapping
from decimal import Decimal

import streamlit as st

from clact_model import formats
from clact_model.allocation import STRATEGIES, Settings
from clact_model.programme import Programme
from clact_model.whatif import State
from pages.components import amounts, base, text
from pages.components.arbitration import simulations


def start(programme: Programme, weights: Mapping[str, Decimal]) -> State | None:
    """The state before any change; None, with what to do about it, while no envelope is known."""
    trying = simulations.under_way(programme)
    if trying is not None:
        _said(programme, trying.settings, "Départ : la simulation en cours à la page Enveloppe")
        return State(programme, trying.settings, weights)
    stated = base.envelope()
    if stated is not None:
        settings = Settings(stated)
        _said(programme, settings, "Départ : l'enveloppe de l'appel")
        return State(programme, settings, weights)
    asked = amounts.field(
        "Enveloppe (€)", f"essai_depart_{programme.id}", None, "Ce qu'il y a à répartir avant tout changement."
    )
    if asked is None:
        st.info("Le texte de l'appel ne donne pas d'enveloppe : saisissez un montant, l'essai suit.")
        return None
    return State(programme, Settings(asked), weights)


def _said(programme: Programme, settings: Settings, whence: str) -> None:
    unit = "dossier" if settings.unite == "dossier" else programme.line_word
    st.caption(
        f":material/flag: {whence}, **{formats.whole_euros(settings.enveloppe)}**, "
        f"{STRATEGIES[settings.strategie].libelle.lower()}, par {text.plain(unit)}.",
        help="Les réglages (réserve, stratégie, demandes retenues d'office) se choisissent à la page Enveloppe. "
        "Sous les règles essayées de cet appel, les dérogations restent posées.",
    )

"""The settings of a saved scenario, put into the fields of the page Enveloppe."""

import streamlit as st

from clact_model.allocation import Settings
from clact_model.allocation.settings import label
from clact_model.programme import Programme
from clact_model.scenario import Basis
from pages.components import amounts
from pages.components.arbitration import envelope_constraints, weights


def put(programme: Programme, settings: Settings, basis: Basis) -> None:
    """From a callback. What has left the base since is let go by the fields themselves."""
    own, unite = programme.id, settings.unite
    amounts.put(f"enveloppe_{own}", settings.enveloppe)
    amounts.put(f"reserve_{own}", settings.reserve)
    st.session_state[f"strategie_{own}"] = settings.strategie
    st.session_state[f"unite_{own}"] = unite
    st.session_state[f"inclure_{own}"] = sorted(settings.inclure, reverse=True)
    st.session_state[f"part_utile_{own}"] = min(100, max(5, round(settings.part_utile * 100)))
    st.session_state[f"objectif_{own}"] = settings.objectif
    st.session_state[f"seuil_{own}"] = min(99, round(settings.seuil))
    envelope_constraints.reopen(programme, settings)
    for way, keys in (("force", settings.forced_in), ("exclure", settings.forced_out)):
        st.session_state[f"{way}_{own}_{unite}"] = sorted(label(key) for key in keys)
    weights.use(programme, basis.poids)

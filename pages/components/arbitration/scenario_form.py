"""A simulation put away under a name."""

import uuid

import streamlit as st

from clact_model import scenario
from clact_model.allocation import Result
from clact_model.programme import Programme
from clact_model.scenario import Basis
from pages.components import amounts, base, messages, text

_OPERATION = "operation_scenario"


def save(programme: Programme, result: Result, basis: Basis) -> None:
    """A name and a button; a name that is taken is replaced only by who says so."""
    with st.popover("Enregistrer le scénario", icon=":material/save:"):
        with st.form("enregistrer_scenario", border=False, enter_to_submit=False):
            name = st.text_input("Nom du scénario", width=amounts.NARROW, placeholder="Comité du 12 juin")
            note = st.text_area("Note (facultative)", height=80, placeholder="Ce que ce scénario essaie, et pourquoi")
            again = st.checkbox("Remplacer le scénario de ce nom s'il existe")
            asked = st.form_submit_button("Enregistrer", type="primary")
        if asked:
            with messages.refusals():
                _write(programme, name, result, basis, again, note)


def _write(programme: Programme, name: str, result: Result, basis: Basis, again: bool, note: str) -> None:
    # The same click twice is done once.
    operation = st.session_state.setdefault(_OPERATION, str(uuid.uuid4()))
    scenario.save(base.opened(), programme, name, result, basis, replace=again, note=note, operation=operation)
    del st.session_state[_OPERATION]
    st.success(
        f"Scénario « {text.plain(name.strip())} » enregistré. La page Sélection donne ses listes, la page Scénarios le compare.",
        icon=":material/check:",
    )

"""What the committee decided of a dossier, said on its fiche."""

import streamlit as st

from clact_model import decision, formats
from clact_model.decision import Decision
from clact_model.programme import Programme
from pages.components import base


def show(programme: Programme, numero: str) -> None:
    """One line for what is decided or proposed; nothing when the dossier is in no selection."""
    found = decision.of_dossier(base.cursor(), programme, numero)
    settled = [one for one in found if one.decided]
    if settled:
        st.info(
            f"**Décidé** : {_words(programme, settled)}. Une dérogation ou une note reste possible ; un import ne change plus "
            "ce dossier, et la décision, elle, se change à la page Sélection.",
            icon=":material/gavel:",
        )
    elif found:
        st.caption(f":material/gavel: Dans la sélection : {_words(programme, found)}.")


def _words(programme: Programme, found: list[Decision]) -> str:
    return " ; ".join(_one(programme, one) for one in found)


def _one(programme: Programme, one: Decision) -> str:
    line = f"{programme.line_word} {one.ligne} : " if one.ligne else ""
    amount = f" pour {formats.euros(one.accorde)}" if one.issue == "retenu" else ""
    return f"{line}{decision.words(one).lower()}{amount}"

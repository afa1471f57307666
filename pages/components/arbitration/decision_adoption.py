"""A scenario adopted: what that proposes is shown, and what is decided already asked about, before anything is written."""

import uuid
from dataclasses import dataclass, field

import streamlit as st

from clact_model import decision, formats
from clact_model.decision import ISSUES, Adopted, Adoption, Held
from clact_model.programme import Programme
from pages.components import base, envelope_bar, messages, text, writes
from pages.components.arbitration import decision_state
from pages.components.arbitration.selection_lists import Chosen

_ASKED = "adoption_demandee"


@dataclass(frozen=True)
class _Asked:
    """What is to be adopted, and the id under which it will be: pressed twice, it is done once."""

    programme: str
    nom: str | None
    operation: str = field(default_factory=lambda: str(uuid.uuid4()))


def panel(programme: Programme, chosen: Chosen, held: Held | None, seen: int | None) -> None:
    """Adopt the scenario shown."""
    nom = chosen.saved.nom if chosen.saved else None
    asked: _Asked | None = st.session_state.get(_ASKED)
    if asked is None or (asked.programme, asked.nom) != (programme.id, nom):
        if st.button(
            "Adopter ce scénario…",
            icon=":material/gavel:",
            key="adopter",
            help="Fait de ses trois listes des propositions, à confirmer par le comité. Rien n'est écrit avant votre accord.",
        ):
            st.session_state[_ASKED] = _Asked(programme.id, nom)
            st.rerun()
        return
    with st.container(border=True), messages.refusals():
        what = Adopted(chosen.result, chosen.basis, nom)
        found = decision.preview_adoption(base.cursor(), programme, base.today(), what)
        _consequence(programme, found)
        answered = _question(found)
        with st.container(horizontal=True):
            pressed = st.button(
                "Adopter", type="primary", icon=":material/gavel:", disabled=not answered, key="adopter_confirmer"
            )
            _give_up()
        if pressed:
            decision.adopt(
                base.opened(),
                programme,
                base.today(),
                what,
                accept=found.question is not None,
                seen=seen if held else None,
                operation=asked.operation,
            )
            st.session_state.pop(_ASKED, None)
            decision_state.show_decisions_next()
            writes.done("adopter", "Scénario adopté : ses listes sont des propositions, à confirmer par le comité.")
        return
    with st.container(horizontal=True):
        _give_up()


def _consequence(programme: Programme, found: Adoption) -> None:
    counts = [
        f"{ISSUES[issue].lower()} : {formats.number(count)}"
        for issue in ISSUES
        if (count := sum(proposal.issue == issue for proposal in found.proposals))
    ]
    st.markdown(
        f"**Adopter ce scénario ?** {formats.plural(len(found.proposals), 'proposition')} "
        f"({', '.join(counts) or 'aucune'}). Rien n'est encore écrit."
    )
    envelope_bar.selection(programme, found.held)
    conditional = sum(proposal.conditionnel for proposal in found.proposals)
    if conditional:
        st.caption(
            f":material/hourglass: {formats.plural(conditional, 'proposition')} sous condition : à ne pas notifier avant la "
            "fin de l'instruction."
        )


def _question(found: Adoption) -> bool:
    if found.question is None:
        return True
    st.warning(text.plain(found.question), icon=":material/help:")
    return st.checkbox("J'ai lu, continuer ainsi", key=f"adopter_reponse_{found.held.committee.version}")


def _give_up() -> None:
    if st.button("Ne pas adopter", icon=":material/close:", key="adopter_abandonner"):
        st.session_state.pop(_ASKED, None)
        st.rerun()

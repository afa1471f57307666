"""Money given again, shown before it is written; and taken back while nobody has it."""

import uuid

import streamlit as st

from clact_model import formats, reallocation
from clact_model.decision import Adopted, Held
from clact_model.decision.refusing import named
from clact_model.programme import Programme
from pages.components import base, envelope_bar, links, messages, text, writes
from pages.components.arbitration import decision_state
from pages.components.follow_up.reallocation_choices import Chosen

_ASKED = "reaffectation_demandee"


def panel(programme: Programme, chosen: Chosen, held: Held, seen: int) -> None:
    """Adopt the reallocation shown."""
    if held.committee.locked:
        st.warning(
            "La sélection est verrouillée : déverrouillez-la à la page Sélection, avec un motif, avant de réaffecter.",
            icon=":material/lock:",
        )
        links.to(decision_state.PAGE, "Ouvrir la page Sélection", icon=":material/playlist_add_check:")
        return
    if not chosen.result.funded:
        st.info(
            "Avec ces réglages, aucune demande en attente ne peut être financée : chaque raison est donnée ci-dessous.",
            icon=":material/block:",
        )
        return
    key = f"{_ASKED}_{programme.id}"
    if key not in st.session_state:
        if st.button(
            "Réaffecter…",
            type="primary",
            icon=":material/redo:",
            key="reaffecter",
            help="Les demandes financées quittent la liste d'attente et deviennent des propositions, à confirmer puis à notifier "
            "à la page Sélection. Rien n'est écrit avant votre accord.",
        ):
            st.session_state[key] = str(uuid.uuid4())
            st.rerun()
        return
    with st.container(border=True), messages.refusals():
        _confirm(programme, chosen, seen, key)
    if st.button("Ne pas réaffecter", icon=":material/close:", key="reaffecter_abandonner"):
        st.session_state.pop(key)
        st.rerun()


def _confirm(programme: Programme, chosen: Chosen, seen: int, key: str) -> None:
    what = Adopted(chosen.result, chosen.basis, chosen.saved.nom if chosen.saved else None)
    found = reallocation.preview(base.cursor(), programme, base.today(), what)
    st.markdown(
        f"**Réaffecter {formats.euros(found.granted)} ?** {formats.plural(len(found.retained), 'demande')} : "
        f"{text.plain(named(found.retained))}. Rien n'est encore écrit. L'enveloppe et ce qui est réaffecté deviennent :"
    )
    envelope_bar.selection(programme, found.held)
    if st.button("Réaffecter", type="primary", icon=":material/redo:", key="reaffecter_confirmer"):
        reallocation.adopt(base.opened(), programme, base.today(), what, seen=seen, operation=st.session_state[key])
        st.session_state.pop(key)
        writes.done("reaffecter", "Réaffecté : ces demandes sont des propositions, à confirmer à la page Sélection.")


def give_back(programme: Programme, held: Held, seen: int) -> None:
    """Offered while some of what was given again is granted to nobody."""
    idle = min(held.left, held.committee.given_again)
    if idle <= 0 or held.committee.locked:
        return
    with (
        st.popover(f"Rendre {formats.euros(idle)} réaffectés et non accordés…", icon=":material/undo:"),
        st.form(writes.form("rendre"), border=False, enter_to_submit=False),
    ):
        st.caption("Ils reviennent à ce qui est libéré et récupéré. Nécessaire avant de contre-passer une libération.")
        motif = st.text_input("Motif", max_chars=500, help="Gardé au journal, avec votre nom et la date.")
        sent = st.form_submit_button("Rendre", type="primary", key="rendre_confirmer")
    if sent:
        with messages.refusals():
            reallocation.give_back(base.opened(), programme, motif, seen=seen, operation=writes.operation("rendre"))
            writes.done("rendre", f"{formats.euros(idle)} rendus.")

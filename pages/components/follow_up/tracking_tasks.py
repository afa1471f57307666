"""What the follow-up waits for, each a link to the grants concerned."""

from collections.abc import Mapping

import streamlit as st

from clact_model import formats, ledger, tracking
from clact_model.programme import Programme
from clact_model.tracking import MEANINGS, STATES, Situation, State
from pages.components import links
from pages.components.follow_up import due_board, tracking_accounts

ACTED_ON: tuple[State, ...] = ("a_signer", "a_verser", "a_recuperer", "attend")


def show(programme: Programme) -> None:
    """The grants on which someone has to act; nothing as long as nothing is notified."""
    accounts = tracking_accounts.accounts(programme)
    if not accounts:
        return
    st.subheader("Le suivi des subventions", help="Chaque ligne ouvre les subventions concernées.")
    waiting = {code: [one for one in accounts if tracking.state(one) == code] for code in ACTED_ON}
    shown = {code: some for code, some in waiting.items() if some}
    late = [one for one in due_board.due(programme) if one.etat == "en_retard"]
    if not shown and not late:
        st.success("Rien n'attend : tout est signé, versé et récupéré.", icon=":material/task_alt:")
    places = st.columns(2)
    for place, (code, some) in enumerate(shown.items()):
        with places[place % 2], st.container(border=True, gap=None):
            st.page_link(
                links.CONVENTIONS,
                label=f"**{STATES[code]} : {formats.number(len(some))}**",
                icon=":material/arrow_forward:",
                help=MEANINGS[code],
                query_params=links.address(etat_suivi=STATES[code]),
            )
            st.caption(_sum(code, some))
    if late:
        with places[len(shown) % 2], st.container(border=True, gap=None):
            st.page_link(
                links.ECHEANCES,
                label=f"**Échéances en retard : {formats.number(len(late))}**",
                icon=":material/arrow_forward:",
                help="Le dernier jour donné par l'appel est passé, et rien n'est inscrit au registre.",
                query_params=links.address(),
            )
            st.caption(f"{formats.plural(len({one.numero for one in late}), 'dossier')} · relances prêtes à copier")


def _sum(code: State, some: list[Situation]) -> str:
    amounts: Mapping[State, tuple[str, str]] = {
        "a_signer": ("accorde", "accordés"),
        "a_recuperer": ("a_recuperer", "à récupérer"),
    }
    if code in amounts:
        part, words = amounts[code]
        return f"{formats.euros(getattr(tracking.total(some), part))} {words}"
    if code == "a_verser":
        return f"{formats.euros(sum((one.payable for one in some), start=ledger.ZERO))} à verser ce jour"
    whole = tracking.total(some)
    return f"{formats.euros(whole.a_verser)} restent à verser"

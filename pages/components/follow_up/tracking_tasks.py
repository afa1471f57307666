"""What the follow-up waits for, each a link to the grants concerned."""

from collections.abc import Mapping
from itertools import cycle

import streamlit as st

from clact_model import formats, impact, ledger, tracking
from clact_model.programme import Programme
from clact_model.tracking import MEANINGS, STATES, Situation, State
from pages.components import base, links
from pages.components.follow_up import due_board, outcome_indicators, tracking_accounts

ACTED_ON: tuple[State, ...] = ("a_signer", "a_verser", "a_recuperer", "attend")


def show(programme: Programme) -> None:
    """The grants on which someone has to act; nothing as long as nothing is notified."""
    accounts = tracking_accounts.accounts(programme)
    if not accounts:
        return
    st.subheader("Le suivi des subventions", help="Chaque ligne ouvre les subventions concernées.")
    waiting = {code: [one for one in accounts if code in tracking.states(one)] for code in ACTED_ON}
    shown = {code: some for code, some in waiting.items() if some}
    late = [one for one in due_board.due(programme) if one.etat == "en_retard"]
    unmeasured = [one for one in impact.follow(base.cursor(), programme, base.today()) if one.late]
    if not shown and not late and not unmeasured:
        st.success("Rien n'attend : tout est signé, versé et récupéré.", icon=":material/task_alt:")
    places = cycle(st.columns(2))
    for code, some in shown.items():
        with next(places):
            _task(links.CONVENTIONS, STATES[code], len(some), MEANINGS[code], _sum(code, some), etat_suivi=STATES[code])
    if late:
        with next(places):
            _task(
                links.ECHEANCES,
                "Échéances en retard",
                len(late),
                "Le dernier jour donné par l'appel est passé, et rien n'est inscrit au registre.",
                f"{formats.plural(len({one.numero for one in late}), 'dossier')} · relances prêtes à copier",
            )
    if unmeasured:
        with next(places):
            _task(
                links.BILAN,
                "Mesures d'indicateurs en retard",
                sum(due.state == "en_retard" for one in unmeasured for due in one.dues),
                "Douze ou vingt-quatre mois après le démarrage, la valeur d'un indicateur promis n'est pas inscrite.",
                f"{formats.plural(len(unmeasured), 'indicateur')} de "
                f"{formats.plural(len({one.indicator.numero for one in unmeasured}), 'dossier')}",
                bilan="Indicateurs",
                indicateurs_liste=outcome_indicators.LATE,
            )


def _task(page: str, label: str, count: int, definition: str, told: str, **filters: str) -> None:
    """One line that waits for somebody: a link to the screen where it is done, filtered."""
    with st.container(border=True, gap=None):
        st.page_link(
            page,
            label=f"**{label} : {formats.number(count)}**",
            icon=":material/arrow_forward:",
            help=definition,
            query_params=links.address(**filters),
        )
        st.caption(told)


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

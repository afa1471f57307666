"""What is done to many decisions at once: confirmed on the committee's day, notified, taken one step back."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from clact_model import decision, formats
from clact_model.decision import Decision, Held
from clact_model.programme import Programme
from pages.components import base, messages, writes
from pages.components.arbitration import decision_state

NOTIFY = "Note que ces décisions sont annoncées aux établissements, ce jour-là. L'outil n'envoie rien."


def panel(programme: Programme, held: Held, picked: Sequence[Decision], seen: int) -> None:
    """The steps that the picked decisions, or all of them, can take."""
    if picked:
        st.caption(
            f"{formats.plural(len(picked), 'demande cochée', 'demandes cochées')} : les boutons ne portent que sur "
            f"{'elle' if len(picked) == 1 else 'elles'}."
        )
    else:
        st.caption("Cochez des demandes pour n'agir que sur elles ; une seule, pour l'amender.")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        _confirm(programme, held, picked, seen)
        _notify(programme, held, picked, seen)
        _step_back(programme, picked, seen)


def _confirm(programme: Programme, held: Held, picked: Sequence[Decision], seen: int) -> None:
    ready = [one for one in picked or held.decisions if not one.decided]
    # Once letters are out, what is still to confirm (money given again, a later instruction) was decided after that committee.
    later = any(one.statut == "notifie" for one in held.decisions)
    known = None if later else held.committee.comite_le
    day = _day("Jour du comité", f"comite_le{'_suite' if later else ''}", known)
    label = f"Confirmer {_which(picked, ready)}"
    if st.button(label, icon=":material/gavel:", type="primary", key="confirmer", disabled=not ready) and day:
        with messages.refusals():
            keys = [one.key for one in ready] if picked else None
            operation = writes.operation("confirmer")
            decision.confirm(base.opened(), programme, base.today(), keys, day, seen=seen, operation=operation)
            writes.done(
                "confirmer",
                f"{formats.plural(len(ready), 'décision prise', 'décisions prises')} au comité du {formats.long_day(day)}.",
            )


def _notify(programme: Programme, held: Held, picked: Sequence[Decision], seen: int) -> None:
    ready = [one for one in picked or held.decisions if one.decided and one.statut != "notifie"]
    day = _day("Jour de notification", "notifie_le", None)
    label = f"Notifier {_which(picked, ready)}"
    if st.button(label, icon=":material/outgoing_mail:", key="notifier", disabled=not ready, help=NOTIFY) and day:
        with messages.refusals():
            keys = [one.key for one in ready] if picked else None
            operation = writes.operation("notifier")
            decision.notify(base.opened(), programme, base.today(), keys, day, seen=seen, operation=operation)
            writes.done("notifier", _told(programme, ready))


def _told(programme: Programme, ready: Sequence[Decision]) -> str:
    """How many were notified, and how many had to stay."""
    after = decision_state.held(programme)
    now = {one.key: one.statut for one in after.decisions} if after else {}
    told = sum(now.get(one.key) == "notifie" for one in ready)
    said = f"{formats.plural(told, 'décision notée', 'décisions notées')} comme notifiée{'s' if told > 1 else ''}."
    if waiting := len(ready) - told:
        one = waiting == 1
        rest = "Une autre ne peut pas encore l'être" if one else f"{waiting} autres ne peuvent pas encore l'être"
        said += f" {rest} (sous condition, ou à revoir) : cochez{'-la' if one else '-en une'} pour savoir pourquoi."
    return said


def _step_back(programme: Programme, picked: Sequence[Decision], seen: int) -> None:
    ready = [one for one in picked if one.decided]
    with st.popover(
        f"Revenir en arrière{f' ({len(ready)})' if ready else ''}…",
        icon=":material/undo:",
        disabled=not ready,
        help="Ce qui est notifié n'est plus que décidé ; ce qui est décidé n'est plus que proposé.",
    ):
        with st.form(writes.form("revenir"), border=False, enter_to_submit=False):
            motif = st.text_input("Motif", max_chars=500, help="Gardé au journal, avec votre nom et la date.")
            sent = st.form_submit_button("Revenir d'une étape", type="primary", key="revenir_confirmer")
        if not sent:
            return
        # Within: what is refused would stand under the menu, which covers it.
        with messages.refusals():
            operation = writes.operation("revenir")
            decision.step_back(
                base.opened(), programme, [one.key for one in ready], motif, seen=seen, operation=operation
            )
            writes.done("revenir", f"{formats.plural(len(ready), 'demande revenue', 'demandes revenues')} d'une étape.")


def _which(picked: Sequence[Decision], ready: Sequence[Decision]) -> str:
    return f"({formats.plural(len(ready), 'cochée', 'cochées')})" if picked else f"tout ({formats.number(len(ready))})"


def _day(label: str, key: str, known: date | None) -> date | None:
    found: date | None = st.date_input(label, known or base.today(), format="DD/MM/YYYY", key=key, width=165)
    return found

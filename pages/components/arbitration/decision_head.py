"""The head of the selection: where it comes from, what is left of the envelope, whether it is locked."""

from collections.abc import Callable

import streamlit as st

from clact_model import decision, formats
from clact_model.decision import Held
from clact_model.programme import Programme
from pages.components import base, envelope_bar, messages, metrics, text, writes
from pages.components.arbitration import second_envelope
from pages.components.metrics import Figure


def show(programme: Programme, held: Held) -> None:
    """Where the selection comes from, its envelope and its figures."""
    committee = held.committee
    when = formats.moment(committee.adopte_le.astimezone(programme.file.zone))
    origin = f"du scénario « {text.plain(committee.scenario)} »" if committee.scenario else "d'une simulation"
    day = f"comité du **{formats.long_day(committee.comite_le)}**" if committee.comite_le else "pas encore de comité"
    st.caption(
        f":material/gavel: Sélection adoptée {origin} le {when} par {text.plain(committee.adopte_par)} · {day} · "
        f"état n° {formats.number(committee.version)}"
    )
    envelope_bar.selection(programme, held)
    _figures(held)


def _figures(held: Held) -> None:
    parts = held.parts()
    decided = [one for one in held.decisions if one.decided]
    told = sum(one.statut == "notifie" for one in held.decisions)
    metrics.row(
        [
            Figure(
                "Décidé (€)", formats.euros(parts["decide"]), "Somme de ce que le comité a accordé, notifié ou non."
            ),
            Figure(
                "Proposé (€)",
                formats.euros(parts["propose"]),
                "Somme des propositions que le comité n'a pas confirmées.",
            ),
            Figure("Reste (€)", formats.euros(parts["reste"]), "Enveloppe moins la réserve, le décidé et le proposé."),
            Figure(
                "Demandes décidées",
                f"{formats.number(len(decided))} sur {formats.number(len(held.decisions))}",
                "Retenues, en liste d'attente ou refusées par le comité.",
            ),
            Figure("Notifiées", formats.number(told), "Décisions annoncées aux établissements."),
        ]
    )
    if envelope := held.committee.enveloppe_supplement:
        second_envelope.show(envelope, held.supplement, sum(bool(one.supplement) for one in held.decisions))


def lock(programme: Programme, held: Held, seen: int) -> None:
    """Lock the selection, or unlock it, with a reason; says so while it is locked."""
    committee = held.committee
    if committee.verrouille_le is None:
        _asked(
            programme, seen, "verrouiller", "Verrouiller…", ":material/lock:", decision.lock, "Sélection verrouillée."
        )
        return
    when = formats.moment(committee.verrouille_le.astimezone(programme.file.zone))
    st.warning(
        f"**Sélection verrouillée** le {when} par {text.plain(committee.verrouille_par)} : "
        f"{text.plain(committee.motif_verrou)}. Rien n'y change avant un déverrouillage.",
        icon=":material/lock:",
    )
    _asked(
        programme,
        seen,
        "deverrouiller",
        "Déverrouiller…",
        ":material/lock_open:",
        decision.unlock,
        "Sélection déverrouillée.",
    )


def _asked(
    programme: Programme, seen: int, name: str, label: str, icon: str, write: Callable[..., None], said: str
) -> None:
    with st.popover(label, icon=icon):
        with st.form(writes.form(name), border=False, enter_to_submit=False):
            motif = st.text_input("Motif", max_chars=500, help="Gardé au journal, avec votre nom et la date.")
            sent = st.form_submit_button(label.removesuffix("…"), type="primary", key=f"{name}_confirmer")
        if not sent:
            return
        # Within: what is refused would stand under the menu, which covers it.
        with messages.refusals():
            write(base.opened(), programme, motif, seen=seen, operation=writes.operation(name))
            writes.done(name, said)

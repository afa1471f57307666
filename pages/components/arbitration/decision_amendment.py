"""One line amended: what is left of the envelope is shown before anything is written."""

from decimal import Decimal

import streamlit as st

from clact_model import decision, formats
from clact_model.decision import ISSUES, Amendment, Decision, Held, Possible, Wish
from clact_model.programme import Programme
from pages.components import amounts, base, links, messages, metrics, text, writes
from pages.components.arbitration import possible_grants
from pages.components.metrics import Figure


def panel(programme: Programme, held: Held, one: Decision, seen: int) -> None:
    """The one line picked: its answer, its amount, its reason."""
    with st.container(border=True):
        st.subheader(
            f"Amender {text.plain(one.label)}", help="Montant ou réponse, avec un motif écrit, gardé au journal."
        )
        allowed = possible_grants.of_committee(held.committee)
        _limits(one, allowed.get(one.key))
        links.to_fiche(one.numero, "Ouvrir sa fiche", icon=":material/description:")
        with messages.refusals():
            wish = _wish(held, one, allowed.get(one.key))
            found = decision.preview_amendment(held, allowed, one.key, wish)
            _consequence(found)
            _write(programme, one, wish, seen)


def _limits(one: Decision, found: Possible | None) -> None:
    if found is None:
        st.warning("Cette demande n'est plus parmi celles que l'on instruit : seul un refus est possible.")
        return
    st.caption(
        f"{one.words} · demandé {formats.euros(found.demande)} · aide maximale {formats.euros(found.aide_maximale)} · "
        f"accordé {formats.euros(one.accorde)}"
    )


def _wish(held: Held, one: Decision, found: Possible | None) -> Wish:
    # A widget of its own for each state of the selection: what was typed for another one is not proposed again.
    key = f"{one.label}_{held.committee.version}"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        issue = st.segmented_control(
            "Réponse",
            list(ISSUES),
            default=one.issue,
            required=True,
            format_func=lambda code: ISSUES[code],
            key=f"amender_issue_{key}",
        )
        if issue != "retenu":
            return Wish(issue or one.issue)
        start = one.accorde or (min(found.limit, max(held.left, Decimal(0))) if found else Decimal(0))
        accorde = amounts.field(
            "Montant accordé (€)", f"amender_montant_{key}", start, "Jamais plus que demandé ni que l'aide maximale."
        )
        derogation = st.checkbox(
            "Déroger à l'aide maximale",
            one.derogation,
            key=f"amender_derogation_{key}",
            help="Permet de dépasser l'aide maximale, jamais le montant demandé. Dites pourquoi dans le motif.",
        )
    return Wish("retenu", accorde or Decimal(0), derogation)


def _consequence(found: Amendment) -> None:
    before, after = found.before, found.after
    metrics.row(
        [
            Figure(
                "Accordé avant", formats.euros(before.accorde), "Ce que la sélection donne aujourd'hui à cette demande."
            ),
            Figure("Accordé après", formats.euros(after.accorde), "Ce qu'elle recevrait."),
            Figure(
                "Reste avant", formats.euros(found.left_before), "Enveloppe moins la réserve, le décidé et le proposé."
            ),
            Figure("Reste après", formats.euros(found.left_after), "La même chose, une fois la demande amendée."),
        ]
    )
    if after.conditionnel:
        st.caption(
            ":material/hourglass: Sous condition : elle ne pourra être notifiée qu'une fois son instruction finie."
        )


def _write(programme: Programme, one: Decision, wish: Wish, seen: int) -> None:
    name = f"amender_{one.label}"
    with st.form(writes.form(name), border=False, enter_to_submit=False):
        motif = st.text_area("Motif", placeholder="Ce qui justifie ce choix, en une phrase", max_chars=2000, height=80)
        sent = st.form_submit_button("Amender", icon=":material/edit:", type="primary", key="amender_confirmer")
    if sent:
        decision.amend(
            base.opened(), programme, base.today(), one.key, wish, motif, seen=seen, operation=writes.operation(name)
        )
        writes.done(name, f"{text.plain(one.label)} amendé.")

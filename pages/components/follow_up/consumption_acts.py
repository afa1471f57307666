"""What an instructor writes about the consumption of a grant: answers to expenses, carry-over, cancellation, recovery."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

import streamlit as st

from clact_model import formats, tracking
from clact_model.consumption import Watched
from clact_model.ledger import standing
from clact_model.programme import Programme
from clact_model.tracking import Act
from clact_model.tracking.cancelled import by_action
from pages.components import amounts, base, messages, quotes, writes
from pages.components.tables import Row

Form = Callable[[Programme, Watched], tuple[Act | None, str]]
"""Draws the fields of an act; gives the act that they make, and what is said once it is written."""


def show(programme: Programme, one: Watched) -> None:
    """The acts that the account allows."""
    offered = _offered(one)
    if not offered:
        st.caption("Tout est clos : rien ne peut être reporté, annulé ni récupéré.")
        return
    chosen = st.segmented_control(
        "Inscrire", list(offered), default=next(iter(offered)), required=True, key=f"conso_acte_{_name(one)}"
    )
    _form(programme, one, f"conso_{chosen}_{_name(one)}", offered[chosen or next(iter(offered))], "Inscrire")


def answer(programme: Programme, one: Watched, expense: Row) -> None:
    """Admit or reject an expense, in whole or in part; a rejection says why."""
    _form(programme, one, f"reponse_{expense['id']}", lambda _, account: _answer(account, expense), "Répondre")


def _name(one: Watched) -> str:
    return f"{one.situation.numero}_{one.situation.poste}"


def _form(programme: Programme, one: Watched, name: str, fields: Form, button: str) -> None:
    with st.form(writes.form(name), border=True, enter_to_submit=False):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
            act, said = fields(programme, one)
        sent = st.form_submit_button(button, icon=":material/edit:", type="primary", key=f"ecrire_{name}")
    if sent and act is not None:
        with messages.refusals():
            tracking.record(base.opened(), programme, base.today(), [act], operation=writes.operation(name))
            writes.done(name, said)


def _offered(one: Watched) -> Mapping[str, Form]:
    balance = one.situation.balance
    running = bool(balance.reste)
    offers: list[tuple[str, Form, bool]] = [
        ("Report accordé", _carry_over, running and one.situation.poste == "aide"),
        ("Action annulée", _cancel, balance.accorde > balance.libere + balance.a_recuperer + balance.recupere),
        ("Somme à récupérer", _claim, tracking.unconsumed(balance) > 0),
    ]
    return {label: form for label, form, possible in offers if possible}


def _answer(one: Watched, expense: Row) -> tuple[Act | None, str]:
    admits = st.segmented_control("Réponse", ["Admettre", "Rejeter"], default="Admettre", required=True) == "Admettre"
    amount = _amount("Montant (€)", expense["attend"])
    day = _day("Le")
    motif = st.text_input("Motif (obligatoire pour rejeter)", width="stretch")
    if amount is None:
        return None, ""
    make = tracking.Admit if admits else tracking.Reject
    done = "admis" if admits else "rejetés"
    return make(one.situation.numero, expense["id"], day, amount, motif), f"{formats.euros(amount)} {done}."


def _carry_over(programme: Programme, one: Watched) -> tuple[Act | None, str]:
    until: date = st.date_input("Nouveau dernier jour", one.echeance or base.today(), format="DD/MM/YYYY", width=170)
    day = _day("Accordé le")
    motif = st.text_input("Motif", width="stretch", help="L'ancienne échéance reste lisible.")
    return tracking.CarryOver(one.situation.numero, day, until, motif), f"Report accordé au {formats.day(until)}."


def _cancel(programme: Programme, one: Watched) -> tuple[Act | None, str]:
    granted = [ligne for ligne in by_action(standing(one.situation.mouvements)) if ligne is not None]
    ligne = st.selectbox(
        programme.line_word.capitalize(),
        [None, *granted],
        format_func=lambda n: "Toutes" if n is None else str(n),
        width=130,
    )
    day = _day("Annulée le")
    motif = st.text_input("Motif", width="stretch")
    rule = programme.file.controle.annulation
    if rule is not None:
        with st.container(width="stretch"):
            st.caption(rule.libelle)
            quotes.sourced(programme, rule.citation, rule.interpretation)
    return tracking.Cancel(one.situation.numero, day, motif, ligne, one.situation.poste), "Annulation inscrite."


def _claim(programme: Programme, one: Watched) -> tuple[Act | None, str]:
    amount = _amount("Montant (€)", tracking.unconsumed(one.situation.balance))
    day = _day("Le")
    motif = st.text_input("Motif", width="stretch")
    if amount is None:
        return None, ""
    act = tracking.Claim(one.situation.numero, day, motif, amount, one.situation.poste)
    return act, f"{formats.euros(amount)} à récupérer."


def _day(label: str) -> date:
    found: date = st.date_input(label, base.today(), format="DD/MM/YYYY", width=150)
    return found


def _amount(label: str, proposed: Decimal) -> Decimal | None:
    typed = st.text_input(label, amounts.written(proposed), width=amounts.NARROW)
    with messages.refusals():
        return amounts.read(typed)
    return None

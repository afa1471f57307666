"""What an instructor writes about the consumption of a grant: answers to expenses, carry-over, cancellation, recovery."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import streamlit as st

from clact_model import formats, tracking
from clact_model.consumption import Watched
from clact_model.errors import UsageError
from clact_model.ledger import standing
from clact_model.programme import Programme
from clact_model.tracking import Act
from clact_model.tracking.cancelled import by_action
from pages.components import amounts, base, quotes
from pages.components.follow_up import act_form
from pages.components.follow_up.act_form import Fields, Made
from pages.components.tables import Row

CANCELLED = "Annulation"
WHOLE = "Toute la subvention"


def show(programme: Programme, one: Watched) -> None:
    """The acts that the account allows."""
    offered = _offered(programme, one)
    if not offered:
        st.caption("Rien ne peut plus être reporté, annulé ni réclamé.")
        return
    chosen = st.segmented_control(
        "Inscrire", list(offered), default=next(iter(offered)), required=True, key=f"conso_acte_{_name(one)}"
    )
    if chosen == CANCELLED and (rule := programme.file.controle.annulation) is not None:
        st.caption(rule.libelle)
        quotes.sourced(programme, rule.citation, rule.interpretation)
    act_form.show(programme, f"conso_{chosen}_{_name(one)}", offered[chosen or next(iter(offered))])


def answer(programme: Programme, one: Watched, expense: Row) -> None:
    """Admit or reject an expense, in whole or in part; a rejection says why."""
    act_form.show(programme, f"reponse_{expense['id']}", lambda: _answer(one, expense), "Répondre")


def present(programme: Programme, one: Watched) -> None:
    """An expense that no statement brings: those of a supplement come in no other way."""
    with st.expander("Inscrire une dépense", icon=":material/receipt_long:"):
        act_form.show(programme, f"depense_{_name(one)}", lambda: _present(one), "Inscrire la dépense")


def _name(one: Watched) -> str:
    return f"{one.situation.numero}_{one.situation.poste}"


def _offered(programme: Programme, one: Watched) -> Mapping[str, Fields]:
    balance = one.situation.balance
    running = bool(balance.reste)
    offers: list[tuple[str, Fields, bool]] = [
        ("Report accordé", lambda: _carry_over(one), running and one.situation.poste == "aide"),
        (
            CANCELLED,
            lambda: _cancel(programme, one),
            balance.accorde > balance.libere + balance.a_recuperer + balance.recupere,
        ),
        ("Somme à récupérer", lambda: _claim(one), tracking.unconsumed(balance) > 0),
    ]
    return {label: fields for label, fields, possible in offers if possible}


def _present(one: Watched) -> Made:
    invoice = st.text_input("N° de facture", width=amounts.NARROW)
    read = act_form.amount("Part imputée à la subvention (€)", None)
    day = act_form.day("Reçue le")

    def made() -> tuple[Act, str]:
        amount = read()
        act = tracking.Present(one.situation.numero, amount, day, invoice.strip(), poste=one.situation.poste)
        return act, f"{formats.euros(amount)} présentés."

    return made


def _answer(one: Watched, expense: Row) -> Made:
    admits = st.segmented_control("Réponse", ["Admettre", "Rejeter"], default="Admettre", required=True) == "Admettre"
    left: Decimal = expense["attend"]
    # A credit note takes back what it says, no more and no less.
    read = act_form.amount("Montant (€)", left) if left > 0 else lambda: left
    day = act_form.day("Le")
    motif = st.text_input("Motif (obligatoire pour rejeter)", width="stretch")

    def made() -> tuple[Act, str]:
        amount = read()
        make = tracking.Admit if admits else tracking.Reject
        done = "admis" if admits else "rejetés"
        return make(one.situation.numero, expense["id"], day, amount, motif), f"{formats.euros(amount)} {done}."

    return made


def _carry_over(one: Watched) -> Made:
    after = max(one.echeance or base.today(), base.today())
    until: date | None = st.date_input(
        "Nouveau dernier jour",
        None,
        min_value=after + timedelta(days=1),
        format="DD/MM/YYYY",
        width=170,
    )
    day = act_form.day("Accordé le")
    motif = st.text_input("Motif", width="stretch", help="L'ancienne échéance reste lisible.")

    def made() -> tuple[Act, str]:
        if until is None:
            raise UsageError(f"« Nouveau dernier jour » : choisissez un jour après le {formats.day(after)}.")
        act = tracking.CarryOver(one.situation.numero, day, until, motif)
        return act, f"Report accordé au {formats.day(until)}."

    return made


def _cancel(programme: Programme, one: Watched) -> Made:
    granted = {n: euros for n, euros in by_action(standing(one.situation.mouvements)).items() if n is not None}
    word = programme.line_word
    labels = {f"{n} · {formats.euros(granted[n])}": n for n in sorted(granted)}
    # Where several may be meant, none is taken for granted: the whole would be asked back.
    what = st.selectbox(
        word.capitalize(),
        [*labels, WHOLE],
        index=None if len(labels) > 1 else len(labels),
        placeholder="À choisir",
        width=230,
    )
    day = act_form.day("À compter du")
    motif = st.text_input("Motif", width="stretch")

    def made() -> tuple[Act, str]:
        if what is None:
            raise UsageError(f"« {word.capitalize()} » : choisissez ce qui est annulé.")
        ligne = labels.get(what)
        told = WHOLE.lower() if ligne is None else f"{word} {ligne}"
        act = tracking.Cancel(one.situation.numero, day, motif, ligne, one.situation.poste)
        return act, f"Annulation inscrite : {told}."

    return made


def _claim(one: Watched) -> Made:
    read = act_form.amount("Montant (€)", tracking.unconsumed(one.situation.balance))
    day = act_form.day("Le")
    motif = st.text_input("Motif", width="stretch")

    def made() -> tuple[Act, str]:
        amount = read()
        act = tracking.Claim(one.situation.numero, day, motif, amount, one.situation.poste)
        return act, f"{formats.euros(amount)} à récupérer."

    return made

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
from clact_model.tracking import Act, Situation
from clact_model.tracking.cancelled import by_action
from pages.components import amounts, base, quotes
from pages.components.follow_up import act_form
from pages.components.follow_up.act_form import Fields, Made
from pages.components.tables import Row

CANCELLED = "Annulation"
WHOLE = "Toute la subvention"


def show(programme: Programme, one: Watched) -> None:
    """The acts that the account allows."""
    offered = offered_acts(programme, one)
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


def present(programme: Programme, one: Watched, opened: bool) -> None:
    """An invoice or a credit note that came by itself, outside a statement."""
    with st.expander("Inscrire une facture ou un avoir", icon=":material/add:", expanded=opened):
        act_form.show(programme, f"piece_{_name(one)}", lambda: _present(programme, one), "Inscrire la pièce")


def _name(one: Watched) -> str:
    return f"{one.situation.numero}_{one.situation.poste}"


def offered_acts(programme: Programme, one: Watched) -> Mapping[str, Fields]:
    """The acts that still change something, by their names."""
    balance = one.situation.balance
    running, rule = bool(balance.reste), programme.file.controle.annulation
    offers: list[tuple[str, Fields, bool]] = [
        ("Report accordé", lambda: _carry_over(one), running and one.situation.poste == "aide"),
        (
            CANCELLED,
            lambda: _cancel(programme, one),
            balance.accorde > balance.libere + balance.a_recuperer + balance.recupere
            # Settled, it has nothing to give back but what was consumed: where the call lets that be kept, nothing at all.
            and not (one.situation.closed and rule is not None and rule.rend == "non_consomme"),
        ),
        ("Somme à récupérer", lambda: _claim(one), tracking.unconsumed(balance) > 0),
    ]
    return {label: fields for label, fields, possible in offers if possible}


def _present(programme: Programme, one: Watched) -> Made:
    situation = one.situation
    credit = st.selectbox("Pièce", ["Facture", "Avoir"], width=130) == "Avoir"
    reference = st.text_input("Numéro", width=amounts.NARROW, placeholder="F-2025-118")
    read = act_form.amount(
        "Montant imputé (€)",
        definition="La part de la pièce qui compte sur l'aide, euro pour euro. Celle d'un avoir s'écrit sans signe : elle est déduite.",
    )
    day = act_form.day("Reçue le")
    ligne = _action(programme, situation)

    def made() -> tuple[Act, str]:
        amount = read()
        make, sign = (tracking.CreditNote, -1) if credit else (tracking.Present, 1)
        act = make(situation.numero, sign * amount, day, reference, ligne, poste=situation.poste)
        if credit:
            waits = "ce qui en reste « sans réponse » attend d'être admis"
            return act, f"Avoir inscrit pour {formats.euros(amount)} : {waits}."
        return act, f"Facture inscrite pour {formats.euros(amount)} : elle attend votre réponse."

    return made


def _action(programme: Programme, situation: Situation) -> int | None:
    """An action that was granted something; None where it is not said."""
    granted = sorted(ligne for ligne in by_action(standing(situation.mouvements)) if ligne is not None)
    found: int | None = st.selectbox(
        programme.line_word.capitalize(),
        [None, *granted],
        format_func=lambda n: "Sans précision" if n is None else str(n),
        width=150,
    )
    return found


def _answer(one: Watched, expense: Row) -> Made:
    admits = st.segmented_control("Réponse", ["Admettre", "Rejeter"], default="Admettre", required=True) == "Admettre"
    left: Decimal = expense["attend"]
    # A credit note takes back what it says, no more and no less.
    read = act_form.amount("Montant (€)", left) if left > 0 else lambda: left
    day = act_form.day("Le")
    motif = act_form.sentence("Motif (obligatoire pour rejeter)")

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
    motif = act_form.sentence("Motif", definition="L'ancienne échéance reste lisible.")

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
    day = act_form.day("Annulée le")
    motif = act_form.sentence("Motif")

    def made() -> tuple[Act, str]:
        if what is None:
            raise UsageError(f"« {word.capitalize()} » : choisissez ce qui est annulé.")
        ligne = labels.get(what)
        told = WHOLE.lower() if ligne is None else f"{word} {ligne}"
        act = tracking.Cancel(one.situation.numero, day, motif, ligne, one.situation.poste)
        return act, f"Annulation inscrite : {told}."

    return made


def _claim(one: Watched) -> Made:
    def act(day: date, motif: str, amount: Decimal) -> Act:
        return tracking.Claim(one.situation.numero, day, motif, amount, one.situation.poste)

    return act_form.amount_and_reason(tracking.unconsumed(one.situation.balance), "Le", act, "à récupérer")

"""What can be written of one grant, an act a form."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

import streamlit as st

from clact_model import formats, tracking
from clact_model.ledger import standing
from clact_model.programme import Programme
from clact_model.tracking import FORMS, MODES, Act, Situation
from pages.components import amounts, base, messages, writes

Form = Callable[[Situation], tuple[Act | None, str]]
"""Draws the fields of an act; gives the act that they make, and what is said once it is written."""


def show(programme: Programme, one: Situation) -> None:
    """The acts that the state of the grant allows, the expected one first."""
    offered = _offered(one)
    chosen = st.segmented_control(
        "Inscrire",
        list(offered),
        default=next(iter(offered)),
        required=True,
        key=f"acte_{one.numero}_{one.poste}",
        help="Chaque acte ajoute des lignes au registre ; rien n'y est effacé.",
    )
    name = f"{chosen}_{one.numero}_{one.poste}"
    with st.form(writes.form(name), border=True, enter_to_submit=False):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
            made = offered[chosen or next(iter(offered))](one)
        sent = st.form_submit_button("Inscrire", icon=":material/edit:", type="primary", key=f"inscrire_{name}")
    if sent and made[0] is not None:
        with messages.refusals():
            tracking.record(base.opened(), programme, base.today(), [made[0]], operation=writes.operation(name))
            writes.done(name, made[1])


def _offered(one: Situation) -> Mapping[str, Form]:
    balance = one.balance
    signed = one.convention is not None
    offers: list[tuple[str, Form, bool]] = [
        ("Convention signée", _sign, one.to_sign),
        ("Versement", _pay, signed and balance.a_verser > 0),
        ("Recouvrement", _recover, balance.a_recuperer > 0),
        ("Bilan reçu", _report, one.poste == "aide" and signed),
        ("Démarrage", _start, one.poste == "aide" and signed),
        ("Crédits libérés", _free, balance.a_verser > 0),
        ("Contre-passer une ligne", _reverse, True),
    ]
    return {label: form for label, form, possible in offers if possible}


def _sign(one: Situation) -> tuple[Act | None, str]:
    form = st.selectbox("Forme", list(FORMS), format_func=FORMS.__getitem__, width=230, key="signer_forme")
    reference = _text("Numéro", "C-2024-001")
    day = _day("Signée le")
    aims = st.text_input(
        "Indicateurs (facultatif)", width="stretch", placeholder="Ce que la convention demande de mesurer"
    )
    return tracking.Sign(one.numero, day, reference, form, aims), "Convention inscrite, avec ses tranches."


def _pay(one: Situation) -> tuple[Act | None, str]:
    due = {tranche.tranche: tranche for tranche in one.tranches if tranche.reste > 0}
    number = st.selectbox(
        "Tranche",
        [None, *due],
        format_func=lambda n: "Les plus anciennes" if n is None else f"{n} · {due[n].libelle}",
        width=250,
        help="« Les plus anciennes » : dans l'ordre, jusqu'à épuisement du montant.",
    )
    amount = _amount("Montant (€)", one.payable or one.balance.a_verser)
    day = _day("Versé le")
    reference = _text("Référence du paiement", "DV-2024-118")
    motif = st.text_input(
        "Motif (si la tranche attend encore)", width="stretch", help="Obligatoire pour verser ce qui attend une pièce."
    )
    act = tracking.Pay(one.numero, amount, day, reference, number, one.poste, motif) if amount is not None else None
    return act, f"{formats.euros(amount)} versés."


def _recover(one: Situation) -> tuple[Act | None, str]:
    mode = st.selectbox("Comment", list(MODES), format_func=MODES.__getitem__, width=280)
    amount = _amount("Montant (€)", one.balance.a_recuperer)
    day = _day("Le")
    reference = _text("Pièce, ou notification", "Titre 2027-12")
    act = tracking.Recover(one.numero, day, mode, reference, amount, one.poste) if amount is not None else None
    return act, f"{formats.euros(amount)} récupérés."


def _report(one: Situation) -> tuple[Act | None, str]:
    first = one.convention.signe_le.year if one.convention else base.today().year
    years: list[int | None] = [*range(first, max(base.today().year, first) + 1), None]
    year = st.selectbox(
        "Bilan de", years, format_func=lambda y: "Évaluation finale" if y is None else str(y), width=200
    )
    day = _day("Reçu le")
    return tracking.ReceiveReport(one.numero, year, day), "Bilan inscrit."


def _start(one: Situation) -> tuple[Act | None, str]:
    return tracking.Start(one.numero, _day("Démarré le")), "Démarrage inscrit."


def _free(one: Situation) -> tuple[Act | None, str]:
    amount = _amount("Montant (€)", one.balance.a_verser)
    day = _day("À compter du")
    motif = st.text_input("Motif", width="stretch")
    act = tracking.Free(one.numero, day, motif, amount, one.poste) if amount is not None else None
    return act, f"{formats.euros(amount)} libérés."


def _reverse(one: Situation) -> tuple[Act | None, str]:
    lines = {m.id: m for m in standing(one.mouvements) if m.nature != "octroi"}
    if not lines:
        st.caption("Rien n'est encore inscrit que l'on puisse reprendre.")
        return None, ""
    number = st.selectbox(
        "Ligne",
        sorted(lines, reverse=True),
        format_func=lambda n: (
            f"{n} · {lines[n].words} du {formats.day(lines[n].jour)}"
            + ("" if lines[n].montant is None else f" · {formats.euros(lines[n].montant)}")
        ),
        width=400,
        help="Les lignes que le même acte a écrites avec elle sont reprises aussi.",
    )
    day = _day("À compter du")
    motif = st.text_input("Motif", width="stretch")
    return tracking.Reverse(one.numero, number, day, motif), "Ligne reprise par une ligne contraire."


def _text(label: str, example: str) -> str:
    return st.text_input(label, width=amounts.NARROW, placeholder=example)


def _day(label: str) -> date:
    found: date = st.date_input(label, base.today(), format="DD/MM/YYYY", width=150)
    return found


def _amount(label: str, proposed: Decimal) -> Decimal | None:
    """An amount typed in a form: read when it is sent; what cannot be read is said, and nothing is written."""
    typed = st.text_input(label, amounts.written(proposed), width=amounts.NARROW)
    with messages.refusals():
        return amounts.read(typed)
    return None

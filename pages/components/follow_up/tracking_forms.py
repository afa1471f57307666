"""What can be written of one grant, an act a form."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial

import streamlit as st

from clact_model import formats, tracking
from clact_model.ledger import named, standing
from clact_model.programme import Programme
from clact_model.tracking import FORMS, MODES, Act, Situation, State
from clact_model.tracking.recovering import Mode
from pages.components import amounts, base
from pages.components.follow_up import act_form
from pages.components.follow_up.act_form import Made

CONVENTION, PAYMENT, RECOVERY, REPORT = "Convention signée", "Versement", "Recouvrement", "Bilan reçu"
_NEXT: Mapping[State, str] = {"a_signer": CONVENTION, "a_verser": PAYMENT, "a_recuperer": RECOVERY}
Fields = Callable[[Situation], Made | None]
"""Draws the fields of an act on a grant; None when there is nothing to write."""


def show(programme: Programme, one: Situation) -> None:
    """The acts that the state of the grant allows, the expected one first."""
    offered = _offered(programme, one)
    chosen = st.segmented_control(
        "Inscrire",
        list(offered),
        default=next(iter(offered)),
        required=True,
        # Another choice once the grant waits for something else: what is next comes first again.
        key=f"acte_{one.numero}_{one.poste}_{_expected(one)}",
        help="Chaque acte ajoute des lignes au registre ; rien n'y est effacé.",
    )
    fields = offered[chosen or next(iter(offered))]
    act_form.show(programme, f"{chosen}_{one.numero}_{one.poste}", lambda: fields(one))


def _offered(programme: Programme, one: Situation) -> Mapping[str, Fields]:
    balance = one.balance
    signed = one.convention is not None
    offers: list[tuple[str, Fields, bool]] = [
        (CONVENTION, _sign, one.to_sign),
        (PAYMENT, _pay, signed and balance.a_verser > 0),
        (RECOVERY, partial(_recover, programme), balance.a_recuperer > 0),
        (REPORT, _report, one.poste == "aide" and signed),
        ("Démarrage", _start, one.poste == "aide" and signed),
        ("Crédits libérés", _free, balance.a_verser > 0),
        ("Contre-passer une ligne", _reverse, True),
    ]
    expected = _expected(one)
    offers.sort(key=lambda offer: offer[0] != expected)
    return {label: fields for label, fields, possible in offers if possible}


def _expected(one: Situation) -> str | None:
    """The act that the grant waits for; None where it is none of these."""
    code = tracking.state(one)
    if code == "attend" and _awaited(one) is not None:
        return REPORT
    return _NEXT.get(code)


def _awaited(one: Situation) -> int | None:
    """The year whose report holds back the next tranche."""
    following = next((tranche for tranche in one.tranches if tranche.reste > 0), None)
    return following.annee if following and following.attend and following.condition == "bilan" else None


def _sign(one: Situation) -> Made:
    form = st.selectbox("Forme", list(FORMS), format_func=FORMS.__getitem__, width=230, key="signer_forme")
    reference = _text("Numéro", "C-2024-001")
    day = act_form.day("Signée le")
    aims = act_form.sentence("Indicateurs (facultatif)", "Ce que la convention demande de mesurer")
    act = tracking.Sign(one.numero, day, reference, form, aims)
    return lambda: (act, "Convention inscrite, avec ses tranches.")


def _pay(one: Situation) -> Made:
    due = {tranche.tranche: tranche for tranche in one.tranches if tranche.reste > 0}
    number = st.selectbox(
        "Tranche",
        [None, *due],
        format_func=lambda n: "Les plus anciennes" if n is None else f"{n} · {due[n].libelle}",
        width=250,
        help="« Les plus anciennes » : dans l'ordre, jusqu'à épuisement du montant.",
    )
    following = next((tranche.reste for tranche in due.values()), one.balance.a_verser)
    read = act_form.amount("Montant (€)", one.payable or following)
    day = act_form.day("Versé le")
    reference = _text("Référence du paiement", "DV-2024-118")
    motif = act_form.sentence(
        "Motif (si la tranche attend encore)",
        definition="Obligatoire pour verser ce qui attend une pièce, ou son année.",
    )

    def made() -> tuple[Act, str]:
        amount = read()
        act = tracking.Pay(one.numero, amount, day, reference, number, one.poste, motif)
        return act, f"{formats.euros(amount)} versés."

    return made


def _recover(programme: Programme, one: Situation) -> Made:
    mode = st.selectbox("Comment", modes(programme), format_func=MODES.__getitem__, width=320)
    read = act_form.amount("Montant (€)", one.balance.a_recuperer)
    day = act_form.day("Le")
    reference = _text("Pièce, ou notification", "Titre 2027-12")

    def made() -> tuple[Act, str]:
        amount = read()
        act = tracking.Recover(one.numero, day, mode, reference, amount, one.poste)
        return act, f"{formats.euros(amount)} récupérés."

    return made


def modes(programme: Programme) -> Sequence[Mode]:
    """How money comes back, the way that the text of the call says first."""
    rule = programme.file.controle.recuperation
    return sorted(MODES, key=lambda mode: rule is None or mode != rule.par)


def _report(one: Situation) -> Made | None:
    first = one.convention.signe_le.year if one.convention else base.today().year
    received = {m.reference for m in standing(one.mouvements) if m.nature == "bilan"}
    every: list[int | None] = [*range(first, max(base.today().year, first) + 1), None]
    years = [year for year in every if (tracking.FINAL if year is None else str(year)) not in received]
    if not years:
        st.caption("Tous les bilans sont reçus.")
        return None
    awaited = _awaited(one)
    year = st.selectbox(
        "Bilan de",
        years,
        index=0 if awaited is None or awaited not in years else years.index(awaited),
        format_func=lambda y: "Évaluation finale" if y is None else str(y),
        width=200,
    )
    day = act_form.day("Reçu le")
    return lambda: (tracking.ReceiveReport(one.numero, year, day), "Bilan inscrit.")


def _start(one: Situation) -> Made:
    day = act_form.day("Démarré le")
    return lambda: (tracking.Start(one.numero, day), "Démarrage inscrit.")


def _free(one: Situation) -> Made:
    def act(day: date, motif: str, amount: Decimal) -> Act:
        return tracking.Free(one.numero, day, motif, amount, one.poste)

    return act_form.amount_and_reason(one.balance.a_verser, "À compter du", act, "libérés")


def _reverse(one: Situation) -> Made | None:
    lines = {m.id: m for m in standing(one.mouvements) if m.nature != "octroi"}
    if not lines:
        st.caption("Rien n'est encore inscrit que l'on puisse reprendre.")
        return None
    number = st.selectbox(
        "Ligne",
        sorted(lines, reverse=True),
        format_func=lambda n: named(lines[n]),
        width=400,
        help="Les lignes que le même acte a écrites avec elle sont reprises aussi.",
    )
    day = act_form.day("À compter du")
    motif = act_form.sentence("Motif")
    return lambda: (tracking.Reverse(one.numero, number, day, motif), "Ligne reprise par une ligne contraire.")


def _text(label: str, example: str) -> str:
    return st.text_input(label, width=amounts.NARROW, placeholder=example)

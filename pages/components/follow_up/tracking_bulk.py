"""What is done to many grants at once: conventions of one day, payments of all that may be paid."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from clact_model import formats, tracking
from clact_model.programme import Programme
from clact_model.tracking import FORMS, Act, Situation
from pages.components import amounts, base, messages, writes
from pages.components.follow_up import act_form


def panel(programme: Programme, picked: Sequence[Situation]) -> None:
    """The two acts that are done by the dozen, on the grants picked."""
    if not picked:
        return
    to_sign = [one for one in picked if one.to_sign]
    to_pay = [one for one in picked if one.payable > 0]
    left, right = st.columns(2)
    with left, st.container(border=True):
        _sign(programme, to_sign)
    with right, st.container(border=True):
        _pay(programme, to_pay)


def _sign(programme: Programme, to_sign: Sequence[Situation]) -> None:
    st.markdown(f"**Conventions à signer : {formats.number(len(to_sign))}**")
    if not to_sign:
        st.caption("Aucune des subventions cochées n'attend sa convention.")
        return
    with st.form(writes.form("signer_plusieurs"), border=False, enter_to_submit=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            form = st.selectbox("Forme", list(FORMS), format_func=FORMS.__getitem__, width=230)
            prefix = st.text_input(
                "Début du numéro",
                "C-",
                width=amounts.NARROW,
                help="Le numéro du dossier le complète : chaque convention a le sien.",
            )
            day: date = st.date_input("Signées le", base.today(), format="DD/MM/YYYY", width=150)
        sent = st.form_submit_button("Inscrire ces conventions", type="primary", key="signer_plusieurs_confirmer")
    if sent:
        numeros = dict.fromkeys(one.numero for one in to_sign)
        _write(
            programme,
            "signer_plusieurs",
            [tracking.Sign(numero, day, f"{prefix}{numero}", form) for numero in numeros],
            f"{formats.plural(len(numeros), 'convention inscrite', 'conventions inscrites')}.",
        )


def _pay(programme: Programme, to_pay: Sequence[Situation]) -> None:
    whole = sum((one.payable for one in to_pay), start=tracking.total([]).paye)
    st.markdown(f"**À verser : {formats.euros(whole)}** ({formats.plural(len(to_pay), 'subvention')})")
    if not to_pay:
        st.caption("Aucune tranche des subventions cochées ne peut être versée ce jour.")
        return
    with st.form(writes.form("verser_plusieurs"), border=False, enter_to_submit=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            reference = st.text_input("Référence du bordereau", width=amounts.NARROW, placeholder="BORD-2024-11")
            day: date = st.date_input("Versées le", base.today(), format="DD/MM/YYYY", width=150)
        sent = st.form_submit_button("Inscrire ces versements", type="primary", key="verser_plusieurs_confirmer")
    if sent:
        _write(
            programme,
            "verser_plusieurs",
            [tracking.Pay(one.numero, one.payable, day, reference, poste=one.poste) for one in to_pay],
            f"{formats.plural(len(to_pay), 'versement inscrit', 'versements inscrits')} : {formats.euros(whole)}.",
        )


def _write(programme: Programme, name: str, acts: Sequence[Act], said: str) -> None:
    with messages.refusals():
        act_form.write(programme, name, acts, said)

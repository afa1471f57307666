"""The remarks on a dossier: dated, signed, the newest first; corrected by a new one, withdrawn with a trace."""

import streamlit as st

from clact_model import formats
from clact_model.instruction import remarks
from clact_model.instruction.remarks import Remark
from clact_model.programme import Programme
from pages.components import base, messages, text, writes


def show(programme: Programme, numero: str) -> None:
    """The remarks, and writing one."""
    standing, new = st.columns([7, 5], gap="large")
    with standing:
        written(programme, numero)
    with new:
        add(programme, numero)


def written(programme: Programme, numero: str) -> None:
    """The remarks that hold, then those corrected or withdrawn, folded away."""
    found = remarks.of_dossier(base.cursor(), programme, numero)
    standing = [remark for remark in found if remark.holds]
    if not standing:
        st.caption("Aucune remarque sur ce dossier.")
    for remark in standing:
        with st.container(border=True, gap="small"):
            st.caption(_signed(programme, remark))
            st.markdown(text.plain(remark.texte))
            with st.container(horizontal=True, gap="small"):
                _correct(programme, remark)
                _withdraw(programme, remark)
    former = [remark for remark in found if not remark.holds]
    if former:
        title = formats.plural(len(former), "remarque corrigée ou retirée", "remarques corrigées ou retirées")
        with st.expander(title, icon=":material/history:"):
            for remark in former:
                _former(programme, remark)


def _signed(programme: Programme, remark: Remark) -> str:
    corrects = " · corrige une remarque antérieure" if remark.corrige else ""
    when = formats.moment(remark.quand.astimezone(programme.file.zone))
    return f"**{text.plain(remark.auteur)}**, le {when}{corrects}"


def _former(programme: Programme, remark: Remark) -> None:
    if remark.retiree_le is None:
        st.caption(f"{_signed(programme, remark)} · corrigée depuis")
        st.markdown(text.plain(remark.texte))
        return
    when = formats.moment(remark.retiree_le.astimezone(programme.file.zone))
    st.caption(
        f"{_signed(programme, remark)} · retirée par {text.plain(remark.retiree_par)}, le {when} : "
        "son texte reste dans l'historique."
    )


def add(programme: Programme, numero: str) -> None:
    """Write a remark."""
    name = f"remarquer_{numero}"
    with st.form(writes.form(name), enter_to_submit=False):
        words = st.text_area("Nouvelle remarque", height=120)
        sent = st.form_submit_button("Ajouter la remarque", icon=":material/add_comment:", type="primary")
    st.caption(
        "Une remarque est datée et signée. Elle ne se modifie pas : on la corrige par une nouvelle, ou on la retire."
    )
    if sent:
        with messages.refusals():
            remarks.write(base.opened(), programme, numero, words, writes.operation(name))
            writes.done(name, "Remarque ajoutée.")


def _correct(programme: Programme, remark: Remark) -> None:
    name = f"corriger_{remark.id}"
    with st.popover("Corriger", icon=":material/edit:"), st.form(name, border=False, enter_to_submit=False):
        words = st.text_area("Remarque corrigée", remark.texte, height=120)
        sent = st.form_submit_button("Enregistrer la correction", type="primary")
    if sent:
        with messages.refusals():
            remarks.correct(base.opened(), programme, remark.id, words, writes.operation(name))
            writes.done(name, "Remarque corrigée ; l'ancienne reste dans l'historique.")


def _withdraw(programme: Programme, remark: Remark) -> None:
    name = f"retirer_{remark.id}"
    with st.popover("Retirer", icon=":material/delete:"):
        st.markdown("La remarque ne sera plus montrée ; son texte restera dans l'historique du dossier.")
        sure = st.button("Retirer cette remarque", key=name, type="primary")
    if sure:
        with messages.refusals():
            remarks.withdraw(base.opened(), programme, remark.id, writes.operation(name))
            writes.done(name, "Remarque retirée.")

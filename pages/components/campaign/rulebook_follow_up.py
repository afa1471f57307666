"""The programme read aloud, once the list is settled: how it pays, what is due and when, what becomes of money not used."""

import streamlit as st

from clact_model.programme import Programme
from clact_model.programme.control import Deadline
from clact_model.tracking import words
from pages.components import quotes, text


def payment(programme: Programme) -> None:
    """How the aid is paid."""
    st.subheader("Versement", help="Comment l'aide est payée.")
    found = programme.file.paiement
    if found is None:
        st.caption("Le programme ne le dit pas.")
        return
    st.markdown(f"**{text.plain(found.libelle)}**")
    lines = [f"{instalment.libelle} : {words.instalment_in_words(instalment)}" for instalment in found.tranches]
    proofs = words.proofs_in_words(found)
    st.markdown("\n".join(f"- {text.plain(line)}" for line in (*lines, *([proofs] if proofs else []))))
    quotes.sourced(programme, found.citation, found.interpretation)


def control(programme: Programme) -> None:
    """What is due and when, what a cancelled action costs, how money comes back; then what else the establishment owes."""
    st.subheader(
        "Contrôle",
        help="Ce qui est dû une fois l'aide accordée, jusqu'à quand, et ce que devient l'argent non employé.",
    )
    parts = programme.file.controle.parts
    if not parts:
        st.caption("Le programme n'en dit rien.")
    for part in parts:
        with st.container(border=True, gap="small"):
            when = f" · {text.plain(words.deadline_in_words(programme, part))}" if isinstance(part, Deadline) else ""
            st.markdown(f"**{text.plain(part.libelle)}**{when}")
            quotes.sourced(programme, part.citation, part.interpretation)
    st.subheader("Suivi", help="Ce que l'établissement devra à l'agence une fois aidé.")
    for duty in programme.file.suivi:
        st.markdown(f"- {text.plain(duty.libelle)}")
        quotes.sourced(programme, duty.citation, duty.interpretation)

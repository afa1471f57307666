"""The reminders to send: one text an establishment, to be copied, and all of them in one workbook."""

from collections.abc import Sequence

import streamlit as st

from clact_model import formats
from clact_model.documents.addressees import addressees
from clact_model.documents.letter_of_reminder import SOON, reminders, to_recall
from clact_model.documents.letters_xlsx import REMINDERS
from clact_model.programme import Programme
from clact_model.tracking.obligation import Obligation
from pages.components import base, letters


def show(programme: Programme, found: Sequence[Obligation]) -> None:
    """The text for one establishment, and all of them to download."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        soon = st.number_input(
            "Rappeler ce qui arrive dans les… jours",
            min_value=0,
            max_value=365,
            value=SOON,
            key="relance_jours",
            width=280,
            help="0 : seulement ce qui est en retard.",
        )
        with_contact = letters.with_contact("relance_contact")
    numeros = list(dict.fromkeys(one.numero for one in found if to_recall(one, soon)))
    if not numeros:
        st.success("Aucun établissement à relancer.", icon=":material/task_alt:")
        return
    known = addressees(base.cursor(), programme, numeros)
    written = reminders(programme, found, known, soon, with_contact)
    by_number = {letter.numero: letter for letter in written}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            f"Relance ({formats.number(len(written))} à envoyer, la plus en retard en tête)",
            list(by_number),
            format_func=lambda numero: " · ".join(filter(None, (numero, by_number[numero].raison_sociale))),
            key="relance_de",
            width=520,
        )
        letters.download(programme, written, REMINDERS, "toutes les relances", "relances_toutes")
    st.caption("Bouton de copie en haut à droite du texte. Relisez-le avant de l'envoyer.")
    st.code(by_number[chosen].texte, language=None, wrap_lines=True)

"""The instructor in charge: put, changed or taken away, for one dossier or for several."""

from collections.abc import Sequence

import streamlit as st

from clact_model import formats
from clact_model.instruction import assignment
from clact_model.overview import NOBODY, Summary
from clact_model.programme import Programme
from pages.components import base, messages, text, writes

NONE = ""
"""The choice that puts nobody in charge."""


def of_dossier(programme: Programme, numero: str) -> None:
    """Who is in charge of the dossier, behind a button that changes it."""
    current = assignment.in_charge(base.cursor(), programme).get(numero)
    name = f"affecter_{numero}"
    label = f"Instructeur : {text.plain(current or 'aucun')}"
    with (
        st.popover(label, icon=":material/assignment_ind:", key=f"instructeur_{writes.form(name)}"),
        st.form(writes.form(name), border=False, enter_to_submit=False),
    ):
        chosen = _choice(current or NONE)
        sent = st.form_submit_button("Enregistrer", type="primary")
    if sent:
        _write(programme, [numero], chosen, name)


def of_several(programme: Programme, picked: Sequence[Summary]) -> None:
    """Put one instructor in charge of the dossiers picked, after saying what that changes."""
    if not picked:
        st.caption("Cochez dans la liste les dossiers à confier ; la case de l'en-tête les coche tous.")
        return
    name = "affecter_plusieurs"
    with st.form(writes.form(name), enter_to_submit=False):
        chosen = _choice(None)
        taken = sum(row.instructeur is not None for row in picked)
        st.caption(
            f"{formats.plural(len(picked), 'dossier coché', 'dossiers cochés')}, dont "
            f"{formats.number(taken)} déjà {'confié' if taken < 2 else 'confiés'} à une personne."
        )
        sent = st.form_submit_button("Affecter les dossiers cochés", icon=":material/group_add:", type="primary")
    if sent:
        _write(programme, [row.numero for row in picked], chosen, name)


def _choice(current: str | None) -> str | None:
    """Somebody known, a new name, nobody (NONE); None when nothing was chosen."""
    names = [NONE, *assignment.known(base.cursor())]
    listed, other = st.columns(2)
    with listed:
        known = st.selectbox(
            "Instructeur",
            names,
            index=None if current is None else names.index(current),
            format_func=lambda name: name or NOBODY,
            placeholder="Choisissez",
        )
    with other:
        written = st.text_input(
            "Ou une autre personne",
            placeholder="Prénom Nom",
            help="Un nom écrit ici passe avant la liste.",
        )
    return written.strip() or known


def _write(programme: Programme, numeros: Sequence[str], chosen: str | None, name: str) -> None:
    if chosen is None:
        st.error("Choisissez un instructeur, ou « Sans instructeur ».", icon=":material/error:")
        return
    with messages.refusals():
        changed = assignment.assign(base.opened(), programme, numeros, chosen or None, writes.operation(name))
        many = "s" if len(numeros) > 1 else ""
        who = f"confié{many} à {text.plain(chosen)}" if chosen else "sans instructeur"
        count = formats.plural(changed, "changement")
        writes.done(name, f"{formats.plural(len(numeros), 'dossier')} {who} ({count}).")

"""A verdict written in the place of the computed one, with its reason."""

from collections.abc import Callable, Mapping

import streamlit as st

from clact_model import eligibility, overview
from clact_model.eligibility import JudgedAction, JudgedDossier
from clact_model.programme import Programme
from pages.components import base, messages, verdicts, writes
from pages.components.judged import Sheet


def show(programme: Programme, sheet: Sheet) -> None:
    """Replace a verdict, of the dossier or of a line, with a reason; lift or confirm what was replaced."""
    numero, dossier = sheet.judged.numero, sheet.judged
    targets: dict[int, str] = {0: "Le dossier entier"}
    titles = {line["ligne"]: line["intitule"] for line in sheet.row["actions"]}
    for action in dossier.actions:
        targets[action.ligne] = f"{programme.line_word.capitalize()} {action.ligne} – {titles[action.ligne] or '—'}"
    target = st.selectbox(
        "Porte sur",
        list(targets),
        format_func=targets.__getitem__,
        key=f"cible_{numero}",
        help="Le verdict du dossier, ou celui d'une seule de ses demandes.",
    )
    ligne = target or None
    found = next((action for action in dossier.actions if action.ligne == target), dossier)
    names = overview.VERDICTS if ligne is None else overview.LINE_VERDICTS
    # A form of its own once it has written: the next reason starts empty.
    name = f"deroger_{numero}_{target}_{found.override.quand if found.override else ''}"
    with st.form(name, border=True, clear_on_submit=False):
        st.markdown(f"Verdict calculé : **{verdicts.written(found.verdict_calcule)}**")
        verdict = st.selectbox(
            "Verdict retenu", [code for code in names if code != found.verdict], format_func=verdicts.written
        )
        motif = st.text_area("Motif", placeholder="Ce qui justifie de s'écarter du calcul", max_chars=2000, height=100)
        sent = st.form_submit_button("Déroger", icon=":material/gavel:", type="primary")
    if sent:
        with messages.refusals():
            eligibility.override(
                base.opened(), programme, base.today(), numero, verdict, motif, ligne, operation=writes.operation(name)
            )
            writes.done(name, f"Dérogation enregistrée : {verdicts.written(verdict)}.")
    _undo(programme, numero, found, ligne)


def _undo(programme: Programme, numero: str, found: JudgedDossier | JudgedAction, ligne: int | None) -> None:
    if found.override is None:
        return
    steps: Mapping[str, tuple[str, Callable[..., None]]] = {
        "Confirmer la dérogation": ("Dérogation confirmée.", eligibility.confirm),
        "Lever la dérogation": ("Dérogation levée : le verdict calculé vaut de nouveau.", eligibility.lift),
    }
    with st.container(horizontal=True):
        for label, (done, write) in steps.items():
            if label.startswith("Confirmer") and not found.override.a_confirmer:
                continue
            # The override is part of the name: another one, put later, is lifted by another operation.
            name = f"{label}_{numero}_{ligne}_{found.override.quand}"
            if st.button(label, key=name):
                with messages.refusals():
                    write(base.opened(), programme, numero, ligne, writes.operation(name))
                    writes.done(name, done)

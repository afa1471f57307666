"""The grades that an instructor gives to a dossier, and takes back."""

from collections.abc import Mapping
from decimal import Decimal

import streamlit as st

from clact_model import formats, scoring
from clact_model.programme import Programme
from clact_model.scoring import Grade
from pages.components import base, messages, text, writes
from pages.components.judged import Sheet

GRADES = [Decimal(half) / 2 for half in range(11)]
"""0 to 5, by halves."""


def show(programme: Programme, sheet: Sheet) -> None:
    """The grades that the programme counts, to be given; those that were, to be taken back."""
    gradable = scoring.gradable(programme)
    if not gradable:
        st.caption("Aucun critère de ce programme ne se note : tous se lisent dans le dossier.")
        return
    labels = {criterion.id: criterion.libelle for criterion in programme.file.critere}
    numero = sheet.judged.numero
    with st.form(f"noter_{numero}"):
        given = {
            criterion: st.selectbox(
                f"{text.plain(labels[criterion])} (0 à 5)",
                sorted({*GRADES, *([sheet.row[champ]] if sheet.row[champ] is not None else [])}),
                index=None,
                format_func=formats.number,
                key=f"note_{numero}_{criterion}",
                placeholder="Non noté"
                if sheet.row[champ] is None
                else f"Note actuelle : {formats.number(sheet.row[champ])}",
                help="La note de l'instructeur passe avant celle du fichier et survit à un nouvel import.",
            )
            for criterion, champ in gradable.items()
        }
        sent = st.form_submit_button("Enregistrer les notes", icon=":material/grade:")
    if sent:
        _write(programme, sheet, {name: grade for name, grade in given.items() if grade is not None})
    for criterion, grade in scoring.grades_given(base.cursor(), programme, numero).items():
        _given(programme, numero, criterion, labels[criterion], grade)


def _write(programme: Programme, sheet: Sheet, given: Mapping[str, Decimal]) -> None:
    fields, numero = scoring.gradable(programme), sheet.judged.numero
    changed = {name: grade for name, grade in given.items() if grade != sheet.row[fields[name]]}
    form = f"noter_{numero}"
    with messages.refusals():
        for name, grade in changed.items():
            operation = f"{writes.operation(form)}/{name}"
            scoring.grade(base.opened(), programme, numero, name, grade, operation)
        writes.done(form, "Notes enregistrées." if changed else "Les notes n'ont pas changé.")


def _given(programme: Programme, numero: str, criterion: str, label: str, grade: Grade) -> None:
    """Who gave a grade, and the way back to that of the file."""
    # The moment is part of the name: another grade, given later, is withdrawn by another operation.
    name = f"retirer_note_{numero}_{criterion}_{grade.quand}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            f"{text.plain(label)} : {formats.number(grade.note)}, par {text.plain(grade.auteur)}, "
            f"le {formats.moment(grade.quand.astimezone(programme.file.zone))}",
            width="stretch",
        )
        with st.popover("Retirer", icon=":material/delete:", key=f"volet_{name}"):
            st.markdown("La note du fichier vaudra de nouveau, s'il en donne une ; celle-ci restera dans l'historique.")
            sure = st.button("Retirer cette note", key=name, type="primary")
    if sure:
        with messages.refusals():
            scoring.withdraw_grade(base.opened(), programme, numero, criterion, writes.operation(name))
            writes.done(name, "Note retirée.")

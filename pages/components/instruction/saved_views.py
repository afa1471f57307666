"""Saved views of the list of dossiers: opened, saved under a name, replaced when that is said, deleted."""

import streamlit as st

from clact_model import formats, overview, views
from clact_model.overview import Filters
from clact_model.programme import Programme
from clact_model.views import View
from pages.components import base, messages, text, writes
from pages.components.instruction import dossier_list

_SAVING = "enregistrer_vue"
_TAKEN = "vue_deja_prise"
"""The name that was asked for and is taken: the question stands until it is answered."""


def menu(programme: Programme, filters: Filters) -> None:
    """The views of the programme, and saving what is shown as one."""
    found = views.of_programme(base.cursor(), programme)
    with st.popover(f"Vues enregistrées ({len(found)})", icon=":material/bookmarks:", key=_key()):
        if not found:
            st.caption("Aucune vue n'est encore enregistrée : filtrez la liste, puis donnez un nom à ces filtres.")
        for view in found:
            _entry(programme, view)
        _save(programme, filters)


def _key() -> str:
    # Another one once a view is saved or a question is asked: the menu closes and uncovers the page.
    return f"{writes.form(_SAVING)}_{st.session_state.get(_TAKEN, '')}"


def _entry(programme: Programme, view: View) -> None:
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                text.plain(view.nom),
                key=f"ouvrir_vue_{view.nom}",
                icon=":material/bookmark:",
                on_click=_open,
                args=(view.filtres,),
                help="Ouvre la vue : ses filtres remplacent ceux de l'écran.",
            )
            _delete(programme, view)
        when = formats.moment(view.quand.astimezone(programme.file.zone))
        st.caption(f"{_in_words(programme, view.filtres)} · {text.plain(view.auteur)}, le {when}")


def _in_words(programme: Programme, filters: Filters) -> str:
    words = overview.in_words(programme, filters)
    return text.plain(" ; ".join(f"{label} : {let}" for label, let in words.items()) or "Tous les dossiers")


def _open(filters: Filters) -> None:
    # Before the filters are drawn: they take these values, and the address follows them.
    st.session_state["texte"] = filters.texte
    for champ in dossier_list.CHOICES:
        st.session_state[champ] = list(getattr(filters, champ))


def _delete(programme: Programme, view: View) -> None:
    name = f"supprimer_vue_{view.nom}_{view.quand}"
    if st.button("Supprimer", key=name, icon=":material/delete:", type="tertiary"):
        with messages.refusals():
            views.delete(base.opened(), programme, view.nom, writes.operation(name))
            writes.done(name, f"Vue « {text.plain(view.nom)} » supprimée.")


def _save(programme: Programme, filters: Filters) -> None:
    with st.form(writes.form(_SAVING), border=False, enter_to_submit=False):
        nom = st.text_input("Nom de la vue", placeholder="À relancer cette semaine")
        st.caption(f"Garde : {_in_words(programme, filters)}")
        sent = st.form_submit_button("Enregistrer la vue", icon=":material/bookmark_add:", type="primary")
    if sent:
        st.session_state.pop(_TAKEN, None)
        with messages.refusals():
            try:
                _write(programme, nom, filters)
            except views.ViewTakenError:
                st.session_state[_TAKEN] = views.clean_name(nom)
                st.rerun()


def question(programme: Programme, filters: Filters) -> None:
    """Whether to replace the view whose name was asked for, until that is answered."""
    found = views.of_programme(base.cursor(), programme)
    former = next((view for view in found if view.nom == st.session_state.get(_TAKEN)), None)
    if former is None:
        return
    st.warning(
        f"Une vue « {text.plain(former.nom)} » existe déjà ({_in_words(programme, former.filtres)}). "
        "La remplacer par les filtres affichés ?",
        icon=":material/help:",
    )
    with st.container(horizontal=True, gap="small"):
        if st.button("Remplacer la vue", type="primary"):
            with messages.refusals():
                _write(programme, former.nom, filters, replace=True)
        if st.button("Garder l'ancienne"):
            del st.session_state[_TAKEN]
            st.rerun()


def _write(programme: Programme, nom: str, filters: Filters, replace: bool = False) -> None:
    views.save(base.opened(), programme, nom, filters, replace=replace, operation=writes.operation(_SAVING))
    st.session_state.pop(_TAKEN, None)
    writes.done(_SAVING, f"Vue « {text.plain(nom.strip())} » {'remplacée' if replace else 'enregistrée'}.")

"""What can be done to the open scenario: taken up again, copied, renamed, locked, deleted, annotated."""

from collections.abc import Callable

import streamlit as st

from clact_model import scenario
from clact_model.programme import Programme
from clact_model.scenario import Scenario
from pages.components import base, links, messages, text, writes
from pages.components.arbitration import decision_state, envelope_reopening, scenario_list

ENVELOPPE = "pages/arbitrage/enveloppe.py"
TRIAL = "pages/arbitrage/regles_a_l_essai.py"
NAME = 300
"""Pixels of the field of a name."""


def bar(programme: Programme, saved: Scenario) -> None:
    """One row of what can be done; what writes asks first."""
    with st.container(horizontal=True, gap="small"):
        if st.button(
            "Ouvrir dans Enveloppe",
            icon=":material/account_balance_wallet:",
            on_click=envelope_reopening.put,
            args=(programme, saved.settings, saved.basis),
            help="Ses réglages et ses poids deviennent ceux de la page Enveloppe ; le scénario reste tel qu'il est.",
        ):
            links.go(ENVELOPPE)
        _named(programme, saved, "Copier", ":material/content_copy:", scenario.copy, "copié")
        if saved.verrou:
            _reasoned(programme, saved, "Déverrouiller", ":material/lock_open:", scenario.unlock, "déverrouillé")
        else:
            _named(programme, saved, "Renommer", ":material/edit:", scenario.rename, "renommé")
            _reasoned(programme, saved, "Verrouiller", ":material/lock:", scenario.lock, "verrouillé")
            _delete(programme, saved)
    st.page_link(
        links.SELECTION,
        label="L'adopter à la page Sélection",
        icon=":material/gavel:",
        query_params=links.address(scenario=saved.nom, vue_selection=decision_state.SCENARIOS),
    )
    if saved.basis.parametres:
        _parameters(programme, saved)


def _parameters(programme: Programme, saved: Scenario) -> None:
    """The page Enveloppe follows the text of the call: a parameter that was changed is tried where parameters are."""
    known = programme.file.parametres
    names = ", ".join(f"« {known[name].libelle if name in known else name} »" for name in saved.basis.parametres)
    st.warning(
        f"Ce scénario change {text.plain(names)}. La page Enveloppe suit le texte de l'appel : « Ouvrir dans Enveloppe » "
        "reprend tout, sauf cela. Pour l'essayer de nouveau, refaites ce changement à la page Règles à l'essai.",
        icon=":material/science:",
    )
    links.to(TRIAL, "Règles à l'essai", icon=":material/science:")


def note(programme: Programme, saved: Scenario) -> None:
    """A field and a button."""
    name = f"note_{saved.nom}"
    with st.form(writes.form(name), border=False, enter_to_submit=False):
        written = st.text_area("Ajouter une note", height=90, placeholder="Ce que le comité en a dit")
        sent = st.form_submit_button("Ajouter la note", icon=":material/add_comment:")
    if sent:
        with messages.refusals():
            scenario.annotate(base.opened(), programme, saved.nom, written, writes.operation(name))
            writes.done(name, "Note ajoutée.")


def none_yet() -> None:
    """What to do while no scenario is saved."""
    st.info(
        "Aucun scénario n'est enregistré pour ce programme : essayez une enveloppe, puis enregistrez ce qui convient.",
        icon=":material/bookmark_add:",
    )
    links.to(ENVELOPPE, "Essayer une enveloppe", icon=":material/account_balance_wallet:")


def _named(programme: Programme, saved: Scenario, verb: str, icon: str, act: Callable[..., None], done: str) -> None:
    name = f"{verb.lower()}_{saved.nom}"
    with st.popover(verb, icon=icon, key=writes.form(f"menu_{name}")):
        with st.form(writes.form(name), border=False, enter_to_submit=False):
            new = st.text_input(
                "Nouveau nom", width=NAME, value=f"{saved.nom} (copie)" if verb == "Copier" else saved.nom
            )
            sent = st.form_submit_button(verb, type="primary")
        if sent:
            with messages.refusals():
                act(base.opened(), programme, saved.nom, new, writes.operation(name))
                _closed(name)
                _open_next(new)
                writes.done(name, f"Scénario {done} : « {text.plain(new.strip())} ».")


def _reasoned(programme: Programme, saved: Scenario, verb: str, icon: str, act: Callable[..., None], done: str) -> None:
    name = f"{verb.lower()}_{saved.nom}"
    with st.popover(verb, icon=icon, key=writes.form(f"menu_{name}")):
        with st.form(writes.form(name), border=False, enter_to_submit=False):
            reason = st.text_input("Motif", width=NAME, placeholder="Séance du comité du 12 juin")
            sent = st.form_submit_button(verb, type="primary")
        if sent:
            with messages.refusals():
                act(base.opened(), programme, saved.nom, reason, writes.operation(name))
                _closed(name)
                writes.done(name, f"Scénario « {text.plain(saved.nom)} » {done}.")


def _delete(programme: Programme, saved: Scenario) -> None:
    name = f"supprimer_{saved.nom}"
    with st.popover("Supprimer", icon=":material/delete:", key=writes.form(f"menu_{name}")):
        st.markdown(f"Supprimer « {text.plain(saved.nom)} » ? Ses notes restent au journal, ses chiffres sont perdus.")
        if st.button("Supprimer le scénario", type="primary", key=f"bouton_{name}"):
            with messages.refusals():
                scenario.delete(base.opened(), programme, saved.nom, writes.operation(name))
                _closed(name)
                writes.done(name, f"Scénario « {text.plain(saved.nom)} » supprimé.")


def _closed(name: str) -> None:
    # Another key for the menu: it closes and uncovers the page.
    st.session_state[f"fois_menu_{name}"] = st.session_state.get(f"fois_menu_{name}", 0) + 1


def _open_next(nom: str) -> None:
    st.session_state[scenario_list.NEXT] = " ".join(nom.split())

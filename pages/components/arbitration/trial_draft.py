"""Changes that are kept: opened as a draft of next year's programme on the page Règles, where it is checked and saved."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from clact_model import formats, paths, whatif
from clact_model import programme as model
from clact_model.whatif import Change, EnvelopeChange, State
from pages.components import links, messages, text
from pages.components.campaign import new_call, programme_editor
from pages.components.campaign.new_call import NewCall


def show(start: State, changes: Sequence[Change]) -> None:
    """What the draft would say otherwise, and the form that makes it."""
    programme = start.programme
    if not changes:
        st.info("Essayez d'abord un changement : le brouillon est la copie du programme avec les changements retenus.")
        return
    kept, phrases = State(programme, start.settings), []
    for change in changes:
        phrases.append(change.phrase(kept))
        kept = change.applied(kept)
    st.markdown("\n".join(f"- {text.plain(phrase)}" for phrase in phrases))
    st.caption(
        "Une valeur à l'essai garde la citation de l'ancien texte et dit, dans sa lecture, qu'elle n'y figure pas. Une règle "
        "suspendue n'est pas recopiée. Rien n'est écrit : le brouillon s'ouvre à la page Règles, où il se vérifie et s'enregistre."
    )
    tried = any(isinstance(change, EnvelopeChange) for change in changes)
    _form(kept, kept.settings.enveloppe if tried else None)


def _form(kept: State, enveloppe: Decimal | None) -> None:
    programme = kept.programme
    under_way = programme_editor.under_way()
    with st.form("essai_brouillon", enter_to_submit=False):
        new = new_call.asked(programme, "essai")
        move = st.toggle(
            "Décaler toutes les dates d'autant d'années",
            key=f"essai_dates_{programme.id}",
            help="Calendrier, paramètres, derniers jours, et les dates à l'essai.",
        )
        instead = (
            st.checkbox(
                f"Remplacer le brouillon ouvert ({text.plain(under_way)})" if under_way else "",
                key=f"essai_remplacer_{programme.id}",
            )
            if under_way
            else True
        )
        asked = st.form_submit_button(
            "Garder ces changements comme brouillon", icon=":material/edit_document:", type="primary"
        )
    if asked:
        with messages.refusals():
            if not instead:
                raise model.DraftError(
                    f"Un brouillon de « {under_way} » est ouvert à la page Règles : enregistrez-le d'abord, ou cochez « Remplacer »."
                )
            _open(kept, enveloppe, new, move)


def _open(kept: State, enveloppe: Decimal | None, new: NewCall, move: bool) -> None:
    new.require_free()
    written = whatif.draft(kept, enveloppe, new.identifier, new.titre, new.annee, move)
    checked = model.check_text(written, new.identifier, None, paths.SOURCES)
    if checked.programme is None:
        places = [f"{fault.place} : {fault.what}" for fault in checked.faults]
        raise model.DraftError(f"{formats.plural(len(places), 'faute')} dans le brouillon : {' ; '.join(places)}.")
    programme_editor.take_up(new.identifier, kept.programme, written)
    links.open_editor(programme_editor.PART)

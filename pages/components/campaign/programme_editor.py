"""The draft of a programme: opened or copied, edited, checked, and saved only as it was checked."""

import uuid
from dataclasses import dataclass, field, replace

import streamlit as st

from clact_model import formats, paths
from clact_model import programme as model
from clact_model.errors import ClactError
from clact_model.programme import Programme
from pages.components import base, messages, tables, text
from pages.components.campaign import new_call, programme_check, programme_guide, programme_sources
from pages.components.tables import Column

PART = "Modifier ou dupliquer"
"""The part of the page Règles where the desk is."""
_DRAFT, _SAVED, _REFUSED = "brouillon", "brouillon_enregistre", "brouillon_refuse"
_LOOK = """
<style>
.st-key-brouillon_texte_zone textarea { font-family: ui-monospace, Consolas, monospace; font-size: 0.85rem; }
.st-key-brouillon_texte_zone [data-testid=InputInstructions] { display: none; }
</style>
"""
"""A text whose columns matter; and Streamlit's « Press Ctrl+Enter to apply », which leaving the text does too."""


@dataclass(frozen=True)
class Draft:
    """A text being written. ``opened``: fingerprint of the programme that it would replace, None for a copy."""

    identifier: str
    origin: Programme
    """Kept whole: a draft outlives what another hand does to the file."""
    opened: str | None
    text: str
    round: str = field(default_factory=lambda: uuid.uuid4().hex)
    """Names the widgets of this text, and the save that it ends with."""

    @property
    def widget(self) -> str:
        return f"brouillon_texte_{self.round}"


def under_way() -> str | None:
    """The programme whose draft lies on the desk; None when there is none."""
    draft: Draft | None = st.session_state.get(_DRAFT)
    return draft.identifier if draft else None


def take_up(identifier: str, origin: Programme, written: str) -> None:
    """Put the draft of a new programme on the desk, in the place of the one there: the page Règles opens on it."""
    st.session_state[_DRAFT] = Draft(identifier, origin, None, written)
    programme_check.forget()


def show(programme: Programme) -> None:
    """The two ways to begin a draft, or the draft under way."""
    if saved := st.session_state.pop(_SAVED, None):
        st.success(text.plain(saved), icon=":material/task_alt:")
    draft: Draft | None = st.session_state.get(_DRAFT)
    if draft is None:
        _beginnings(programme)
    else:
        _desk(draft)
    programme_guide.show()


def _beginnings(programme: Programme) -> None:
    left, right = st.columns(2)
    with left, st.container(border=True):
        st.subheader("Modifier ce programme", help="Une règle à corriger, un taux, une date.")
        st.markdown(
            f"Ouvre le texte de **{text.plain(programme.titre)}**, version {text.plain(programme.file.version)}. Rien ne "
            "change tant que vous n'enregistrez pas un texte vérifié ; l'ancien texte est gardé."
        )
        if st.button("Modifier", icon=":material/edit:", key="brouillon_ouvrir"):
            _begin(Draft(programme.id, programme, programme.fingerprint, programme.text))
        st.download_button(
            "Télécharger le fichier",
            programme.text,
            file_name=f"{programme.id}.toml",
            mime="application/toml",
            icon=":material/download:",
            on_click="ignore",
            key="programme_fichier",
        )
    with right, st.container(border=True):
        _copy_form(programme)


def _copy_form(programme: Programme) -> None:
    st.subheader("Dupliquer pour un nouvel appel", help="Les mêmes règles, à relire et à adapter, sous un autre nom.")
    with st.form("brouillon_copie", border=False):
        new = new_call.asked(programme, "copie")
        shift = st.toggle(
            "Avancer toutes les dates d'un an",
            key=f"copie_dates_{programme.id}",
            help="Proposé, jamais fait en silence : calendrier, paramètres, derniers jours. Chaque date reste à revoir.",
        )
        asked = st.form_submit_button("Dupliquer", icon=":material/content_copy:")
    if asked:
        with messages.refusals():
            new.require_free()
            copy = model.duplicate(programme, new.identifier, new.titre, new.annee)
            years_later = new.annee - programme.file.annee
            _begin(Draft(new.identifier, programme, None, model.shifted(copy, years_later) if shift else copy))


def _begin(draft: Draft) -> None:
    st.session_state[_DRAFT] = draft
    programme_check.forget()
    st.rerun()


def _desk(draft: Draft) -> None:
    origin = draft.origin
    _title(draft)
    st.html(_LOOK)
    with st.container(key="brouillon_texte_zone"):
        written = st.text_area("Texte du programme", draft.text, height=560, key=draft.widget) or ""
    if written != draft.text:
        draft = replace(draft, text=written)
        st.session_state[_DRAFT] = draft
    checked = programme_check.last(written)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Vérifier", type="primary", icon=":material/fact_check:", key="brouillon_verifier"):
            replaced = origin if draft.opened else None
            checked = programme_check.run(written, draft.identifier, origin, replaced)
        st.button(
            "Enregistrer",
            icon=":material/save:",
            key="brouillon_enregistrer",
            disabled=checked is None or not checked.can_be_saved,
            help="S'ouvre quand le texte ci-dessus vient d'être vérifié sans faute.",
            on_click=_save,
            args=(draft,),
        )
        st.download_button(
            "Télécharger le brouillon",
            written,
            file_name=f"{draft.identifier}_brouillon.toml",
            mime="application/toml",
            icon=":material/download:",
            on_click="ignore",
            key="brouillon_telecharger",
        )
        st.button("Abandonner le brouillon", icon=":material/delete:", key="brouillon_abandonner", on_click=_drop)
    messages.sentences(st.session_state.pop(_REFUSED, []))
    if checked is not None:
        programme_check.show(checked)
    if new_text := programme_sources.show(written, draft.identifier, (checked and checked.programme) or origin):
        _begin(replace(draft, text=new_text, round=uuid.uuid4().hex))


def _title(draft: Draft) -> None:
    origin = draft.origin
    if draft.opened:
        st.subheader(
            f"Brouillon de {text.plain(origin.titre)}", help="Augmentez « version » : chaque changement a la sienne."
        )
    else:
        st.subheader(f"Brouillon de {text.plain(draft.identifier)}", help=f"Copie de {text.plain(origin.titre)}.")
    st.caption(
        "Le brouillon n'est gardé que dans cette fenêtre : téléchargez-le pour y revenir plus tard."
        + (" Les dossiers à l'écran sont inventés, le fichier du programme est le vrai." if base.is_demo() else "")
    )
    if not draft.opened:
        _to_review(draft)


def _to_review(draft: Draft) -> None:
    year = draft.origin.file.annee
    found = model.to_review(draft.text, year)
    if not found:
        return
    with st.expander(
        f"À revoir : {formats.plural(len(found), 'ligne')} avec une date, ou qui parlent encore de {year}",
        icon=":material/event_upcoming:",
    ):
        st.caption("Les citations viennent du texte de l'an dernier : déposez le nouveau plus bas pour les comparer.")
        tables.show(
            [{"ligne": one.line, "texte": one.text} for one in found],
            [Column("ligne", "Ligne", "entier", width=70), Column("texte", "Ce qui s'y lit", width="large")],
            key="brouillon_a_revoir",
            alt="Lignes à revoir",
        )


def _save(draft: Draft) -> None:
    # A callback: the programme must be listed before the sidebar is drawn.
    try:
        saved = model.save(
            base.opened(),
            draft.text,
            draft.identifier,
            draft.opened,
            paths.PROGRAMMES,
            paths.SOURCES,
            operation=draft.round,
        )
    except ClactError as error:
        st.session_state[_REFUSED] = str(error).split("\n")
        return
    st.session_state[_SAVED] = (
        f"« {saved.titre} » est enregistré, version {saved.version} : c'est lui qui juge désormais."
    )
    st.session_state[base.PROGRAMME] = saved.id
    _drop()


def _drop() -> None:
    st.session_state.pop(_DRAFT, None)
    programme_check.forget()

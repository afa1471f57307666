"""Reading the platform from the import screen, where the server holds a token: what was read takes the place of files."""

from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from clact_model import formats, intake, platform_api
from clact_model.platform_api import access
from clact_model.programme import Programme
from pages.components import base, messages
from pages.components.campaign import import_screen

_READ = "plateforme_lue"


@dataclass(frozen=True)
class _Read:
    """What was read, for which programme, in place of which files."""

    programme: str
    round: int
    demarche: int
    files: list[intake.UploadedFile]


def files(programme: Programme) -> list[intake.UploadedFile]:
    """The files that a reading gave, until they are written or given up; none without a token."""
    if not platform_api.configured():
        return []
    kept: _Read | None = st.session_state.get(_READ)
    if kept and (kept.programme, kept.round) != (programme.id, import_screen.current_round()):
        kept = None
    with st.expander("Lire directement la plateforme", icon=":material/cloud_download:", key="plateforme"):
        _form(programme)
    if kept:
        st.caption(f"Démarche {kept.demarche} lue sur la plateforme : voici ce que cela donnerait.")
    return kept.files if kept else []


def _form(programme: Programme) -> None:
    st.markdown("Les dossiers de la démarche, tels qu'ils sont en ce moment. Rien n'est écrit avant votre accord.")
    number = st.number_input(
        "Numéro de la démarche",
        min_value=1,
        value=None,
        format="%d",
        placeholder="99123",
        width=320,
        key="plateforme_demarche",
        help="Il est dans l'adresse de la démarche, côté administration.",
    )
    last = platform_api.last_complete(base.cursor(), programme, int(number)) if number else None
    everything = st.toggle(
        "Relire tous les dossiers",
        disabled=last is None,
        key="plateforme_tout",
        help="Sinon, seuls les dossiers changés depuis la dernière lecture complète.",
    )
    if last:
        st.caption(f"Dernière lecture complète : {formats.moment(last)}.")
    pressed = st.button(
        "Lire la plateforme", icon=":material/cloud_download:", disabled=not number, key="plateforme_lire"
    )
    if pressed and number:
        _read(programme, int(number), None if everything else last)


def _read(programme: Programme, demarche: int, since: datetime | None) -> None:
    with messages.refusals():
        with st.spinner("Lecture de la plateforme…"):
            found = platform_api.read_demarche(
                platform_api.Client(access.from_environment()),
                demarche,
                since,
                base.opened().path,
                datetime.now(UTC),
                programme.file.zone,
            )
        st.session_state[_READ] = _Read(programme.id, import_screen.current_round(), demarche, found)
        st.rerun()

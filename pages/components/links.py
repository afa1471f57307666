"""Ways from one screen to another, each an address that can be kept."""

from collections.abc import Mapping
from typing import NoReturn

import streamlit as st
from streamlit.navigation.page import Page

from clact_model import overview
from pages.components import base

IMPORTER = "pages/campagne/importer.py"
DOSSIERS = "pages/instruction/dossiers.py"
FICHE = "pages/instruction/fiche_dossier.py"
REGLES = "pages/campagne/regles.py"
RECEVABILITE = "pages/instruction/recevabilite.py"
SELECTION = "pages/arbitrage/selection.py"
CONVENTIONS = "pages/suivi/conventions_et_versements.py"
ECHEANCES = "pages/suivi/echeances.py"
CONSOMMATION = "pages/suivi/consommation.py"
BILAN = "pages/suivi/bilan_et_impact.py"
NUMERO = "numero"
"""The dossier shown by the fiche, in its address."""
CALL = "appel"
"""The programme of a link, by its id. Not the name of the sidebar's widget: Streamlit keeps that one in the address by
itself when a link is clicked, and a link that named it too would put it there twice."""


def address(**rest: str) -> dict[str, str]:
    """What the address of a link holds: the programme first, so that it says the same in a new tab."""
    return {CALL: base.programme().id, **_day(), **rest}


def _day() -> dict[str, str]:
    """The day chosen in the sidebar: the only thing that keeps it is the address."""
    day = base.chosen_day()
    return {base.DAY: day.isoformat()} if day else {}


def to_dossiers(
    label: str, filters: Mapping[str, str], *, icon: str | None = None, definition: str | None = None
) -> None:
    """A link to the list of dossiers, filtered: field of a filter → code."""
    programme = base.programme()
    words: dict[str, str] = {}
    for champ, code in filters.items():
        words[champ] = overview.label(overview.choices(programme, champ), code)
    st.page_link(DOSSIERS, label=label, icon=icon, help=definition, query_params=address(**words))


def to(page: str | Page, label: str, *, icon: str | None = None) -> None:
    """A link to a page of the same programme."""
    st.page_link(page, label=label, icon=icon, query_params=address())


def to_fiche(numero: str, label: str, *, icon: str | None = None, disabled: bool = False) -> None:
    """A link to the fiche of a dossier."""
    st.page_link(FICHE, label=label, icon=icon, disabled=disabled, query_params=address(**{NUMERO: numero}))


def open_fiche(numero: str) -> NoReturn:
    """Go to the fiche of a dossier."""
    # Without the programme: the widget of the sidebar keeps it in the address.
    st.switch_page(FICHE, query_params={**_day(), NUMERO: numero})


def open_editor(part: str) -> NoReturn:
    """Go to a part of the page Règles."""
    st.switch_page(REGLES, query_params={**_day(), "partie": part})


def go(page: str) -> NoReturn:
    """Go to a page of the same programme."""
    # Empty, not none: what the address holds of the sidebar's widget may not be cleared.
    st.switch_page(page, query_params=_day())


def nothing_yet() -> None:
    """What to do while the programme has no dossier."""
    st.info(
        "Aucun dossier n'est encore importé pour ce programme. Déposez l'export ou le classeur reçu sur la page "
        "Importer : rien n'est écrit avant votre accord.",
        icon=":material/inbox:",
    )
    to(IMPORTER, "Importer des candidatures", icon=":material/upload_file:")

"""What surrounds every page: the programme, the author, the banner of the demo, the foot."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.navigation.page import Page

from clact_model import formats, store
from pages.components import base, day_choice, links, messages, text


def menu(pages: Mapping[str, Sequence[Page]]) -> None:
    """The pages by section. Our own and not Streamlit's, whose addresses would not name the programme."""
    for section, entries in pages.items():
        with st.container(gap="xxsmall"):
            st.caption(section)
            for page in entries:
                links.to(page, page.title, icon=page.icon)


def programme_choice() -> None:
    """The programme worked on, kept in the address."""
    programmes = base.catalogue().programmes
    if not programmes:
        return
    titles = {programme.titre for programme in programmes.values()}
    # A link opened in a new tab names its programme there; once it is chosen, the widget's own name says it.
    linked = st.query_params.pop(links.CALL, None)
    if base.PROGRAMME not in st.session_state and st.query_params.get(base.PROGRAMME) not in titles:
        # Not as the widget's default, which Streamlit leaves out of the address: a bookmark must name its programme.
        first = programmes.get(linked or "") or next(iter(programmes.values()))
        st.session_state[base.PROGRAMME] = first.id
        st.query_params[base.PROGRAMME] = first.titre
    st.sidebar.caption("Programme", help="L'appel à projets sur lequel portent toutes les pages.")
    st.sidebar.selectbox(
        "Programme",
        list(programmes),
        index=None,
        # Takes the cross away; the label is hidden because Streamlit adds « (required) » to it, in English.
        required=True,
        label_visibility="collapsed",
        format_func=lambda identifier: programmes[identifier].titre,
        key=base.PROGRAMME,
        bind="query-params",
        on_change=day_choice.forget,
    )


def author() -> None:
    """Who is working: the name that the journal keeps."""
    st.sidebar.caption(
        f":material/person: {text.plain(store.author())}", help="Nom inscrit au journal de chaque écriture."
    )


def notices() -> None:
    """Above every page: a damaged base, programme files that cannot be used, invented data."""
    messages.sentences(base.faults())
    messages.sentences(base.catalogue().faults)
    day_choice.notice()
    if base.is_demo():
        _demo_banner()


def _demo_banner() -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        invented = (
            "dossiers, décisions et suivi inventés" if base.is_decided() else "établissements et dossiers inventés"
        )
        st.markdown(
            f":material/science: **Données de démonstration** : {invented}, au {formats.long_day(base.today())}.",
            width="stretch",
        )
        if st.button(
            "Quitter la démonstration",
            help="Ouvre une base vide, la vôtre. La démonstration n'y est pas recopiée.",
            icon=":material/logout:",
        ):
            base.leave_demo()
            st.rerun()


def stop() -> None:
    """End a page that has nothing more to show: its foot, which app.py will not reach."""
    foot()
    st.stop()


def foot() -> None:
    """Under every page: how old the data are, and which text of the programme judged them."""
    if not base.catalogue().programmes:
        return
    programme = base.programme()
    newest = store.entries(base.cursor(), programme.id, limit=1)
    written = formats.moment(newest[0].quand.astimezone(ZoneInfo(programme.fuseau))) if newest else "aucune"
    st.divider()
    st.caption(
        f"{text.plain(programme.titre)}, version {text.plain(programme.file.version)} du programme "
        f"(empreinte {programme.fingerprint[:8]}) · dernière écriture : {written} · jour jugé : "
        f"{formats.day(base.today())} · Streamlit {st.__version__}"
    )

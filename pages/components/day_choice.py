"""The day judged, in the sidebar: today, another one, or the moments of the demonstration. The address keeps it."""

from datetime import date

import streamlit as st

from clact_model import clock, demo, formats
from pages.components import base

_DAY, _MOMENT = "jour_juge", "moment_joue"
_HELP = (
    "Le jour auquel toutes les pages se placent : délais, pièces encore attendues, ce qui est dû et ce qui est en retard. "
    "Il ne change rien à ce qui est écrit."
)
_DEMO_HELP = " La démonstration propose un jour pendant l'instruction de l'appel, et un jour pendant son suivi."
_LOCKED = "Fixé par CLACT_AUJOURDHUI : il ne se change pas ici."


def choice() -> None:
    """The field of the sidebar, under the programme."""
    if not base.catalogue().programmes:
        return
    imposed = clock.imposed_day() is not None
    st.sidebar.caption("Jour jugé", help=_HELP + (_DEMO_HELP if base.is_demo() else ""))
    # What the address says is what the field shows, whoever wrote it there.
    st.session_state[_DAY] = base.today()
    st.sidebar.date_input(
        "Jour jugé",
        format="DD/MM/YYYY",
        required=True,
        label_visibility="collapsed",
        key=_DAY,
        disabled=imposed,
        on_change=_choose,
    )
    if imposed:
        st.sidebar.caption(f":material/lock: {_LOCKED}")
    elif base.is_demo():
        _moments()


def forget() -> None:
    """Go back to the usual day: another programme plays on others."""
    st.query_params.pop(base.DAY, None)


def notice() -> None:
    """Above every page of the agency's own base: the day, when it was chosen and is not today."""
    day = base.chosen_day()
    if base.is_demo() or clock.imposed_day() or day is None or day == base.usual_day():
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(
            f":material/event: Les pages se placent au **{formats.long_day(day)}**, et non à aujourd'hui.",
            width="stretch",
        )
        st.button("Revenir à aujourd'hui", icon=":material/today:", on_click=forget)


def suggest_follow_up() -> None:
    """Above a page of the follow-up, on the demonstration before its decisions: the way to the day that shows some."""
    moments = demo.moments(base.programme().id) if base.is_demo() and not base.is_decided() else {}
    if len(moments) < 2 or clock.imposed_day():
        return
    _, (_, followed) = moments.items()
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(
            f":material/event: Au {formats.long_day(base.today())}, rien n'est encore décidé : la démonstration montre ce "
            f"suivi au {formats.long_day(followed)}.",
            width="stretch",
        )
        st.button("Voir le suivi", icon=":material/fast_forward:", on_click=_keep, args=(followed,))


def _moments() -> None:
    moments = demo.moments(base.programme().id)
    if not moments:
        return
    names = list(moments)
    st.session_state[_MOMENT] = next((name for name in names if moments[name] == base.today()), None)
    st.sidebar.segmented_control(
        "Moment de la démonstration",
        names,
        key=_MOMENT,
        label_visibility="collapsed",
        on_change=_play,
        args=(moments,),
        width="stretch",
    )


def _choose() -> None:
    _keep(st.session_state[_DAY])


def _play(moments: dict[str, date]) -> None:
    # A second click on a moment lets it go: the day stays.
    if name := st.session_state[_MOMENT]:
        _keep(moments[name])


def _keep(day: date) -> None:
    if day == base.usual_day():
        forget()
    else:
        st.query_params[base.DAY] = day.isoformat()

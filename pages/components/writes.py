"""What a form writes: once, however often it is pressed, and said once on the next run."""

import uuid
from typing import NoReturn

import streamlit as st

_SAID = "fait"


def operation(name: str) -> str:
    """The id of the write that a form makes: pressed twice, it writes once."""
    return str(st.session_state.setdefault(f"operation_{name}", str(uuid.uuid4())))


def form(name: str) -> str:
    """The key of the form that writes: another one once it has, so that it starts empty and a second press meets nothing."""
    return f"{name}_{st.session_state.get(f'fois_{name}', 0)}"


def done(name: str, said: str) -> NoReturn:
    """The form has written: the next write is another one; the page runs again and says what was done."""
    noted(name, said)
    st.rerun()


def noted(name: str, said: str) -> None:
    """The same, without running the page again: for a form that leads to another page, which will say it."""
    st.session_state.pop(f"operation_{name}", None)
    st.session_state[f"fois_{name}"] = st.session_state.get(f"fois_{name}", 0) + 1
    st.session_state[_SAID] = said


def said() -> None:
    """What the last write did, once, above the page; whoever sent a form further down is told that it is there."""
    if sentence := st.session_state.pop(_SAID, None):
        st.success(sentence, icon=":material/task_alt:")
        st.toast("C'est inscrit : le détail est en haut de la page.", icon=":material/task_alt:")

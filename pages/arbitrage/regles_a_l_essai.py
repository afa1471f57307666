"""Règles à l'essai : et si la règle était autre ? Les mêmes dossiers, pas à pas, avec ceux qui y gagnent et ceux qui y perdent."""

import streamlit as st

from clact_model import dossiers, whatif
from pages.components import base, links, sidebar
from pages.components.arbitration import (
    trial_answer,
    trial_changes,
    trial_draft,
    trial_elsewhere,
    trial_looks,
    trial_start,
    weights,
)
from pages.components.messages import refusals

programme = base.programme()
used = weights.in_use(programme)
st.title("Règles à l'essai", anchor=False)
weights.caption(programme, used)
if not dossiers.numbers(base.cursor(), programme):
    links.nothing_yet()
    sidebar.stop()


def tried() -> None:
    trial_changes.choose(start, changes)
    if not changes:
        st.info(
            "Choisissez un changement : les dossiers sont instruits, classés et financés de nouveau, sans rien écrire."
        )
        return
    followed = whatif.follow(start, changes, trial_looks.looker(programme))
    trial_answer.figures(followed.before.totals, followed.after.totals)
    trial_answer.steps(programme, followed)
    trial_answer.touched(programme, followed)


with refusals():
    start = trial_start.start(programme, used)
    if start is None:
        sidebar.stop()
    changes = trial_changes.on_trial(start)
    parts = {
        "Changements": tried,
        "Sous un autre programme": lambda: trial_elsewhere.show(start),
        "Garder comme brouillon": lambda: trial_draft.show(start, changes),
    }
    tabs = st.tabs(list(parts), key="essai", on_change="rerun", bind="query-params")
    for tab, show in zip(tabs, parts.values(), strict=True):
        if tab.open:
            with tab, refusals():
                show()

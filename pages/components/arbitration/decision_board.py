"""The selection on screen: its state, its decisions, what can be done to them."""

from functools import partial
from io import BytesIO

import streamlit as st

from clact_model import decision, documents
from clact_model.decision import Held
from clact_model.documents.context import file_name
from clact_model.programme import Programme
from pages.components import base, downloads
from pages.components.arbitration import (
    decision_amendment,
    decision_head,
    decision_history,
    decision_steps,
    decision_table,
)
from pages.components.arbitration.selection_lists import FORMATS


def show(programme: Programme, held: Held, seen: int) -> None:
    """The whole selection. ``seen``: the version on which a button of this run was pressed."""
    decision_head.show(programme, held)
    with st.container(horizontal=True):
        _downloads(programme, held)
        decision_head.lock(programme, held, seen)
    picked = decision_table.pick(programme, held)
    if not held.committee.locked:
        decision_steps.panel(programme, held, picked, seen)
        if len(picked) == 1:
            decision_amendment.panel(programme, held, picked[0], seen)
    decision_history.show(programme)


def _downloads(programme: Programme, held: Held) -> None:
    """What is decided as files: made when they are asked for."""
    for extension, (words, mime) in FORMATS.items():
        downloads.button(
            words,
            file_name(documents.decisions.context(programme, held), extension),
            partial(_export, programme, held, extension),
            mime=mime,
            key=f"telecharger_decisions_{extension}",
            meaning="Les trois listes avec la décision et son motif ; le classeur dit aussi de quel comité elles sont.",
        )


def _export(programme: Programme, held: Held, extension: str, target: BytesIO) -> None:
    lists = decision.lists(base.opened().cursor(), programme, held)
    documents.export(lists, documents.decisions.context(programme, held), target, extension)

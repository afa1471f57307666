"""The form of one act of the follow-up: its fields, and what is written once they are sent."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeAlias

import streamlit as st

from clact_model import tracking
from clact_model.programme import Programme
from clact_model.tracking import Act
from pages.components import amounts, base, messages, writes

Made: TypeAlias = Callable[[], tuple[Act, str]]
"""Reads what was typed: the act, and what is said once it is written. Raises RefusalError, in French."""
Fields: TypeAlias = Callable[[], Made | None]
"""Draws the fields; None when there is nothing to write."""


def show(programme: Programme, name: str, fields: Fields, button: str = "Inscrire") -> None:
    """The form, written once however often it is sent; what is refused is said under it, and what was typed stays."""
    with st.form(writes.form(name), border=True, enter_to_submit=False):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
            made = fields()
        sent = st.form_submit_button(
            button, icon=":material/edit:", type="primary", key=f"ecrire_{name}", disabled=made is None
        )
    if not sent or made is None:
        return
    # Read only now: said among the fields, a refusal would push them apart.
    with messages.refusals():
        act, said = made()
        tracking.record(base.opened(), programme, base.today(), [act], operation=writes.operation(name))
        writes.done(name, said)


def amount(label: str, proposed: Decimal | None) -> Callable[[], Decimal]:
    """A field of EUR, and what reads it once it is sent: raises RefusalError, which names the field."""
    typed = st.text_input(label, "" if proposed is None else amounts.written(proposed), width=amounts.NARROW)
    return lambda: amounts.exact(typed, label)


def day(label: str) -> date:
    """A day, that judged unless another is chosen."""
    found: date = st.date_input(label, base.today(), format="DD/MM/YYYY", width=150)
    return found

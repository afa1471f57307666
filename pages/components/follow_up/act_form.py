"""The form of one act of the follow-up: its fields, and what is written once they are sent."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import NoReturn, TypeAlias

import streamlit as st

from clact_model import formats, tracking
from clact_model.programme import Programme
from clact_model.tracking import Act
from pages.components import amounts, base, messages, writes

Made: TypeAlias = Callable[[], tuple[Act, str]]
"""Reads what was typed: the act, and what is said once it is written. Raises RefusalError, in French."""
Fields: TypeAlias = Callable[[], Made | None]
"""Draws the fields; None when there is nothing to write."""

SENTENCE = 380
"""Pixels."""


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
        write(programme, name, [act], said)


def write(programme: Programme, name: str, acts: Sequence[Act], said: str) -> NoReturn:
    """Into the ledger, once; what counts only after the day judged is said to, since no figure of the page moves.

    Raises LedgerRefusedError.
    """
    written = tracking.record(base.opened(), programme, base.today(), acts, operation=writes.operation(name))
    first = min((movement.jour for movement in written), default=base.today())
    later = f" À compter du {formats.day(first)} : les montants de la page, au {formats.day(base.today())}, n'en tiennent pas compte."
    writes.done(name, said + (later if first > base.today() else ""))


def amount(label: str, proposed: Decimal | None = None, definition: str | None = None) -> Callable[[], Decimal]:
    """A field of EUR, empty unless one is proposed, and what reads it once it is sent: raises RefusalError, which names it."""
    start = "" if proposed is None else amounts.written(proposed)
    typed = st.text_input(label, start, width=amounts.NARROW, help=definition)
    return lambda: amounts.exact(typed, label)


def amount_and_reason(proposed: Decimal, when: str, act: Callable[[date, str, Decimal], Act], done: str) -> Made:
    """The fields of an act that gives an amount, from a day on, for a reason: money freed, money asked back."""
    read = amount("Montant (€)", proposed)
    since = day(when)
    motif = sentence("Motif")

    def made() -> tuple[Act, str]:
        euros = read()
        return act(since, motif, euros), f"{formats.euros(euros)} {done}."

    return made


def sentence(label: str, example: str | None = None, definition: str | None = None) -> str:
    """A field in which a sentence is read whole: on a row of its own where the others leave too little."""
    return st.text_input(label, width=SENTENCE, placeholder=example, help=definition)


def day(label: str) -> date:
    """A day, that judged unless another is chosen."""
    found: date = st.date_input(label, base.today(), format="DD/MM/YYYY", width=150)
    return found

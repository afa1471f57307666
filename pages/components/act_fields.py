"""What the forms of the follow-up ask of every act: its day, its amount."""

from datetime import date
from decimal import Decimal

import streamlit as st

from pages.components import amounts, base, messages


def day(label: str) -> date:
    """A day, the one judged unless another is chosen."""
    found: date = st.date_input(label, base.today(), format="DD/MM/YYYY", width=150)
    return found


def amount(label: str, proposed: Decimal) -> Decimal | None:
    """An amount in EUR, read when the form is sent; None when it cannot be read, which is said, and nothing is written."""
    typed = st.text_input(label, amounts.written(proposed), width=amounts.NARROW)
    with messages.refusals():
        return amounts.read(typed)
    return None

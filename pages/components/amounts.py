"""Amounts typed as French people write them, and the slider that follows."""

from decimal import Decimal

import streamlit as st

from clact_model import formats
from clact_model.intake.values import RefusalError, amount
from pages.components import messages

NARROW = 165
"""Pixels: a wider field shows « Press Enter to apply », which cannot be translated."""


def written(value: Decimal) -> str:
    """``4 000 000,00``."""
    return formats.number(value.quantize(Decimal("0.01")))


def read(typed: str) -> Decimal:
    """The amount of a text, in EUR. Raises RefusalError, in French."""
    value: Decimal = amount.parse(typed).value
    return value


def field(label: str, key: str, stated: Decimal | None, definition: str) -> Decimal | None:
    """An exact amount in EUR: what was last read in it; None while nothing was.

    What cannot be read is said under the field, and the last amount stands.
    """
    kept = f"{key}_lu"
    if stated is not None:
        st.session_state.setdefault(kept, stated)
    if key not in st.session_state:
        st.session_state[key] = written(st.session_state[kept]) if kept in st.session_state else ""
    with st.container(width=NARROW, gap="xxsmall"):
        st.text_input(
            label, key=key, width=NARROW, help=definition, placeholder="4 000 000", on_change=_typed, args=(key,)
        )
    if refused := st.session_state.get(f"{key}_refus"):
        messages.refusal(refused)
    return st.session_state.get(kept)


def put(key: str, value: Decimal) -> None:
    """Write an amount into the field, from a callback."""
    st.session_state[f"{key}_lu"] = value
    st.session_state[key] = written(value)
    st.session_state[f"{key}_refus"] = None


def slider(label: str, key: str, exact: str, largest: Decimal, step: Decimal, definition: str) -> None:
    """A slider over round amounts, in step with the field ``exact``: it shows the amount nearest to it."""
    value = st.session_state[f"{exact}_lu"]
    nearest = min(int(largest), round(int(value) / int(step)) * int(step))
    if st.session_state.get(key) != nearest:
        st.session_state[key] = nearest
    st.slider(
        label,
        min_value=0,
        max_value=int(largest),
        step=int(step),
        format="localized",
        key=key,
        help=definition,
        on_change=_slid,
        args=(key, exact),
    )


def _typed(key: str) -> None:
    try:
        value = amount.parse(st.session_state[key]).value
    except RefusalError as refused:
        st.session_state[f"{key}_refus"] = refused
        return
    put(key, value)


def _slid(key: str, exact: str) -> None:
    put(exact, Decimal(st.session_state[key]))

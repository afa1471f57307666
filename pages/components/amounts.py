"""Amounts typed as French people write them, and the slider that follows."""

from decimal import Decimal

import streamlit as st

from clact_model import formats
from clact_model.intake.values import RefusalError, amount, is_blank
from pages.components import messages

NARROW = 165
"""Pixels: a wider field shows « Press Enter to apply », which cannot be translated."""


def written(value: Decimal) -> str:
    """``4 000 000``, ``1 810,80``: the cents where there are some, both of them."""
    return (
        formats.number(value) if value == value.to_integral_value() else formats.euros(value).removesuffix("€").strip()
    )


def read(typed: str) -> Decimal:
    """The amount of a text, in EUR. Raises RefusalError, in French."""
    value: Decimal = amount.parse(typed).value
    return value


def exact(typed: str, label: str) -> Decimal:
    """The amount of a field of a form, in EUR, that is written as it is read.

    Raises RefusalError, which names the field, also for nothing and for more than two decimals.
    """
    if is_blank(typed):
        raise RefusalError(f"« {label} » : écrivez un montant, par exemple 12 500,00.")
    try:
        found = amount.parse(typed)
    except RefusalError as refused:
        raise RefusalError(f"« {label} » : {refused}") from refused
    if found.notice:
        raise RefusalError(f"« {label} » : {typed.strip()} a plus de deux décimales, écrivez-le au centime.")
    return found.value


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

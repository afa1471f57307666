"""Files to take away: made when they are asked for."""

from collections.abc import Callable
from io import BytesIO

import streamlit as st

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Write = Callable[[BytesIO], object]
"""Writes the file into its target, once it is asked for: nothing of Streamlit may be called there."""


def button(
    label: str,
    name: str,
    write: Write,
    *,
    key: str | None = None,
    meaning: str | None = None,
    mime: str = XLSX,
    icon: str = ":material/download:",
    disabled: bool = False,
) -> None:
    """A button that gives the file ``name``; the page does not run again for it."""

    def content() -> bytes:
        target = BytesIO()
        write(target)
        return target.getvalue()

    st.download_button(
        label,
        content,
        file_name=name,
        mime=mime,
        icon=icon,
        on_click="ignore",
        key=key,
        help=meaning,
        disabled=disabled,
    )

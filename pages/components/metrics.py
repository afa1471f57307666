"""Headline figures, each with its definition behind a « ? »."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. ``value`` is already written in French (clact_model.formats); ``definition`` is one sentence."""

    label: str
    value: str
    definition: str
    note: str | None = None
    """A few grey words under the figure: its share, its date."""


def _card(place: DeltaGenerator, figure: Figure) -> None:
    place.metric(
        figure.label,
        figure.value,
        help=figure.definition,
        border=True,
        delta=figure.note,
        # A note is no progress: neither arrow nor green.
        delta_color="off",
        delta_arrow="off",
        # Where one of a row has a note, the others are as high as it is.
        height="stretch",
    )


def row(figures: Sequence[Figure]) -> None:
    """Figures side by side; they go to the next line where the screen is narrow."""
    place = st.container(horizontal=True)
    for figure in figures:
        _card(place, figure)


def grid(figures: Sequence[Figure], columns: int) -> None:
    """Figures in columns of one width: nothing shifts when an amount becomes longer or shorter."""
    for first in range(0, len(figures), columns):
        for place, figure in zip(st.columns(columns), figures[first : first + columns], strict=False):
            _card(place, figure)

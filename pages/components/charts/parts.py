"""A bar a category, made of parts: one after the other, or side by side."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from pages.components.charts.frame import axis, labels, show, written
from pages.components.tables import Column, Kind

if TYPE_CHECKING:
    import plotly.graph_objects as go

_PATTERNS = ("", "/", ".", "x", "\\", "-", "+")
"""Segments side by side differ by their hatching as well as by their colour."""


def stacked(
    bars_of: Sequence[tuple[str, Mapping[str, Decimal]]],
    *,
    category: str,
    measure: str,
    kind: Kind = "nombre",
    key: str,
    alt: str,
) -> None:
    """One horizontal bar a category, in the order given, made of the same parts in each."""
    full = [
        (name, {part: values.get(part, Decimal(0)) for _, own in bars_of for part in own}) for name, values in bars_of
    ]
    _in_parts(full, "stack", category, measure, kind, key, alt)


def grouped(
    bars_of: Sequence[tuple[str, Mapping[str, Decimal | None]]],
    *,
    category: str,
    measure: str,
    kind: Kind = "nombre",
    key: str,
    alt: str,
) -> None:
    """The same bars side by side in each category, in the order given; what is unknown has no bar."""
    _in_parts(bars_of, "group", category, measure, kind, key, alt)


def _in_parts(
    bars_of: Sequence[tuple[str, Mapping[str, Decimal | None]]],
    mode: Literal["stack", "group"],
    category: str,
    measure: str,
    kind: Kind,
    key: str,
    alt: str,
) -> None:
    import plotly.graph_objects as go

    names = labels(name for name, _ in bars_of)
    parts = list(dict.fromkeys(part for _, values in bars_of for part in values))

    def bar(place: int, part: str) -> go.Bar:
        values = [own.get(part) for _, own in bars_of]
        return go.Bar(
            x=[None if value is None else float(value) for value in values],
            y=names,
            orientation="h",
            name=html.escape(part, quote=False),
            marker_pattern_shape=_PATTERNS[place % len(_PATTERNS)],
            text=["" if value is None else written(value, kind) for value in values],
            textposition="none" if mode == "stack" else "outside",
            cliponaxis=False,
            hovertemplate="%{y}<br>%{fullData.name} : %{text}<extra></extra>",
        )

    # One part alone would have no legend, and no name.
    figure = go.Figure([bar(*one) for one in enumerate(parts)], layout={"barmode": mode, "showlegend": True})
    figure.update_yaxes(type="category", autorange="reversed")
    figure.update_xaxes(**axis(measure, kind))
    if mode == "group":
        # Room for the figure written after the longest bar.
        longest = max([0.01, *(float(value) for _, own in bars_of for value in own.values() if value is not None)])
        figure.update_xaxes(range=[0, 1.15 * longest])
    rows = [{"categorie": name} | dict(values) for name, values in bars_of]
    columns = [Column("categorie", category), *(Column(part, f"{part} ({measure.lower()})", kind) for part in parts)]
    height = 26 if mode == "stack" else 8 + 20 * len(parts)
    show(figure, rows, columns, key, alt, height=130 + height * len(names))

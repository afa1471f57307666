"""Amounts against time, and where they may go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pages.components.charts import frame
from pages.components.tables import Column, Row

if TYPE_CHECKING:
    import plotly.graph_objects as go

LOOKS = ((frame.GREY, "dot"), (frame.GREEN, "dash"), (frame.ORANGE, "dashdot"), (frame.BLUE, "solid"))
"""A colour and a dash a line: never the colour alone."""


def over_time(
    lines: Mapping[str, Sequence[tuple[date, Decimal]]],
    ahead: tuple[tuple[date, Decimal], tuple[date, Decimal, Decimal, Decimal]] | None,
    today: tuple[date, str],
    *,
    measure: str,
    rows: Sequence[Row],
    columns: Sequence[Column],
    key: str,
    alt: str,
) -> None:
    """A line a name, flat until its next point. ``ahead``: from a point to a day with its low, middle and high amounts."""
    import plotly.graph_objects as go

    traces: list[dict[str, Any]] = [
        _line(name, points, *LOOKS[place % len(LOOKS)]) for place, (name, points) in enumerate(lines.items())
    ]
    if ahead is not None:
        traces += _fan(*ahead)
    figure = go.Figure({"data": traces, "layout": {}})
    _today(figure, *today)
    figure.update_xaxes(type="date", tickformat="%m/%Y", nticks=9)
    figure.update_yaxes(**frame.axis(measure, "montant"), rangemode="tozero")
    frame.show(figure, rows, columns, key, alt, height=400)


def _today(figure: go.Figure, day: date, words: str) -> None:
    """A dotted line, its name beside it: above it stands the legend."""
    figure.add_shape(type="line", x0=day, x1=day, y0=0, y1=1, yref="paper", line={"dash": "dot", "color": frame.ORANGE})
    figure.add_annotation(
        x=day, y=0.02, yref="paper", xanchor="left", yanchor="bottom", showarrow=False, text=f" {words}"
    )


def _line(name: str, points: Sequence[tuple[date, Decimal]], colour: str, dash: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": frame.labels([name])[0],
        "x": [day for day, _ in points],
        "y": [float(amount) for _, amount in points],
        "line": {"shape": "hv", "color": colour, "dash": dash, "width": 3 if dash == "solid" else 2},
        "text": [frame.written(amount, "montant") for _, amount in points],
        "hovertemplate": "%{x|%d/%m/%Y} : %{text}<extra>%{fullData.name}</extra>",
    }


def _fan(start: tuple[date, Decimal], end: tuple[date, Decimal, Decimal, Decimal]) -> list[dict[str, Any]]:
    (first, now), (last, low, middle, high) = start, end
    common = {"type": "scatter", "mode": "lines", "x": [first, last], "hoverinfo": "skip"}
    edge = {"width": 1, "color": frame.BLUE, "dash": "dot"}
    return [
        {**common, "y": [float(now), float(high)], "line": edge, "showlegend": False},
        {
            **common,
            "y": [float(now), float(low)],
            "line": edge,
            "fill": "tonexty",
            "fillcolor": "rgba(31, 78, 121, 0.15)",
            "name": "Huit chances sur dix",
        },
        {
            **common,
            "mode": "lines+markers",
            "y": [float(now), float(middle)],
            "line": {"color": frame.BLUE, "dash": "dash", "width": 2},
            "marker": {"symbol": "diamond", "size": [0, 11]},
            "name": "Prévision médiane (estimation)",
            "hoverinfo": "text",
            "text": ["", f"≈ {frame.written(middle, 'montant')}"],
        },
    ]

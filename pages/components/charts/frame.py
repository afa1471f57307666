"""What every chart has: French numbers, a text for those who cannot see it, its data underneath.

plotly.graph_objects only (plotly.express takes ten times as long), imported when a chart is drawn.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import streamlit as st

from clact_model import formats
from pages.components import tables
from pages.components.tables import Column, Kind, Row

if TYPE_CHECKING:
    import plotly.graph_objects as go

Amount = Decimal | int

BLUE, ORANGE, GREEN, GREY = "#1f4e79", "#b35c00", "#00775a", "#8a94a0"
_TICKS: Mapping[Kind, str] = {"montant": ",.0f", "entier": ",d", "nombre": ",.2~f", "part": ".0%"}
_SUFFIXES: Mapping[Kind, str] = {"montant": " €"}


def show(figure: go.Figure, rows: Sequence[Row], columns: Sequence[Column], key: str, alt: str, height: int) -> None:
    """The chart, and what it draws as a table."""
    figure.update_layout(
        separators=",\u202f",
        height=height,
        margin={"l": 10, "r": 20, "t": 30, "b": 30},
        xaxis_automargin=True,
        yaxis_automargin=True,
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "traceorder": "normal"},
    )
    # plotly's own bar of buttons is English and exports without saying what it contains.
    st.plotly_chart(figure, key=key, alt=alt, config={"displayModeBar": False})
    with st.expander("Données du graphique", icon=":material/table:"):
        tables.show(rows, columns, key=f"{key}_donnees", alt=f"Données : {alt}")


def axis(title: str, kind: Kind) -> dict[str, str]:
    """How plotly writes the numbers of an axis, and what it calls it."""
    return {"tickformat": _TICKS[kind], "ticksuffix": _SUFFIXES.get(kind, ""), "title": title}


def written(value: Amount | float, kind: Kind) -> str:
    """A value beside its bar."""
    exact = Decimal(str(value))
    return {"montant": formats.whole_euros, "part": formats.share}.get(kind, formats.number)(exact)


def labels(names: Iterable[str]) -> list[str]:
    """Names as plotly may show them: it reads tags, and a link in a dossier's text would become one."""
    return [html.escape(name, quote=False) for name in names]


def mark(figure: go.Figure, place: float | date, words: str) -> None:
    """A dotted line across the chart, with its name on top."""
    figure.add_shape(type="line", x0=place, x1=place, y0=0, y1=1, yref="paper", line={"dash": "dot", "color": ORANGE})
    figure.add_annotation(x=place, y=1, yref="paper", yanchor="bottom", showarrow=False, text=words)

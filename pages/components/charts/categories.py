"""A bar a category."""

from collections.abc import Mapping
from decimal import Decimal

import streamlit as st

from clact_model import formats
from pages.components.charts.frame import Amount, axis, labels, show, written
from pages.components.tables import Column, Kind


def bars(
    values: Mapping[str, Amount],
    *,
    category: str,
    measure: str,
    kind: Kind = "entier",
    key: str,
    alt: str,
) -> None:
    """One horizontal bar a category, in the order given. ``category`` and ``measure`` name the two columns."""
    import plotly.graph_objects as go

    names = labels(values)
    figure = go.Figure(
        go.Bar(
            x=[float(v) for v in values.values()],
            y=names,
            orientation="h",
            text=[written(v, kind) for v in values.values()],
            # Else what stands in a bar is written smaller until it fits.
            constraintext="none",
            hovertemplate="%{y} : %{text}<extra></extra>",
        )
    )
    # As categories: département « 08 » is no number.
    figure.update_yaxes(type="category", autorange="reversed")
    # Few, since this chart is narrow: more would be written slantwise.
    figure.update_xaxes(**axis(measure, kind), nticks=4, tickangle=0)
    rows = [{"categorie": name, "mesure": value} for name, value in values.items()]
    columns = [Column("categorie", category), Column("mesure", measure, kind)]
    show(figure, rows, columns, key, alt, height=90 + 26 * len(names))


def contributions(points: Mapping[str, Decimal | None], *, key: str, alt: str) -> None:
    """What each criterion gives to a score, in points; an unknown one has no bar and says so under the chart."""
    import plotly.graph_objects as go

    known = {name: value for name, value in points.items() if value is not None}
    figure = go.Figure(
        go.Bar(
            x=[float(value) for value in known.values()],
            y=labels(known),
            orientation="h",
            text=[formats.number(value) for value in known.values()],
            hovertemplate="%{y} : %{text} point(s)<extra></extra>",
        )
    )
    figure.update_yaxes(type="category", autorange="reversed")
    figure.update_xaxes(**axis("Points", "nombre"))
    rows = [{"critere": name, "points": value} for name, value in points.items()]
    columns = [Column("critere", "Critère"), Column("points", "Points", "nombre")]
    show(figure, rows, columns, key, alt, height=100 + 28 * len(known))
    if missing := [name for name, value in points.items() if value is None]:
        st.caption(f"Donnée inconnue pour : {', '.join(missing)}.")

"""Steps along time."""

from collections.abc import Sequence
from datetime import date

from clact_model import formats
from pages.components.charts.frame import BLUE, GREY, labels, mark, show
from pages.components.tables import Column


def calendar(steps: Sequence[tuple[str, date, date | None]], today: date, *, key: str, alt: str) -> None:
    """The steps of a call (label, first day, last day) along time, with today on it."""
    import plotly.graph_objects as go

    names = labels(name for name, _, _ in steps)
    figure = go.Figure()
    for name, (_, first, last) in zip(names, steps, strict=True):
        done = (last or first) < today
        figure.add_trace(
            go.Scatter(
                x=[first, last or first],
                y=[name, name],
                mode="lines+markers",
                line={"width": 8, "color": GREY if done else BLUE},
                # A shape beside the colour: what is over is hollow.
                marker={"size": 13, "symbol": "circle-open" if done else "circle"},
                hovertemplate="%{y} : %{x|%d/%m/%Y}<extra></extra>",
                showlegend=False,
            )
        )
    mark(figure, today, f"Jour jugé : {formats.day(today)}")
    figure.update_xaxes(type="date", tickformat="%d/%m/%Y", nticks=7)
    figure.update_yaxes(type="category", categoryorder="array", categoryarray=names[::-1])
    rows = [
        {
            "etape": name,
            "debut": first,
            "fin": last,
            "etat": "passée" if (last or first) < today else "à venir ou en cours",
        }
        for name, first, last in steps
    ]
    columns = [
        Column("etape", "Étape"),
        Column("debut", "Début", "date"),
        Column("fin", "Fin", "date"),
        Column("etat", "État"),
    ]
    show(figure, rows, columns, key, alt, height=110 + 30 * len(names))

"""A line along an axis."""

from collections.abc import Sequence

from pages.components.charts import frame
from pages.components.tables import Column, Kind, Row


def steps(
    points: Sequence[tuple[frame.Amount, frame.Amount]],
    *,
    across: tuple[str, Kind],
    up: tuple[str, Kind],
    mark: tuple[frame.Amount, str],
    in_steps: bool,
    rows: Sequence[Row],
    columns: Sequence[Column],
    key: str,
    alt: str,
) -> None:
    """A line through points of rising ``across``, flat until the next one when ``in_steps``; ``mark`` names one place on it.

    ``across`` and ``up``: title and kind of each axis. ``rows``, ``columns``: its data, which may say more than the line.
    """
    import plotly.graph_objects as go

    figure = go.Figure(
        go.Scatter(
            x=[float(x) for x, _ in points],
            y=[float(y) for _, y in points],
            mode="lines",
            line={"shape": "hv" if in_steps else "linear", "color": frame.BLUE},
            text=[f"{frame.written(x, across[1])}<br>{up[0]} : {frame.written(y, up[1])}" for x, y in points],
            hovertemplate=f"{across[0]} : %{{text}}<extra></extra>",
        )
    )
    frame.mark(figure, float(mark[0]), mark[1])
    figure.update_xaxes(**frame.axis(*across))
    figure.update_yaxes(**frame.axis(*up), rangemode="tozero")
    frame.show(figure, rows, columns, key, alt, height=360)

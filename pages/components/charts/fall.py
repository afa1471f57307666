"""From one total to another."""

from collections.abc import Sequence

from pages.components.charts.frame import BLUE, GREEN, GREY, ORANGE, Amount, axis, labels, show, written
from pages.components.tables import Column, Kind

_LONGEST_NAME = 60
"""Characters: a longer name would leave no room for its bar."""


def waterfall(
    first: tuple[str, Amount],
    steps: Sequence[tuple[str, Amount]],
    last: tuple[str, Amount],
    *,
    measure: str,
    kind: Kind,
    key: str,
    alt: str,
) -> None:
    """Where it starts, what each step adds or takes away, where it ends: a step goes up or down, and its sign says so."""
    import plotly.graph_objects as go

    told = [first, *steps, last]
    names, values = [name for name, _ in told], [value for _, value in told]
    signs = ["", *("+" if amount > 0 else "" for _, amount in steps), ""]
    figure = go.Figure(
        go.Waterfall(
            x=[float(value) for value in values],
            # By place: two of them may bear one name.
            y=list(range(len(told))),
            orientation="h",
            measure=["absolute", *("relative" for _ in steps), "total"],
            text=[sign + written(value, kind) for sign, value in zip(signs, values, strict=True)],
            textposition="auto",
            cliponaxis=False,
            increasing={"marker": {"color": GREEN}},
            decreasing={"marker": {"color": ORANGE}},
            totals={"marker": {"color": BLUE}},
            connector={"line": {"color": GREY, "dash": "dot", "width": 1}},
            hoverinfo="text",
        )
    )
    figure.update_yaxes(tickvals=list(range(len(told))), ticktext=labels(map(_cut, names)), autorange="reversed")
    figure.update_xaxes(**axis(measure, kind))
    rows = [{"etape": name, "valeur": value} for name, value in told]
    columns = [Column("etape", "Étape", width="large"), Column("valeur", measure, kind)]
    show(figure, rows, columns, key, alt, height=110 + 34 * len(told))


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"

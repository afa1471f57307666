"""Charts: French numbers, a text for those who cannot see them, and their data underneath.

plotly.graph_objects only (plotly.express takes ten times as long), imported when a chart is drawn.
"""

from __future__ import annotations

import html
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

import streamlit as st

from clact_model import formats
from pages.components import tables
from pages.components.tables import Column, Kind, Row

if TYPE_CHECKING:
    import plotly.graph_objects as go

Amount = Decimal | int

_TICKS: Mapping[Kind, str] = {"montant": ",.0f", "entier": ",d", "nombre": ",.2~f", "part": ".0%"}
_SUFFIXES: Mapping[Kind, str] = {"montant": " €"}
_PATTERNS = ("", "/", ".", "x", "\\", "-", "+")
"""Segments side by side differ by their hatching as well as by their colour."""


def _draw(figure: go.Figure, rows: Sequence[Row], columns: Sequence[Column], key: str, alt: str, height: int) -> None:
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


def _written(value: Amount | float, kind: Kind) -> str:
    exact = Decimal(str(value))
    return {"montant": formats.whole_euros, "part": formats.share}.get(kind, formats.number)(exact)


def _labels(names: Iterable[str]) -> list[str]:
    # plotly reads tags in its labels: a link in a dossier's text would become one here.
    return [html.escape(name, quote=False) for name in names]


def _wrapped(names: Iterable[str]) -> list[str]:
    """Labels on two or three short lines, to stand side by side without slanting."""
    return ["<br>".join(_labels(textwrap.wrap(name, 17, max_lines=3, placeholder="…"))) for name in names]


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

    names = _labels(values)
    figure = go.Figure(
        go.Bar(
            x=[float(v) for v in values.values()],
            y=names,
            orientation="h",
            text=[_written(v, kind) for v in values.values()],
            hovertemplate="%{y} : %{text}<extra></extra>",
        )
    )
    # As categories: département « 08 » is no number.
    figure.update_yaxes(type="category", autorange="reversed")
    figure.update_xaxes(tickformat=_TICKS[kind], ticksuffix=_SUFFIXES.get(kind, ""), title=measure)
    rows = [{"categorie": name, "mesure": value} for name, value in values.items()]
    columns = [Column("categorie", category), Column("mesure", measure, kind)]
    _draw(figure, rows, columns, key, alt, height=90 + 26 * len(names))


def steps(
    points: Sequence[tuple[Amount, Amount]],
    *,
    across: tuple[str, Kind],
    up: tuple[str, Kind],
    mark: tuple[Amount, str],
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
            line={"shape": "hv" if in_steps else "linear", "color": "#1f4e79"},
            text=[f"{_written(x, across[1])}<br>{up[0]} : {_written(y, up[1])}" for x, y in points],
            hovertemplate=f"{across[0]} : %{{text}}<extra></extra>",
        )
    )
    place = float(mark[0])
    figure.add_shape(
        type="line", x0=place, x1=place, y0=0, y1=1, yref="paper", line={"dash": "dot", "color": "#b35c00"}
    )
    figure.add_annotation(x=place, y=1, yref="paper", yanchor="bottom", showarrow=False, text=mark[1])
    figure.update_xaxes(tickformat=_TICKS[across[1]], ticksuffix=_SUFFIXES.get(across[1], ""), title=across[0])
    figure.update_yaxes(tickformat=_TICKS[up[1]], ticksuffix=_SUFFIXES.get(up[1], ""), title=up[0], rangemode="tozero")
    _draw(figure, rows, columns, key, alt, height=360)


def histogram(
    values: Sequence[Amount | float], *, measure: str, kind: Kind = "nombre", bins: int = 20, key: str, alt: str
) -> None:
    """How many values fall into each of ``bins`` equal intervals. Unknown values are for the caller to leave out."""
    import numpy as np
    import plotly.graph_objects as go

    counts, edges = np.histogram([float(value) for value in values], bins=bins)
    figure = go.Figure(
        go.Bar(
            x=(edges[:-1] + edges[1:]) / 2,
            y=counts,
            width=np.diff(edges),
            marker_line={"width": 1, "color": "white"},
            hovertemplate="%{y} autour de %{x}<extra></extra>",
        )
    )
    figure.update_xaxes(tickformat=_TICKS[kind], ticksuffix=_SUFFIXES.get(kind, ""), title=measure)
    figure.update_yaxes(tickformat=",d", title="Nombre")
    rows = [
        {"de": float(low), "a": float(high), "nombre": int(count)}
        for low, high, count in zip(edges[:-1], edges[1:], counts, strict=True)
    ]
    shown: Kind = "part" if kind == "part" else "nombre"
    columns = [
        Column("de", f"{measure} : de", shown),
        Column("a", "à", shown),
        Column("nombre", "Nombre", "entier"),
    ]
    _draw(figure, rows, columns, key, alt, height=280)


def calendar(steps: Sequence[tuple[str, date, date | None]], today: date, *, key: str, alt: str) -> None:
    """The steps of a call (label, first day, last day) along time, with today on it."""
    import plotly.graph_objects as go

    names = _labels(name for name, _, _ in steps)
    figure = go.Figure()
    for name, (_, first, last) in zip(names, steps, strict=True):
        done = (last or first) < today
        figure.add_trace(
            go.Scatter(
                x=[first, last or first],
                y=[name, name],
                mode="lines+markers",
                line={"width": 8, "color": "#8a94a0" if done else "#1f4e79"},
                # A shape beside the colour: what is over is hollow.
                marker={"size": 13, "symbol": "circle-open" if done else "circle"},
                hovertemplate="%{y} : %{x|%d/%m/%Y}<extra></extra>",
                showlegend=False,
            )
        )
    figure.add_shape(
        type="line", x0=today, x1=today, y0=0, y1=1, yref="paper", line={"dash": "dot", "color": "#b35c00"}
    )
    figure.add_annotation(
        x=today, y=1, yref="paper", yanchor="bottom", showarrow=False, text=f"Jour jugé : {formats.day(today)}"
    )
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
    _draw(figure, rows, columns, key, alt, height=110 + 30 * len(names))


def contributions(points: Mapping[str, Decimal | None], *, key: str, alt: str) -> None:
    """What each criterion gives to a score, in points; an unknown one has no bar and says so under the chart."""
    import plotly.graph_objects as go

    known = {name: value for name, value in points.items() if value is not None}
    figure = go.Figure(
        go.Bar(
            x=[float(value) for value in known.values()],
            y=_labels(known),
            orientation="h",
            text=[formats.number(value) for value in known.values()],
            hovertemplate="%{y} : %{text} point(s)<extra></extra>",
        )
    )
    figure.update_yaxes(type="category", autorange="reversed")
    figure.update_xaxes(tickformat=_TICKS["nombre"], title="Points")
    rows = [{"critere": name, "points": value} for name, value in points.items()]
    columns = [Column("critere", "Critère"), Column("points", "Points", "nombre")]
    _draw(figure, rows, columns, key, alt, height=100 + 28 * len(known))
    if missing := [name for name, value in points.items() if value is None]:
        st.caption(f"Donnée inconnue pour : {', '.join(missing)}.")


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

    names = _labels(name for name, _ in bars_of)
    parts = list(dict.fromkeys(part for _, values in bars_of for part in values))

    def bar(place: int, part: str) -> go.Bar:
        values = [own.get(part) for _, own in bars_of]
        return go.Bar(
            x=[None if value is None else float(value) for value in values],
            y=names,
            orientation="h",
            name=html.escape(part, quote=False),
            marker_pattern_shape=_PATTERNS[place % len(_PATTERNS)],
            text=["" if value is None else _written(value, kind) for value in values],
            textposition="none" if mode == "stack" else "outside",
            cliponaxis=False,
            hovertemplate="%{y}<br>%{fullData.name} : %{text}<extra></extra>",
        )

    # One part alone would have no legend, and no name.
    figure = go.Figure([bar(*one) for one in enumerate(parts)], layout={"barmode": mode, "showlegend": True})
    figure.update_yaxes(type="category", autorange="reversed")
    figure.update_xaxes(tickformat=_TICKS[kind], ticksuffix=_SUFFIXES.get(kind, ""), title=measure)
    if mode == "group":
        # Room for the figure written after the longest bar.
        longest = max([0.01, *(float(value) for _, own in bars_of for value in own.values() if value is not None)])
        figure.update_xaxes(range=[0, 1.15 * longest])
    rows = [{"categorie": name} | dict(values) for name, values in bars_of]
    columns = [Column("categorie", category), *(Column(part, f"{part} ({measure.lower()})", kind) for part in parts)]
    height = 26 if mode == "stack" else 8 + 20 * len(parts)
    _draw(figure, rows, columns, key, alt, height=130 + height * len(names))


def waterfall(
    first: tuple[str, Decimal], steps: Mapping[str, Decimal], last: tuple[str, Decimal], *, key: str, alt: str
) -> None:
    """From one amount in EUR to another, the steps between them: each goes up or down, and says so by its sign."""
    import plotly.graph_objects as go

    names = [first[0], *steps, last[0]]
    values = [first[1], *steps.values(), last[1]]
    signed = [("+" if value > 0 else "") + formats.whole_euros(value) for value in steps.values()]
    written = [formats.whole_euros(first[1]), *signed, formats.whole_euros(last[1])]
    figure = go.Figure(
        go.Waterfall(
            # By place: two scenarios may bear the name of a step.
            x=list(range(len(names))),
            y=[float(value) for value in values],
            measure=["absolute", *("relative" for _ in steps), "total"],
            text=written,
            textposition="outside",
            textfont={"size": 14},
            cliponaxis=False,
            increasing={"marker": {"color": "#1f4e79"}},
            decreasing={"marker": {"color": "#b35c00"}},
            totals={"marker": {"color": "#6b6b6b"}},
            connector={"line": {"color": "#8a94a0", "dash": "dot", "width": 1}},
            hoverinfo="text",
        )
    )
    highest = max([float(first[1]), float(last[1]), float(first[1] + sum(v for v in steps.values() if v > 0)), 1.0])
    figure.update_xaxes(tickvals=list(range(len(names))), ticktext=_wrapped(names), tickfont={"size": 13}, tickangle=0)
    figure.update_yaxes(tickformat=_TICKS["montant"], ticksuffix=" €", range=[0, 1.12 * highest])
    rows = [{"etape": name, "montant": value} for name, value in zip(names, values, strict=True)]
    _draw(figure, rows, [Column("etape", "Étape"), Column("montant", "Montant (€)", "montant")], key, alt, height=360)


def cascade(
    start: Amount,
    steps: Sequence[tuple[str, Amount]],
    *,
    measure: str,
    kind: Kind,
    key: str,
    alt: str,
) -> None:
    """A total step by step: where it starts, what each step adds or takes away (its sign is written), where it ends."""
    import plotly.graph_objects as go

    names = ["Départ", *(name for name, _ in steps), "Arrivée"]
    values = [start, *(amount for _, amount in steps), start + sum(amount for _, amount in steps)]
    signs = ["", *("+" if amount > 0 else "" for _, amount in steps), ""]
    figure = go.Figure(
        go.Waterfall(
            x=[float(value) for value in values],
            y=_labels(_cut(name) for name in names),
            orientation="h",
            measure=["absolute", *("relative" for _ in steps), "total"],
            text=[sign + _written(value, kind) for sign, value in zip(signs, values, strict=True)],
            textposition="auto",
            increasing={"marker": {"color": "#00775a"}},
            decreasing={"marker": {"color": "#b35c00"}},
            totals={"marker": {"color": "#1f4e79"}},
            hovertemplate="%{y} : %{text}<extra></extra>",
        )
    )
    figure.update_yaxes(type="category", autorange="reversed")
    figure.update_xaxes(tickformat=_TICKS[kind], ticksuffix=_SUFFIXES.get(kind, ""), title=measure)
    rows = [{"etape": name, "valeur": value} for name, value in zip(names, values, strict=True)]
    columns = [Column("etape", "Étape", width="large"), Column("valeur", measure, kind)]
    _draw(figure, rows, columns, key, alt, height=110 + 34 * len(values))


_LONGEST_NAME = 60
"""Characters: a longer name would leave no room for its bar."""


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"

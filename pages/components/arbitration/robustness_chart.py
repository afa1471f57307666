"""The draws as one picture: each line at its place, as high as it is often funded."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from clact_model import formats
from clact_model.allocation.settings import label
from clact_model.robustness import CLASSES, CORE, OUT, Classe, Outlook, Robustness

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAMES: dict[Classe, str] = {"noyau": "Noyau", "limite": "Limite", "hors": "Hors"}
LOOKS: dict[Classe, tuple[str, str]] = {
    "noyau": ("#1f4e79", "circle"),
    "limite": ("#b35c00", "diamond"),
    "hors": ("#6b6b6b", "square"),
}
"""Class → colour and shape; hollow: not funded with the chosen weights."""
_INK = "#1c2530"
_READ_FAR = {"size": 14, "color": _INK}
"""Letters that are read from the end of a room."""
_HEIGHT = 480


def show(found: Robustness) -> None:
    """Only what may be funded: the others would lie at 0 whatever their place."""
    counts = ", ".join(f"{NAMES[classe].lower()} {len(found.of(classe))}" for classe in CLASSES)
    st.plotly_chart(
        _figure(found),
        key="robustesse",
        alt=f"Part des tirages où chaque demande est financée, selon sa place au classement : {counts}",
        config={"displayModeBar": False},
    )
    st.caption(
        "Forme pleine : financé avec les poids choisis ; forme creuse : non financé. Trait horizontal, pour la zone "
        "limite : les places prises dans neuf tirages sur dix. Les données du graphique sont dans le tableau."
    )


def _figure(found: Robustness) -> go.Figure:
    import plotly.graph_objects as go

    traces = []
    for classe in CLASSES:
        for funded in (True, False):
            lines = [line for line in found.of(classe) if line.today.funded == funded]
            if lines:
                traces.append(_points(classe, funded, lines))
    # Made of one piece: added one by one, each would be checked with all those before it.
    return go.Figure({"data": traces, "layout": _layout()})


def _points(classe: Classe, funded: bool, lines: Sequence[Outlook]) -> dict[str, Any]:
    colour, symbol = LOOKS[classe]
    places = [line.today.line.position or 0 for line in lines]
    trace: dict[str, Any] = {
        "type": "scatter",
        "mode": "markers",
        "x": places,
        "y": [float(line.share) for line in lines],
        "name": f"{NAMES[classe]}, {'financé' if funded else 'non financé'} : {formats.number(len(lines))}",
        "marker": {
            "color": colour,
            "size": 11 if classe == "limite" else 9,
            "symbol": symbol if funded else f"{symbol}-open",
            "line": {"width": 2, "color": colour} if not funded else {"width": 0},
        },
        "text": [_said(line) for line in lines],
        "hovertemplate": "%{text}<extra></extra>",
    }
    if classe == "limite":
        trace["error_x"] = {
            "type": "data",
            "symmetric": False,
            "array": [max(line.ranks.high - place, 0) for line, place in zip(lines, places, strict=True)],
            "arrayminus": [max(place - line.ranks.low, 0) for line, place in zip(lines, places, strict=True)],
            "color": colour,
            "thickness": 1,
            "width": 3,
        }
    return trace


def _said(line: Outlook) -> str:
    # plotly reads tags in its texts: a link in a dossier's would become one here.
    who = html.escape(f"{label(line.today.line.key)} · {line.today.line.etablissement}", quote=False)
    return (
        f"{who}<br>{NAMES[line.classe]} : financé dans {formats.share(line.share)} des tirages"
        f"<br>Place {line.today.line.position}, de {line.ranks.low} à {line.ranks.high} dans neuf tirages sur dix"
    )


def _layout() -> dict[str, Any]:
    return {
        "separators": ",\u202f",
        "height": _HEIGHT,
        "margin": {"l": 10, "r": 20, "t": 30, "b": 30},
        "legend": {
            "orientation": "h",
            "yanchor": "bottom",
            "y": 1.02,
            "x": 0,
            "traceorder": "normal",
            "font": _READ_FAR,
        },
        "xaxis": _axis("Place avec les poids choisis", ",d") | {"rangemode": "tozero"},
        "yaxis": _axis("Part des tirages où la demande est financée", ".0%") | {"range": [-0.04, 1.04]},
        "shapes": [_line(float(share)) for share in (CORE, OUT)],
        "annotations": [
            _words(float(CORE), "top", f"Noyau : {formats.share(CORE)} des tirages ou plus"),
            _words(float(OUT), "bottom", f"Hors : {formats.share(OUT)} des tirages ou moins"),
        ],
    }


def _axis(title: str, ticks: str) -> dict[str, Any]:
    return {"title": {"text": title, "font": _READ_FAR}, "tickformat": ticks, "tickfont": _READ_FAR, "automargin": True}


def _line(share: float) -> dict[str, Any]:
    return {"type": "line", "x0": 0, "x1": 1, "xref": "paper", "y0": share, "y1": share} | {
        "line": {"dash": "dot", "width": 1, "color": _INK},
        "layer": "below",
    }


def _words(share: float, anchor: str, words: str) -> dict[str, Any]:
    # On the left, under the noyau and above the hors, there is room: the points go from top left to bottom right.
    return {"x": 0.01, "xref": "paper", "xanchor": "left", "y": share, "yanchor": anchor} | {
        "text": words,
        "showarrow": False,
        "font": _READ_FAR,
    }

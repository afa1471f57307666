"""The départements as a map: what each asks for or how many dossiers it has, the overseas ones and Paris in frames.

Filled lines only: plotly's own maps fetch from the web.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import streamlit as st

from clact_model import departements, formats, paths

if TYPE_CHECKING:
    import numpy as np
    import plotly.graph_objects as go

    Points = np.ndarray[Any, np.dtype[np.float64]]

OUTLINES = paths.DATA / "reference" / "contours_departements.json"
BLUES = ("#d3e4f3", "#b3cfe9", "#93b9de", "#74a3d3", "#5b8fc7")
"""From little to much. None is so dark that a number could not be read on it (4.5:1), nor half beside it on white."""
_NOTHING, _ELSEWHERE, _BORDER, _INK = "#ffffff", "#f0f0ee", "#8a94a0", "#1c2530"
_HEIGHT = 520
_STEPS = (1, 2, 2.5, 5, 10)
_ENLARGED = "Petite couronne"
Window = tuple[float, float, float, float]
"""Left, bottom, right, top, in units of the file."""
Trace = dict[str, Any]


@dataclass(frozen=True)
class View:
    """One part of the map. ``frame``: left, bottom, right, top of an inset, None for the mainland; all in units of the file."""

    name: str
    frame: Window | None
    rings: Mapping[str, Points]
    """Code → its rings as one column of points, a row of nan between two."""
    boxes: Mapping[str, Window]
    labels: Mapping[str, tuple[int, int]]

    def box(self, codes: set[str]) -> Window:
        """What surrounds these départements."""
        held = [box for code, box in self.boxes.items() if code in codes]
        x0, y0, x1, y1 = zip(*held, strict=True)
        return min(x0), min(y0), max(x1), max(y1)

    def within(self, window: Window) -> View:
        """The view without the départements that lie wholly outside."""
        near = {code: points for code, points in self.rings.items() if _meet(self.boxes[code], window)}
        return self if self.frame else replace(self, rings=near)


def _meet(one: Window, other: Window) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


@dataclass(frozen=True)
class Measure:
    """What is coloured. ``unit``: « € », or empty for a count."""

    name: str
    unit: str

    def short(self, value: Decimal | int) -> str:
        """What is written on the map: « 1,2 M€ », « 350 k€ », « 12 »."""
        if not self.unit:
            return formats.number(value)
        if value < 1_000:
            return formats.whole_euros(value)
        if value < 999_500:
            return f"{formats.number(round(Decimal(value) / 1_000))}\u202fk€"
        return f"{formats.number(round(Decimal(value) / 1_000_000, 1).normalize())}\u202fM€"

    def whole(self, value: Decimal | int) -> str:
        """What is read at leisure: « 1 234 567 € », « 12 dossiers »."""
        return formats.whole_euros(value) if self.unit else formats.plural(int(value), "dossier")


MEASURES = (Measure("Montant demandé", "€"), Measure("Nombre de dossiers", ""))


@cache
def views() -> tuple[View, ...]:
    """The mainland, then the frames."""
    import numpy as np

    gap = np.array([[np.nan, np.nan]])

    def column(rings: Sequence[Sequence[int]]) -> Points:
        return np.concatenate([part for ring in rings for part in (np.reshape(np.array(ring, float), (-1, 2)), gap)])

    found = []
    for one in json.loads(OUTLINES.read_text(encoding="utf-8"))["vues"]:
        rings = {code: column(own) for code, own in one["contours"].items()}
        boxes = {code: (*np.nanmin(own, axis=0), *np.nanmax(own, axis=0)) for code, own in rings.items()}
        labels = {code: (x, y) for code, (x, y) in one["etiquettes"].items()}
        found.append(View(one["nom"], tuple(one["cadre"]) if one["cadre"] else None, rings, boxes, labels))
    return tuple(found)


def step(largest: Decimal | int, classes: int = len(BLUES)) -> Decimal:
    """The width of a class: the smallest round number with which so many of them reach the largest value."""
    wanted = max(float(largest) / classes, 1)
    power = 10 ** math.floor(math.log10(wanted))
    return Decimal(str(next(round_one * power for round_one in _STEPS if round_one * power >= wanted)))


def figure(
    values: Mapping[str, Decimal | int],
    measure: Measure,
    concerned: Iterable[str],
    whole: bool,
    nothing: str = "Aucun dossier",
) -> go.Figure:
    """The map of a value a département. ``concerned``: those of the call, which a region's view holds; ``whole``: all France.

    ``nothing``: what the legend says of a département of the call without a value.
    """
    import plotly.graph_objects as go

    shown = {code: value for code, value in values.items() if value}
    calling = set(concerned) or set(shown)
    width = step(max(shown.values(), default=1))
    classes = {code: min(math.ceil(value / width), len(BLUES)) - 1 for code, value in shown.items()}
    seen, window = (views(), None) if whole else _around(calling)
    known = {code for view in seen for code in view.rings}
    traces = [
        *_filled(seen, known - calling - shown.keys(), "Hors de l'appel", _ELSEWHERE),
        *_filled(seen, calling - shown.keys(), nothing, _NOTHING, hatched=True),
    ]
    for place in sorted(set(classes.values())):
        low, high = measure.short(place * width), measure.short((place + 1) * width)
        name = f"{low} à {high}" if place else f"jusqu'à {high}"
        traces += _filled(seen, {code for code, own in classes.items() if own == place}, name, BLUES[place])
    traces += _written(seen, shown, measure)
    # Made of one piece: added one by one, each would be checked with all those before it.
    return go.Figure({"data": traces, "layout": _layout(seen, window)})


def _around(codes: set[str]) -> tuple[tuple[View, ...], Window | None]:
    """The views that hold the départements of the call, cut to what lies around them."""
    # A region that is shown large needs no enlarged Paris.
    found = [view for view in views() if codes & view.rings.keys() and view.name != _ENLARGED]
    if not found:
        return views(), None
    boxes = [view.frame or view.box(codes) for view in found]
    x0, y0 = min(box[0] for box in boxes), min(box[1] for box in boxes)
    x1, y1 = max(box[2] for box in boxes), max(box[3] for box in boxes)
    around = 0.06 * max(x1 - x0, y1 - y0)
    window = (x0 - around, y0 - around, x1 + around, y1 + around)
    # The drawing is wider than it is high: neighbours to the left and to the right are seen too.
    side = 2 * (y1 - y0)
    return tuple(view.within((x0 - side, y0 - around, x1 + side, y1 + around)) for view in found), window


def _filled(seen: Sequence[View], codes: set[str], name: str, colour: str, hatched: bool = False) -> list[Trace]:
    """One trace for all the départements of a class; none for a class without any."""
    import numpy as np

    parts = [points for view in seen for code, points in view.rings.items() if code in codes]
    if not parts:
        return []
    points = np.concatenate(parts)
    trace: Trace = {
        "type": "scatter",
        "x": points[:, 0],
        "y": points[:, 1],
        "mode": "lines",
        "fill": "toself",
        "fillcolor": colour,
        "line": {"color": _BORDER, "width": 0.7},
        "name": name,
        "hoverinfo": "skip",
        "showlegend": True,
    }
    if hatched:
        trace["fillpattern"] = {"shape": "/", "fgcolor": _BORDER, "bgcolor": colour, "size": 7, "solidity": 0.15}
    return [trace]


def _written(seen: Sequence[View], values: Mapping[str, Decimal | int], measure: Measure) -> list[Trace]:
    """The value on each département that has one, and its name under the pointer."""
    # The last view that holds a département is the one that shows it largest.
    places = {code: at for view in seen for code, at in view.labels.items() if code in values}
    names = departements.names()
    return [
        {
            "type": "scatter",
            "x": [x for x, _ in places.values()],
            "y": [y for _, y in places.values()],
            "mode": "text",
            "text": [measure.short(values[code]) for code in places],
            "textfont": {"size": 11, "color": _INK},
            "hovertext": [f"{code} – {names.get(code, code)} : {measure.whole(values[code])}" for code in places],
            "hoverinfo": "text",
            "showlegend": False,
        }
    ]


def _layout(seen: Sequence[View], window: Window | None) -> dict[str, Any]:
    frames = [(view.name, view.frame) for view in seen if view.frame]
    small = {"size": 11, "color": _INK}
    hidden = {"visible": False, "fixedrange": True}
    return {
        "shapes": [
            {"type": "rect", "x0": x0, "y0": y0, "x1": x1, "y1": y1, "line": {"color": _BORDER, "width": 1}}
            for _, (x0, y0, x1, y1) in frames
        ],
        "annotations": [
            {"x": x0, "y": y1, "text": name, "xanchor": "left", "yanchor": "bottom", "showarrow": False, "font": small}
            for name, (x0, _, _, y1) in frames
        ],
        "height": _HEIGHT,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "dragmode": False,
        "hovermode": "closest",
        # The name of a département comes from its middle: the pointer may be far from it.
        "hoverdistance": 45,
        "plot_bgcolor": "#ffffff",
        "legend": {"orientation": "h", "yanchor": "top", "y": 0, "x": 0, "itemclick": False, "itemdoubleclick": False},
        "xaxis": hidden | ({"range": [window[0], window[2]]} if window else {}),
        "yaxis": hidden | {"scaleanchor": "x"} | ({"range": [window[1], window[3]]} if window else {}),
    }


def show(demande: Mapping[str, Decimal], dossiers: Mapping[str, int], concerned: Sequence[str], *, key: str) -> None:
    """The map, what it shows, and where. Code of département → EUR asked for and dossiers; ``concerned``: those of the call.

    Its figures in a table are for the caller to show beside it.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        names = [measure.name for measure in MEASURES]
        chosen = st.segmented_control(
            "Colorer par", names, default=names[0], required=True, key=f"{key}_mesure", label_visibility="collapsed"
        )
        whole = st.toggle("France entière", value=not concerned, key=f"{key}_france")
    measure = next(one for one in MEASURES if one.name == (chosen or names[0]))
    values: Mapping[str, Decimal | int] = demande if measure.unit else dossiers
    drawn = figure(values, measure, concerned, whole)
    st.plotly_chart(drawn, key=key, alt=_alt(values, measure), config={"displayModeBar": False})
    drawable = {code for view in views() for code in view.rings}
    outside = sum(count for code, count in dossiers.items() if code not in drawable)
    others = sum(count for code, count in dossiers.items() if code in drawable and code not in (concerned or drawable))
    if outside:
        st.caption(f"{formats.plural(outside, 'dossier')} sans place sur la carte : le tableau les compte.")
    if others and not whole:
        many = formats.plural(others, "dossier d'un autre département", "dossiers d'autres départements")
        st.caption(f"{many} : « France entière » montre tout.")


def _alt(values: Mapping[str, Decimal | int], measure: Measure) -> str:
    names = departements.names()
    largest = sorted(((value, code) for code, value in values.items() if value), reverse=True)[:5]
    said = ", ".join(f"{names.get(code, code)} {measure.whole(value)}" for value, code in largest)
    return f"Carte des départements : {measure.name.lower()}. Les plus élevés : {said or 'aucun'}."

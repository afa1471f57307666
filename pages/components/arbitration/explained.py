"""Explanations and studies of a simulation, computed when they are looked at and kept: a committee comes back to them."""

import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import streamlit as st

from clact_model import explanation
from clact_model.allocation import Key, Settings
from clact_model.explanation import Curve, Explanation, Price, Slice, Trial
from pages.components import prepared
from pages.components.prepared import Question

KEPT = 32


def _written(settings: Settings) -> str:
    """Settings as a key of what is kept."""
    return json.dumps(settings.to_json(), sort_keys=True)


def _read(settings: str) -> Settings:
    return Settings.from_json(json.loads(settings))


def request(asked: Question, settings: Settings, key: Key) -> Explanation:
    """Why one request receives what it receives. Raises what the allocation raises."""
    return _request(asked, _written(settings), key)


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _request(asked: Question, settings: str, key: Key) -> Explanation:
    return explanation.explain(trial(asked, _read(settings), key))


def trial(asked: Question, settings: Settings, key: Key) -> Trial:
    """One request among the lines that a question asks for."""
    ready = prepared.answered(asked)
    return Trial(ready.lines, settings, key, ready.places)


def curve(asked: Question, settings: Settings, most: Decimal) -> Curve:
    """What each envelope up to ``most`` gives."""
    return _curve(asked, _up_to(settings, most))


@st.cache_resource(show_spinner="Calcul de la courbe…", max_entries=KEPT)
def _curve(asked: Question, settings: str) -> Curve:
    found = _read(settings)
    return explanation.curve(prepared.answered(asked).lines, found, found.enveloppe)


def slices(asked: Question, settings: Settings, most: Decimal) -> Sequence[Slice]:
    """What each further slice of the envelope gives, up to ``most``."""
    return _slices(asked, _up_to(settings, most))


@st.cache_resource(show_spinner="Calcul des tranches…", max_entries=KEPT)
def _slices(asked: Question, settings: str) -> Sequence[Slice]:
    found = _read(settings)
    return explanation.slices(prepared.answered(asked).lines, found, found.enveloppe)


def _up_to(settings: Settings, most: Decimal) -> str:
    """The settings under the largest envelope of a curve: wherever the slider stands, the curve is the same."""
    return _written(replace(settings, enveloppe=max(most, settings.reserve)))


def prices(asked: Question, settings: Settings) -> Sequence[Price]:
    """What each thing that was set costs."""
    return _prices(asked, _written(settings))


@st.cache_resource(show_spinner="Calcul du prix de chaque réglage…", max_entries=KEPT)
def _prices(asked: Question, settings: str) -> Sequence[Price]:
    return tuple(explanation.prices(prepared.answered(asked).lines, _read(settings)))

"""The dossiers judged and ranked, computed once for each question and shared by all visitors.

Kept as resources, not as data: nothing in them can change, and a copy of 10,000 lines at each move of a slider would be
slower than the allocation itself. A question names everything its answer depends on, never a table; the names of its
parts do not begin with « _ », which Streamlit would leave out of the key.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import streamlit as st

from clact_model import eligibility, explanation, scoring, simulation
from clact_model.allocation import Line, Unit, from_base, summary
from clact_model.allocation.lines import in_rank_order
from clact_model.explanation import Places
from clact_model.scenario import Basis
from clact_model.scoring import Ranked
from pages.components import base

Weights = tuple[tuple[str, Decimal], ...]
Question = tuple[Path, int, str, str, date, Weights, Unit, tuple[str, ...]]
KEPT = 16
"""Answers kept: a committee goes back and forth between a few."""


@dataclass(frozen=True)
class Ready:
    """Lines that can be allocated, in rank order."""

    lines: tuple[Line, ...]
    basis: Basis
    demand: summary.Demand
    places: Places
    """What besides the score gives each line its place."""


@dataclass(frozen=True)
class Ranking:
    """Dossiers in rank order, and what is known of each one that was received."""

    ranked: tuple[Ranked, ...]
    dossiers: Mapping[str, Line]
    """Number → its line by dossier."""
    received: int


def lines(weights: Mapping[str, Decimal], unite: Unit, inclure: Collection[str]) -> Ready:
    """The lines of the chosen programme under these weights. Raises UsageError for wrong weights."""
    return answered(question(weights, unite, inclure))


def question(weights: Mapping[str, Decimal], unite: Unit, inclure: Collection[str]) -> Question:
    """All that the lines depend on: what is computed from them is kept under it."""
    return (*_asked(weights), unite, tuple(sorted(inclure)))


def answered(asked: Question) -> Ready:
    """The lines that a question asks for."""
    return _lines(*asked)


def ranking(weights: Mapping[str, Decimal]) -> Ranking:
    """The dossiers of the chosen programme ranked under these weights. Raises UsageError for wrong weights."""
    return _ranking(*_asked(weights))


def _asked(weights: Mapping[str, Decimal]) -> tuple[Path, int, str, str, date, Weights]:
    programme = base.programme()
    version = base.opened().version()
    return base.path(), version, programme.id, programme.fingerprint, base.today(), tuple(weights.items())


@st.cache_resource(show_spinner="Instruction et classement des dossiers…", max_entries=KEPT)
def _lines(
    path: Path,
    version: int,
    programme: str,
    fingerprint: str,
    today: date,
    weights: Weights,
    unite: Unit,
    inclure: tuple[str, ...],
) -> Ready:
    chosen = base.catalogue().programmes[programme]
    cursor = base.cursor()
    found = simulation.prepare(cursor, chosen, today, unite, inclure, dict(weights))
    places = explanation.read_places(cursor, unite)
    return Ready(tuple(in_rank_order(found.lines)), found.basis, summary.demand(found.lines), places)


@st.cache_resource(show_spinner="Classement des dossiers…", max_entries=KEPT)
def _ranking(path: Path, version: int, programme: str, fingerprint: str, today: date, weights: Weights) -> Ranking:
    chosen, cursor = base.catalogue().programmes[programme], base.cursor()
    used = scoring.rank(eligibility.judge(cursor, chosen, today), dict(weights))
    dossiers = {line.numero: line for line in from_base.lines(cursor, chosen, "dossier")}
    ranked = tuple(scoring.ranking(cursor, chosen, used))
    return Ranking(ranked, MappingProxyType(dossiers), len(dossiers))

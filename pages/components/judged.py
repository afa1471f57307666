"""What was judged, ranked and counted, kept between runs: by base, version of its data, programme file and day judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from clact_model import dossiers, eligibility, overview, pieces, scoring
from clact_model.eligibility import JudgedDossier, Judgement
from clact_model.overview import Overview, RuleCount, Summary
from clact_model.pieces import PieceState, Request
from clact_model.scoring import Ranked
from pages.components import base

Key = tuple[str, int, str, str, date]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One dossier whole. ``row``: every stored field but its contact; ``ranked``: None when it has no place."""

    row: Mapping[str, Any]
    judged: JudgedDossier
    pieces: Sequence[PieceState]
    ranked: Ranked | None
    weights: Mapping[str, Decimal]
    places: int
    """How many dossiers have a place."""


def _key() -> Key:
    programme = base.programme()
    return str(base.path()), base.opened().version(), programme.id, programme.fingerprint, base.today()


def _judgement(key: Key) -> Judgement:
    return eligibility.judge(base.cursor(), base.catalogue().get(key[2]), key[4])


# A resource, not data: nothing in it can change, and a copy of 10,000 dossiers at each run would be felt.
@st.cache_resource(show_spinner="Instruction des dossiers…", max_entries=16)
def _glance(key: Key) -> Overview:
    return overview.overview(_judgement(key))


# What instructors keep beside the verdicts changes without a new judgement: it is laid over the one that holds.
@st.cache_resource(show_spinner=False, max_entries=16)
def _summaries(key: Key, writes: int) -> tuple[Summary, ...]:
    programme = base.catalogue().get(key[2])
    return tuple(overview.followed(base.cursor(), programme, key[4], _glance(key).rows))


@st.cache_data(show_spinner="Application des règles…", max_entries=16)
def _rules(key: Key) -> list[RuleCount]:
    return overview.by_rule(_judgement(key))


@st.cache_data(show_spinner="Application des règles…", max_entries=64)
def _grid(key: Key, numeros: tuple[str, ...]) -> dict[str, dict[str, str]]:
    return overview.grid(_judgement(key), numeros)


@st.cache_data(show_spinner="Relevé des pièces…", max_entries=16)
def _requests(key: Key) -> list[Request]:
    judgement = _judgement(key)
    names = {row.numero: row.raison_sociale for row in _glance(key).rows}
    return pieces.to_ask(judgement.programme, eligibility.judged(judgement), names)


@st.cache_data(show_spinner="Relevé des pièces…", max_entries=16)
def _settled(key: Key, numeros: tuple[str, ...]) -> set[tuple[str, str, int | None]]:
    return pieces.settled(_judgement(key), numeros)


@st.cache_data(show_spinner="Lecture du dossier…", max_entries=128)
def _sheet(key: Key, numero: str) -> Sheet | None:
    judgement = _judgement(key)
    found = eligibility.judged(judgement, [numero], satisfied_too=True)
    if not found:
        return None
    programme, cursor = judgement.programme, judgement.cursor
    row = dossiers.read(cursor, programme, [numero])[0]
    weights = scoring.rank(judgement)
    ranking = scoring.ranking(cursor, programme, weights)
    contacts = {field.champ for field in programme.dictionary if field.type == "courriel"}
    return Sheet(
        {champ: value for champ, value in row.items() if champ not in contacts},
        found[0],
        pieces.states(programme, row, found[0]),
        next((place for place in ranking if place.numero == numero), None),
        weights,
        len(ranking),
    )


def glance() -> Overview:
    """The whole call, counted."""
    rows = summaries()
    return replace(_glance(_key()), rows=rows, tasks=overview.tasks(rows, base.programme().file.ligne))


def summaries() -> Sequence[Summary]:
    """Every dossier as lists show it."""
    return _summaries(_key(), base.opened().writes())


def rules() -> list[RuleCount]:
    """What each rule does."""
    return _rules(_key())


def grid(numeros: Sequence[str]) -> dict[str, dict[str, str]]:
    """The answer of each rule to each of these dossiers."""
    return _grid(_key(), tuple(numeros))


def requests() -> list[Request]:
    """What establishments are to be asked for."""
    return _requests(_key())


def settled(numeros: Sequence[str]) -> set[tuple[str, str, int | None]]:
    """Dossier, field and line of every piece of these dossiers that is there."""
    return _settled(_key(), tuple(numeros))


def sheet(numero: str) -> Sheet | None:
    """One dossier whole; None when the base does not hold it."""
    return _sheet(_key(), numero)

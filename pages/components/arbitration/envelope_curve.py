"""The curve of the envelope: what each amount gives, and what each further slice buys."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import streamlit as st

from clact_model import formats
from clact_model.allocation import Line, Result
from clact_model.allocation.settings import label
from clact_model.explanation import Curve, Point, Slice
from clact_model.programme import Programme
from pages.components import charts, lazy, tables
from pages.components.arbitration import explained
from pages.components.prepared import Question
from pages.components.tables import Column, Kind

MEASURES: Mapping[str, tuple[str, Kind]] = {
    "Accordé": ("accorde", "montant"),
    "Score total": ("score", "nombre"),
    "Dossiers financés": ("dossiers", "entier"),
    "Agents concernés": ("agents", "entier"),
}
ENTER = Column("entrants", "Entrent", help="Demandes financées ici, et non au pas précédent.", width=280)
LEAVE = Column("sortants", "Sortent", help="Demandes financées au pas précédent, et plus ici.", width=280)
NAMED = 12
"""Requests named in a cell; the others are counted."""


def show(programme: Programme, result: Result, asked: Question, largest: Decimal) -> None:
    """The curve up to the end of the slider, then its slices. The slider moves the mark, not the curve."""
    curve = explained.curve(asked, result.settings, largest)
    measure = st.segmented_control(
        "Ce que montre la courbe",
        list(MEASURES),
        default="Score total",
        required=True,
        key=f"mesure_{programme.id}",
        persist_state="session",
    )
    _drawn(curve, result, measure or "Score total")
    st.caption(_how(curve))
    if slices := explained.slices(asked, result.settings, largest):
        st.markdown(f"**Ce que chaque tranche de {formats.whole_euros(slices[-1].a - slices[-1].de)} achète**")
        _slices(slices)


def _drawn(curve: Curve, result: Result, measure: str) -> None:
    field, kind = MEASURES[measure]
    known = [point for point in curve.points if getattr(point, field) is not None]
    charts.steps(
        [(point.enveloppe, getattr(point, field)) for point in known],
        across=("Enveloppe", "montant"),
        up=(measure, kind),
        mark=(result.enveloppe, f"Enveloppe étudiée : {formats.whole_euros(result.enveloppe)}"),
        in_steps=curve.pas is None and result.settings.strategie != "dernier_reduit",
        rows=lazy.rows(curve.points, _row, tables.ROWS_SENT),
        columns=[
            Column("enveloppe", "Enveloppe (€)", "montant"),
            Column("accorde", "Accordé (€)", "montant"),
            Column("score", "Score total", "nombre"),
            Column("dossiers", "Dossiers financés", "entier"),
            Column("agents", "Agents concernés", "entier"),
            ENTER,
            LEAVE,
        ],
        key="courbe_enveloppe",
        alt=f"{measure} selon l'enveloppe",
    )


def _how(curve: Curve) -> str:
    if curve.pas is not None:
        tried = formats.plural(len(curve.points), "enveloppe essayée", "enveloppes essayées")
        return f"{tried}, une tous les {formats.whole_euros(curve.pas)}."
    changes = sum(bool(point.entrants or point.sortants) for point in curve.points)
    shown = f"{formats.plural(changes, 'enveloppe')} où la liste des financés change, toutes montrées."
    if any(point.sortants for point in curve.points):
        shown += (
            " Une enveloppe plus grande peut faire sortir une demande : "
            "une autre, mieux classée et plus chère, tient alors et prend sa place."
        )
    return shown


def _row(point: Point) -> dict[str, Any]:
    return {
        "enveloppe": point.enveloppe,
        "accorde": point.accorde,
        "score": point.score.quantize(Decimal("0.01")),
        "dossiers": point.dossiers,
        "agents": point.agents,
        "entrants": names(point.entrants),
        "sortants": names(point.sortants),
    }


def _slices(slices: Sequence[Slice]) -> None:
    """One row a slice: what it adds to the one before."""
    tables.show(
        [_bought(one) for one in slices],
        [
            Column("de", "De (€)", "montant", width=120),
            Column("a", "à (€)", "montant", width=120),
            Column("accorde", "Accordé en plus (€)", "montant", width=140),
            Column("score", "Score en plus", "nombre", width=110),
            Column("dossiers", "Dossiers en plus", "entier", width=120),
            Column("agents", "Agents en plus", "entier", width=110),
            ENTER,
            LEAVE,
        ],
        key="tranches_enveloppe",
        alt="Ce que chaque tranche de l'enveloppe ajoute",
        most=420,
    )


def _bought(one: Slice) -> dict[str, Any]:
    return {
        "de": one.de,
        "a": one.a,
        "accorde": one.accorde,
        "score": one.score.quantize(Decimal("0.01")),
        "dossiers": one.dossiers,
        "agents": one.agents,
        "entrants": names(one.entrants),
        "sortants": names(one.sortants),
    }


def names(lines: Sequence[Line]) -> str:
    """The requests by their numbers; the first ones, and how many others."""
    named = ", ".join(label(line.key) for line in lines[:NAMED])
    return named + (f" et {formats.plural(len(lines) - NAMED, 'autre')}" if len(lines) > NAMED else "")

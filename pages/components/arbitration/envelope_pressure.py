"""The *taux de pression* by sector and by axis: how much is asked for each euro received."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import streamlit as st

from clact_model import formats, overview
from clact_model.allocation import Result
from clact_model.explanation import Pressure, pressures, whole
from clact_model.programme import Programme
from pages.components import charts, tables
from pages.components.prepared import Question
from pages.components.tables import Column

FIELDS: Mapping[str, tuple[str, str]] = {
    "Secteur": ("secteur", "Secteur inconnu"),
    "Axe": ("axe", "Axe inconnu, ou plusieurs"),
}
DEFINITION = (
    "**Taux de pression** : ce que demandent les dossiers reçus, divisé par la part de l'enveloppe que leur groupe reçoit. "
    "**Pression recevable** : de même, pour les seules demandes qui peuvent être financées. "
    "2 veut dire deux euros demandés pour un euro accordé ; « — » : rien n'est accordé au groupe."
)


def show(programme: Programme, result: Result, asked: Question, largest: Decimal) -> None:
    """One field at a time, its groups and the whole."""
    st.caption(DEFINITION)
    chosen = st.segmented_control(
        "Groupes",
        list(FIELDS),
        default="Secteur",
        required=True,
        key=f"pression_{programme.id}",
        persist_state="session",
        label_visibility="collapsed",
    )
    field, unknown = FIELDS[chosen or "Secteur"]
    labels = overview.values(programme, field)
    groups = {labels.get(p.code, p.code) if p.code else unknown: p for p in pressures(result, field)}
    charts.bars(
        {name: _shown(group.taux_recevable) for name, group in groups.items() if group.taux_recevable is not None},
        category=chosen or "Secteur",
        measure="Pression recevable",
        kind="nombre",
        key=f"pression_{field}",
        alt=f"Pression recevable par {field}",
    )
    tables.show(
        [*(_row(name, group) for name, group in groups.items()), _row("Ensemble", whole(result))],
        [
            Column("groupe", chosen or "Secteur", width=200, pinned=True),
            Column("taux", "Taux de pression", "nombre", width=130),
            Column("taux_recevable", "Pression recevable", "nombre", width=130),
            Column("demandes", "Demandes", "entier", width=90),
            Column("demande", "Demandé (€)", "montant", width=130),
            Column("recevable", "Demandé recevable (€)", "montant", width=150),
            Column("accorde", "Accordé (€)", "montant", width=130),
            Column("part", "Part de l'accordé", "part", width=120),
        ],
        key=f"pression_{field}_detail",
        alt=f"Demandé, accordé et pression par {field}",
    )
    st.caption(f"Part de l'accordé : sur {formats.euros(result.granted)} accordés.")


def _row(name: str, group: Pressure) -> dict[str, Any]:
    return {
        "groupe": name,
        "demandes": group.demandes,
        "demande": group.demande,
        "recevable": group.demande_recevable,
        "accorde": group.accorde,
        "part": group.part,
        "taux": group.taux and _shown(group.taux),
        "taux_recevable": group.taux_recevable and _shown(group.taux_recevable),
    }


def _shown(rate: Decimal) -> Decimal:
    return rate.quantize(Decimal("0.01"))

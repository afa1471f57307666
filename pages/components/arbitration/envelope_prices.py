"""What each thing that was set costs: the same envelope without it, one at a time."""

from decimal import Decimal
from typing import Any

import streamlit as st

from clact_model.allocation import Result
from clact_model.explanation import Price
from clact_model.programme import Programme
from pages.components import charts, tables
from pages.components.arbitration import explained
from pages.components.arbitration.envelope_curve import names
from pages.components.prepared import Question
from pages.components.tables import Column


def show(programme: Programme, result: Result, asked: Question, largest: Decimal) -> None:
    """Score that each setting costs, then all that it moves."""
    found = explained.prices(asked, result.settings)
    if not found:
        st.info(
            "Rien ne pèse sur cette répartition : ni contrainte, ni réserve, ni demande retenue ou écartée d'office."
        )
        return
    st.caption(
        "Chaque réglage est ôté seul, les autres restent. Ce que l'on gagnerait sans lui est son prix ; "
        "un prix négatif dit qu'il rapporte."
    )
    charts.bars(
        {
            f"{place}. {price.libelle}": price.score.quantize(Decimal("0.01"))
            for place, price in enumerate(found, start=1)
        },
        category="Réglage",
        measure="Score total en plus sans lui",
        kind="nombre",
        key="prix_contraintes",
        alt="Ce que chaque réglage coûte en score total",
    )
    tables.show(
        [_row(price) for price in found],
        [
            Column("libelle", "Sans ce réglage", width=300, pinned=True),
            Column("score", "Score en plus", "nombre", width=110),
            Column("agents", "Agents en plus", "entier", width=110),
            Column("accorde", "Accordé en plus (€)", "montant", width=140),
            Column(
                "deplace",
                "Déplacé (€)",
                "montant",
                help="Ce que des demandes reçoivent à cause de ce réglage, et ne recevraient pas sans lui.",
                width=120,
            ),
            Column("entrants", "Entreraient", width=240),
            Column("sortants", "Sortiraient", width=240),
        ],
        key="prix_contraintes_detail",
        alt="Ce que chaque réglage coûte, et qui entrerait ou sortirait sans lui",
    )


def _row(price: Price) -> dict[str, Any]:
    return {
        "libelle": price.libelle,
        "score": price.score.quantize(Decimal("0.01")),
        "agents": price.agents,
        "accorde": price.accorde,
        "deplace": price.deplace,
        "entrants": names(price.entrants),
        "sortants": names(price.sortants),
    }

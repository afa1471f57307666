"""Where the answer leaves the ranking: better-ranked requests passed over while others behind them are funded."""

from decimal import Decimal
from typing import Any

import streamlit as st

from clact_model import formats
from clact_model.allocation import Result, summary
from clact_model.explanation import Inversion, inversions
from clact_model.programme import Programme
from pages.components import lazy, tables
from pages.components.arbitration.envelope_curve import names
from pages.components.prepared import Question
from pages.components.tables import Column


def show(programme: Programme, result: Result, asked: Question, largest: Decimal) -> None:
    """Every inversion, with its reason and the amounts behind it."""
    found = inversions(result)
    if not found:
        st.info("Aucune inversion : toute demande financée est mieux classée que celles qui attendent.")
        return
    st.caption(
        f"{formats.plural(len(found), 'demande passée', 'demandes passées')}, alors que des demandes moins bien "
        "classées sont financées."
    )
    tables.show(
        lazy.rows(found, _row, tables.ROWS_SENT),
        [
            Column("numero", "Demande", width=110, pinned=True),
            Column("position", "Place", "entier", width=60),
            Column("etablissement", "Établissement", width=200),
            Column("score", "Score", "nombre", help="Sur 100.", width=70),
            Column("possible", "Aide possible (€)", "montant", width=120),
            Column("derriere", "Financées derrière", "entier", width=120),
            Column("montant", "Accordé derrière (€)", "montant", width=140),
            Column("lesquelles", "Lesquelles", width=240),
            Column("raison", "Raison", width=900),
        ],
        key="inversions",
        alt="Demandes passées, avec leur raison et celles financées derrière elles",
    )


def _row(inversion: Inversion) -> dict[str, Any]:
    line = inversion.outcome.line
    return {
        "numero": names([line]),
        "position": line.position,
        "etablissement": line.etablissement,
        "score": line.score and line.score.quantize(Decimal("0.01")),
        "possible": summary.possible_for(line),
        "derriere": len(inversion.behind),
        "montant": inversion.granted_behind,
        "lesquelles": names([outcome.line for outcome in inversion.behind]),
        "raison": inversion.outcome.reason,
    }

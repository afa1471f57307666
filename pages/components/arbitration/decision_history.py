"""Who changed the selection, when, from what to what, and why."""

import streamlit as st

from clact_model import decision
from clact_model.programme import Programme
from pages.components import base, tables
from pages.components.tables import Column


def show(programme: Programme) -> None:
    """Every operation, then the fields that the chosen one changed."""
    with st.expander("Historique de la sélection", icon=":material/history:"):
        found = decision.steps(base.cursor(), programme)
        rows = [
            {
                "operation": step.operation,
                "quand": step.quand,
                "auteur": step.auteur,
                "nature": decision.OPERATIONS[step.nature],
                "numero": step.numero,
                "detail": step.detail,
                "champs": len(step.changes),
            }
            for step in found
        ]
        picked = tables.choose(
            rows,
            [
                Column("quand", "Quand", "moment", fuseau=programme.fuseau),
                Column("auteur", "Qui"),
                Column("nature", "Opération"),
                Column("numero", "Demande"),
                Column("detail", "Motif ou détail", width=520),
                Column("champs", "Champs changés", "entier"),
            ],
            names=["operation"],
            key="historique_selection",
            alt="Historique de la sélection",
        )
        if picked is None:
            st.caption("Cochez une opération pour voir chaque champ qu'elle a changé.")
            return
        _changes(next(step for step in found if step.operation == picked["operation"]))


def _changes(step: decision.Step) -> None:
    tables.show(
        [
            {
                "numero": change.numero or None,
                "ligne": change.ligne,
                "champ": decision.FIELDS.get(change.champ, change.champ).capitalize(),
                "avant": change.avant,
                "apres": change.apres,
            }
            for change in step.changes
        ],
        [
            Column("numero", "Dossier", pinned=True),
            Column("ligne", "Ligne", "entier"),
            Column("champ", "Champ"),
            Column("avant", "Avant", width=300),
            Column("apres", "Après", width=300),
        ],
        key=f"historique_champs_{step.operation}",
        alt="Champs changés par l'opération",
    )

"""The decisions as one table to read and to pick from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

import streamlit as st

from clact_model import decision, formats
from clact_model.decision import Decision, Held
from clact_model.programme import Programme
from pages.components import base, tables
from pages.components.tables import Column

FILTERS: Mapping[str, Callable[[Decision], bool]] = {
    "Toutes": lambda one: True,
    "Retenues": lambda one: one.issue == "retenu",
    "Liste d'attente": lambda one: one.issue == "liste_attente",
    "Refusées": lambda one: one.issue == "refuse",
    "À confirmer": lambda one: not one.decided,
    "À notifier": lambda one: one.decided and one.statut != "notifie",
}
"""What is listed → whether a decision is in it."""


def pick(programme: Programme, held: Held) -> Sequence[Decision]:
    """The table, and the decisions picked in it."""
    chosen = st.segmented_control(
        "Liste",
        list(FILTERS),
        default="Toutes",
        required=True,
        format_func=lambda name: f"{name} ({formats.number(sum(map(FILTERS[name], held.decisions)))})",
        key="liste_decisions",
        label_visibility="collapsed",
    )
    listed = {one.key for one in held.decisions if FILTERS[chosen or "Toutes"](one)}
    if not listed:
        st.info("Cette liste est vide.")
        return []
    found = decision.lists(base.cursor(), programme, held)
    rows = {(row.numero, row.ligne): asdict(row) for part in found.parts for row in part.rows}
    # Another table after each write: a row picked before is not one picked now.
    picked = tables.choose_several(
        [{**rows[one.key], "demande_id": one.label} for one in held.decisions if one.key in listed],
        _columns(programme, held),
        names=["demande_id"],
        key=f"decisions_{chosen}_{held.committee.version}",
        alt="Décisions : demandes, montants et motifs",
        most=430,
    )
    known = (held.get((row["numero"], row["ligne"])) for row in picked)
    return [one for one in known if one is not None]


def _columns(programme: Programme, held: Held) -> list[Column]:
    labels = {
        column.champ: column.libelle
        for column in decision.lists(base.cursor(), programme, Held(held.committee, [])).columns
    }
    return [
        Column(
            "demande_id", "Demande", pinned=True, help="Numéro du dossier, et de la ligne quand elle est décidée seule."
        ),
        Column("raison_sociale", labels["raison_sociale"], width=220),
        Column(
            "statut",
            labels["statut"],
            width=275,
            help="Proposé, puis retenu, en liste d'attente ou refusé, puis notifié.",
        ),
        Column("accorde", labels["accorde"], "montant"),
        *([Column("supplement", labels["supplement"], "montant")] if "supplement" in labels else []),
        Column("demande", labels["demande"], "montant"),
        Column("aide_maximale", labels["aide_maximale"], "montant"),
        Column("position", "Place", "entier", help=labels["position"]),
        Column("conditionnel", labels["conditionnel"], help="L'instruction n'est pas finie : à ne pas notifier."),
        Column("raison", "Motif", width=700),
        Column("intitule", labels["intitule"], width=260),
        Column("departement", labels["departement"]),
        Column("secteur", labels["secteur"]),
        Column("score", labels["score"], "score"),
    ]

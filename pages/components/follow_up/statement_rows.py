"""The expenses of a statement, as the ledger has or will have them."""

import streamlit as st

from clact_model import formats
from clact_model.statements import Accepted, Statement
from pages.components import tables
from pages.components.tables import Column

ETATS = {"nouvelle": "+ Nouvelle", "completee": "✎ Complétée", "connue": "= Déjà connue"}
COLUMNS = [
    Column("etat", "État", pinned=True, labels=ETATS, help="Ce qu'elle est pour le registre."),
    Column("numero", "Dossier", pinned=True),
    Column("reference", "Facture"),
    Column("date", "Du", "date"),
    Column("facture", "Facturé (€)", "montant"),
    Column("impute", "Compté sur l'aide (€)", "montant", help="La facture entière, sauf si la ligne dit moins."),
    Column("admis", "Admis (€)", "montant", help="Vide : l'agence n'a encore rien dit."),
    Column("tranche", "Tranche", "entier"),
    Column("objet", "Objet", width=240),
]


def show(report: Statement) -> None:
    """Every expense that is kept, new ones first."""
    if not report.accepted:
        return
    order = list(ETATS)
    kept = sorted(report.accepted, key=lambda one: order.index(one.etat))
    st.subheader(
        f"Dépenses ({formats.number(len(kept))})",
        help=f"Comptées à la date de réception, le {formats.day(report.recu_le)}.",
    )
    tables.show([_row(one) for one in kept], COLUMNS, key="depenses_lues", alt="Dépenses de l'état récapitulatif")


def _row(one: Accepted) -> dict[str, object]:
    expense = one.expense
    return {
        "etat": one.etat,
        "numero": expense.numero,
        "reference": expense.reference,
        "date": expense.date_facture,
        "facture": expense.montant_facture,
        "impute": expense.montant_impute,
        "admis": expense.montant_admis,
        "tranche": expense.tranche,
        "objet": expense.objet,
    }

"""Several years: of one establishment, and of the region's calls."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from clact_model import impact
from clact_model.impact import Year
from clact_model.programme import Programme
from pages.components import base, charts, judged, tables
from pages.components.tables import Column

PARTS = {"accorde": "Accordé", "consomme": "Consommé", "recupere": "Récupéré"}


def show(programme: Programme) -> None:
    """The region, then the establishment of the dossier chosen."""
    cursor, today = base.cursor(), base.today()
    st.subheader(
        "Les appels de la région", help="Ceux de la base dont l'identifiant commence de même, même sans leur fichier."
    )
    _years(impact.of_region(cursor, programme, today), "region")
    st.subheader(
        "Les années d'un établissement",
        help="Même FINESS, même SIRET ou même établissement au référentiel, dans tous les appels de la base.",
    )
    names = {row.numero: f"{row.numero} · {row.raison_sociale or '—'}" for row in judged.summaries()}
    numero = st.selectbox(
        "Dossier",
        list(names),
        index=None,
        format_func=lambda one: names.get(one, one),
        key=f"annees_{programme.id}",
        placeholder="Numéro ou établissement",
        width=520,
    )
    if numero is not None:
        _years(impact.of_establishment(cursor, programme, numero, today), "etablissement")


def _years(found: Sequence[Year], key: str) -> None:
    titles = {one.id: one.titre for one in base.catalogue().programmes.values()}
    tables.show(
        [_row(one, titles.get(one.programme, one.programme)) for one in found],
        [
            Column("programme", "Appel", width=300, pinned=True),
            Column("annee", "Année", width=80),
            Column("dossiers", "Dossiers", "entier"),
            Column("demande", "Demandé (€)", "montant"),
            *(
                Column(code, f"{name} (€)", "montant", help="Inconnu tant que rien n'est notifié.")
                for code, name in (*PARTS.items(), ("libere", "Libéré"), ("reste", "Reste à venir"))
            ),
        ],
        key=f"annees_{key}_table",
        alt="Demandé, accordé, consommé et récupéré, par appel",
    )
    known = [one for one in found if one.balance is not None]
    if known:
        charts.grouped(
            [
                (
                    str(one.annee or one.programme),
                    {"Demandé": one.demande, **{name: getattr(one.balance, code) for code, name in PARTS.items()}},
                )
                for one in known
            ],
            category="Année",
            measure="Montant (€)",
            kind="montant",
            key=f"annees_{key}",
            alt="Demandé, accordé, consommé et récupéré, par année",
        )


def _row(one: Year, title: str) -> dict[str, Any]:
    balance = one.balance
    codes = (*PARTS, "libere", "reste")
    return {
        "programme": title,
        "annee": None if one.annee is None else str(one.annee),
        "dossiers": len(one.numeros),
        "demande": one.demande,
        **{code: None if balance is None else getattr(balance, code) for code in codes},
    }

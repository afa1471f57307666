"""The grants as one table, filtered by their state, to read and to pick from."""

from collections.abc import Iterable, Sequence

import streamlit as st

from clact_model import formats, tracking
from clact_model.ledger import POSTES
from clact_model.programme import Programme
from clact_model.tracking import MEANINGS, STATES, Situation
from pages.components import tables
from pages.components.follow_up import tracking_export
from pages.components.tables import Column, Row

ALL = "Toutes"
SHAPES = {
    "a_signer": "✎",
    "a_verser": "€",
    "a_recuperer": "↩",
    "attend": "◔",
    "en_cours": "▶",
    "sans_subvention": "?",
    "clos": "✔",
}
"""A shape beside the word of each state."""


def pick(programme: Programme, accounts: Sequence[Situation]) -> list[Situation]:
    """The table, and the accounts picked in it."""
    listed = _filtered(accounts)
    tracking_export.button(programme, listed)
    if not listed:
        st.info("Aucune subvention ne passe ces filtres.", icon=":material/filter_alt_off:")
        return []
    st.caption(
        f"{formats.plural(len(listed), 'subvention')}. Cochez-en une pour voir ses tranches et son registre ; plusieurs, pour "
        "agir sur toutes."
    )
    rows = [_row(one) for one in listed]
    picked = tables.choose_several(
        rows,
        with_poste(COLUMNS, listed),
        names=["numero", "code_poste"],
        key="suivi",
        alt="Subventions : conventions, versements et états",
        most=430,
    )
    by_key = {(one.numero, one.poste): one for one in listed}
    return [by_key[row["numero"], row["code_poste"]] for row in picked]


def _filtered(accounts: Sequence[Situation]) -> list[Situation]:
    found = {code for one in accounts for code in tracking.states(one)}
    present = [code for code in STATES if code in found]
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        chosen = st.segmented_control(
            "État",
            [ALL, *(STATES[code] for code in present)],
            default=ALL,
            required=True,
            key="etat_suivi",
            bind="query-params",
            help=" ".join(f"{STATES[code]} : {MEANINGS[code]}" for code in present),
        )
    with right:
        wanted = st.text_input(
            "Chercher",
            key="texte_suivi",
            bind="query-params",
            icon=":material/search:",
            placeholder="Numéro, nom, convention",
        )
    words = tracking.searchable(wanted or "")
    return [
        one
        for one in accounts
        if (chosen in (ALL, None) or chosen in map(STATES.__getitem__, tracking.states(one)))
        and tracking.matches(one, words)
    ]


def _row(one: Situation) -> Row:
    waiting = next((tranche for tranche in one.tranches if tranche.reste > 0), None)
    return {
        "numero": one.numero,
        "code_poste": one.poste,
        "poste": POSTES[one.poste],
        "raison_sociale": one.raison_sociale,
        "etat": ", ".join(f"{SHAPES[code]} {STATES[code]}" for code in tracking.states(one)),
        "convention": one.convention.reference if one.convention else None,
        "signe_le": one.convention.signe_le if one.convention else None,
        "accorde": one.balance.accorde,
        "paye": one.balance.paye,
        "payable": one.payable,
        "reste": one.balance.a_verser,
        "echeance": waiting.echeance if waiting else None,
        "attend": waiting.attend if waiting else None,
        "a_recuperer": one.balance.a_recuperer,
        "revenu": one.balance.returned,
    }


COLUMNS = [
    Column("numero", "Dossier", pinned=True),
    Column("raison_sociale", "Établissement", width=230),
    Column("etat", "État", width=190, help="Ce qu'il reste à faire d'elle."),
    Column("accorde", "Accordé (€)", "montant"),
    Column("paye", "Versé (€)", "montant"),
    Column("payable", "À verser maintenant (€)", "montant", help="Rien ne retient ces tranches."),
    Column("reste", "Reste à verser (€)", "montant", help="Accordé, moins versé et libéré."),
    Column("echeance", "Échéance", "date", help="Dernier jour prévu pour la prochaine tranche à verser."),
    Column("attend", "Attend", width=220, help="Ce qui retient la prochaine tranche."),
    Column("convention", "Convention"),
    Column("signe_le", "Signée le", "date"),
    Column("a_recuperer", "À récupérer (€)", "montant"),
    Column("revenu", "Libéré ou récupéré (€)", "montant"),
]
POSTE = Column("poste", "Poste", width=110, help="L'aide, ou le supplément pris sur une seconde enveloppe.")


def with_poste(columns: Sequence[Column], listed: Iterable[Situation]) -> list[Column]:
    """The columns, the poste third where a supplement is listed: its row would look like that of the aid."""
    if all(one.poste == "aide" for one in listed):
        return list(columns)
    return [*columns[:2], POSTE, *columns[2:]]

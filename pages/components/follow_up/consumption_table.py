"""Who is late, at risk or over, and by how much: one table, filtered by the address, to read, export and pick from."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

import streamlit as st

from clact_model import formats, tracking
from clact_model.consumption import CHAMPS, MEANINGS, SIGNALS, Champ, Consumption, Signal, Watched
from clact_model.ledger import POSTES
from clact_model.programme import Programme
from pages.components import downloads, tables
from pages.components.follow_up import tracking_table
from pages.components.tables import Column, Row

ALL = "Toutes"
SHAPES = {
    "en_retard": "!",
    "depassement": "▲",
    "non_conforme": "✖",
    "a_risque": "◔",
    "en_cours": "▶",
    "clos": "✔",
}
"""A shape beside the word of each signal."""
FILTERS: tuple[Champ, ...] = ("axe", "secteur", "departement")


def pick(programme: Programme, found: Consumption) -> Watched | None:
    """The table, and the account picked in it."""
    listed, told = _filtered(found)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            f"{formats.plural(len(listed), 'subvention')}, la plus pressante en tête. Cochez-en une pour voir ses justificatifs, "
            "sa courbe, et agir.",
            width="stretch",
        )
        _export(programme, found, listed, told)
    if not listed:
        st.info("Aucune subvention ne passe ces filtres.", icon=":material/filter_alt_off:")
        return None
    picked = tables.choose(
        [_row(one) for one in listed],
        tracking_table.with_poste(COLUMNS, (one.situation for one in listed)),
        names=["numero", "poste"],
        key="consommation",
        alt="Subventions en retard, à risque ou en dépassement, et de combien",
        most=430,
    )
    return None if picked is None else picked["compte"]


def _filtered(found: Consumption) -> tuple[list[Watched], str]:
    """The accounts shown, the most pressing first, and the filters in words."""
    counts = {signal: sum(one.signal == signal for one in found.watched) for signal in SIGNALS}
    present: list[Signal] = [signal for signal in SIGNALS if counts[signal]]
    labels = {ALL: ALL, **{SIGNALS[signal]: SIGNALS[signal] for signal in present}}
    chosen = st.segmented_control(
        "Alerte",
        list(labels),
        default=ALL,
        required=True,
        key="alerte",
        bind="query-params",
        help=" ".join(f"{SIGNALS[signal]} : {MEANINGS[signal]}" for signal in present),
    )
    places = st.columns(len(FILTERS) + 1, vertical_alignment="bottom")
    wanted = {
        champ: place.selectbox(
            CHAMPS[champ],
            list(found.groups[champ]),
            index=None,
            placeholder="Tous",
            key=f"conso_{champ}",
            bind="query-params",
        )
        for champ, place in zip(FILTERS, places, strict=False)
    }
    typed = places[-1].text_input(
        "Chercher",
        key="conso_texte",
        bind="query-params",
        icon=":material/search:",
        placeholder="Numéro, établissement",
    )
    words = tracking.searchable(typed or "")
    inside = [{step.account for step in found.groups[champ].get(group, ())} for champ, group in wanted.items() if group]
    shown = [
        one
        for one in found.watched
        if chosen in (ALL, None, SIGNALS[one.signal])
        and all((one.situation.numero, one.situation.poste) in accounts for accounts in inside)
        and tracking.matches(one.situation, words)
    ]
    order = list(SIGNALS)
    shown.sort(key=lambda one: (order.index(one.signal), -one.jours, -(one.euros or 0)))
    told = [f"alerte : {chosen}", *(f"{CHAMPS[champ].lower()} : {group}" for champ, group in wanted.items() if group)]
    return shown, " ; ".join([*told, *([f"texte : {typed}"] if typed else [])])


def _export(programme: Programme, found: Consumption, listed: Sequence[Watched], told: str) -> None:
    def workbook(target: BytesIO) -> None:
        from clact_model.documents.consumption_xlsx import consumption_xlsx

        consumption_xlsx(programme, found, listed, told, datetime.now(programme.file.zone), target)

    downloads.button(
        "Exporter ce qui est affiché",
        f"consommation_{programme.id}_{found.jour.isoformat()}.xlsx",
        workbook,
        key="exporter_consommation",
        disabled=not listed,
        meaning="Un classeur : les subventions avec leurs raisons, leurs justificatifs un par un, et ce qu'il contient.",
    )


def _row(one: Watched) -> Row:
    balance, spread = one.situation.balance, one.prevision
    return {
        "compte": one,
        "numero": one.situation.numero,
        "raison_sociale": one.situation.raison_sociale,
        "poste": POSTES[one.situation.poste],
        "signal": f"{SHAPES[one.signal]} {SIGNALS[one.signal]}",
        "euros": one.euros,
        "jours": one.jours or None,
        "raisons": " ; ".join(reason.phrase for reason in one.raisons),
        "accorde": balance.accorde,
        "consomme": balance.consomme,
        "part": balance.consomme / balance.accorde if balance.accorde else None,
        "prevu": None if spread is None or not balance.reste else f"≈ {formats.whole_euros(spread.median)}",
        "echeance": one.echeance,
        "presente": balance.presente,
        "admis": balance.admis,
        "rejete": balance.rejete,
        "paye": balance.paye,
    }


COLUMNS = [
    Column("numero", "Dossier", pinned=True),
    Column("raison_sociale", "Établissement", width=210),
    Column("signal", "Alerte", width=135, help="La plus pressante de ses raisons."),
    Column(
        "euros", "De combien (€)", "montant", help="Ce qui dépasse, est rejeté, ou ne sera sans doute pas consommé."
    ),
    Column("jours", "Retard (jours)", "entier", help="Du plus long de ses retards."),
    Column("raisons", "Pourquoi", width=330),
    Column("accorde", "Accordé (€)", "montant"),
    Column("consomme", "Consommé (€)", "montant"),
    Column("part", "Part consommée", "part"),
    Column(
        "prevu", "Prévision (estimation)", help="Médiane de ce qui sera consommé ; « — » : trop peu de cas, ou clos."
    ),
    Column("echeance", "Échéance", "date", help="Dernier jour pour consommer, reports compris."),
    Column("presente", "Présenté (€)", "montant"),
    Column("admis", "Admis (€)", "montant"),
    Column("rejete", "Rejeté (€)", "montant"),
    Column("paye", "Versé (€)", "montant"),
]

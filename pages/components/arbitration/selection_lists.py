"""The lists of a simulation on screen, and their files."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from io import BytesIO
from typing import Any

import streamlit as st

from clact_model import documents, formats, scenario
from clact_model import selection as lists
from clact_model.allocation import Result
from clact_model.documents.context import Context, Value, file_name
from clact_model.programme import Programme
from clact_model.scenario import Basis, Scenario
from clact_model.scenario.since import operations_since
from clact_model.selection import Part, Selection
from pages.components import base, downloads, lazy, links, metrics, prepared, sizes, tables, text
from pages.components.arbitration import second_envelope, simulations, solving
from pages.components.metrics import Figure
from pages.components.tables import Column, Kind

UNDER_WAY = "Simulation en cours (page Enveloppe)"
ENVELOPPE = "pages/arbitrage/enveloppe.py"
KINDS: Mapping[lists.Kind, Kind] = {
    "texte": "texte",
    "identifiant": "texte",
    "entier": "entier",
    "score": "score",
    "euros": "montant",
}
WIDTHS = {"raison_sociale": 180, "intitule": 260, "statut": 110, "raison": 700}
LABELS = {"position": "Place"}
PINNED = ("position", "numero")
AFTER = ("finess", "siret", "departement", "secteur", "statut_juridique", "agents", "intitule")
"""On screen these come after the reason; the files keep the order of the model."""
FORMATS = {
    "xlsx": ("Classeur (xlsx)", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": ("Texte (csv)", "text/csv"),
}
SHOWN_OPERATIONS = 5


@dataclass(frozen=True)
class Chosen:
    """What is listed: a saved scenario, or the simulation of this session."""

    result: Result
    basis: Basis
    saved: Scenario | None


def choose(programme: Programme) -> Chosen | None:
    """The list to show; None, with what to do about it, while there is none. Raises ScenarioDamagedError, UsageError."""
    trying = simulations.under_way(programme)
    names = [*([UNDER_WAY] if trying else []), *scenario.names(base.cursor(), programme)]
    if not names:
        st.info("Aucune liste encore : essayez une enveloppe, et enregistrez le scénario qui convient.")
        links.to(ENVELOPPE, "Essayer une enveloppe", icon=":material/account_balance_wallet:")
        return None
    key = "scenario"
    if st.session_state.get(key) not in names:
        st.session_state.pop(key, None)
    name = st.selectbox(
        "Scénario",
        names,
        key=key,
        bind="query-params",
        placeholder="Choisir un scénario",
        help="Un scénario enregistré garde ses chiffres et ses phrases ; la simulation en cours suit la page Enveloppe.",
        width=420,
    )
    return _under_way(programme, trying) if name == UNDER_WAY and trying else _saved(programme, name)


def _under_way(programme: Programme, trying: simulations.UnderWay) -> Chosen | None:
    settings = trying.settings
    ready = prepared.lines(trying.weights, settings.unite, settings.inclure)
    result = solving.answer(programme, ready, settings, trying.weights)
    return Chosen(result, ready.basis, None) if result else None


def _saved(programme: Programme, name: str) -> Chosen:
    kept = scenario.load(base.cursor(), programme, name)
    return Chosen(kept.result, kept.basis, kept)


def warnings(programme: Programme, chosen: Chosen) -> None:
    """What has changed since the scenario was saved."""
    if chosen.saved is None:
        st.caption(":material/edit: Cette simulation n'est pas enregistrée : elle change avec la page Enveloppe.")
        return
    when = formats.moment(chosen.saved.quand.astimezone(programme.file.zone))
    st.caption(f":material/bookmark: Enregistré le {when} par {text.plain(chosen.saved.auteur)}.")
    if chosen.basis.version_programme != programme.version:
        st.warning(
            f"Ce scénario a été calculé avec la version {text.plain(chosen.basis.version_programme)} du programme ; "
            f"la version d'aujourd'hui est {text.plain(programme.version)}. Ses chiffres sont ceux d'alors.",
            icon=":material/history:",
        )
    if done := operations_since(base.cursor(), programme, chosen.saved):
        listed = "\n".join(f"- {text.plain(operation)}" for operation in done[:SHOWN_OPERATIONS])
        more = len(done) - SHOWN_OPERATIONS
        st.warning(
            f"Les données ont changé depuis ({formats.plural(len(done), 'opération')}) : ses chiffres sont ceux d'alors. "
            f"Pour les mettre à jour, refaites la simulation à la page Enveloppe.\n\n{listed}"
            + (f"\n- et {formats.plural(more, 'autre')}" if more > 0 else ""),
            icon=":material/history:",
        )


def totals(result: Result, found: Selection) -> None:
    """What the lists add up to."""
    metrics.row(
        [
            Figure("Enveloppe", formats.euros(result.enveloppe), "Ce qu'il y avait à répartir, réserve comprise."),
            Figure("Réserve", formats.euros(result.reserve), "Gardée de côté : jamais accordée."),
            Figure("Accordé", formats.euros(result.granted), "Somme de la liste « Sélection »."),
            Figure("Reste", formats.euros(result.left), "Enveloppe moins la réserve et moins ce qui est accordé."),
        ]
    )
    if asked_more := result.settings.supplement:
        second_envelope.show(
            asked_more.enveloppe, result.supplement, sum(bool(one.supplement) for one in result.funded)
        )
    tables.show(
        [
            {"liste": p.titre, "dossiers": p.dossiers, "demandes": len(p.rows)}
            | {champ: getattr(p, champ) for champ in ("demande", "aide_maximale", "accorde")}
            for p in found.parts
        ],
        [
            Column("liste", "Liste"),
            Column("dossiers", "Dossiers", "entier"),
            Column("demandes", "Demandes", "entier", help="Lignes de la liste : des dossiers, ou leurs lignes."),
            Column("demande", "Montant demandé (€)", "montant"),
            Column("aide_maximale", "Aide maximale (€)", "montant", help="Somme de ce qui est connu."),
            Column("accorde", "Montant accordé (€)", "montant"),
        ],
        key="totaux_selection",
        alt="Totaux des trois listes",
    )


def files(programme: Programme, chosen: Chosen, found: Selection) -> None:
    """The lists as files: made when they are asked for."""
    with st.container(horizontal=True):
        for extension, (words, mime) in FORMATS.items():
            downloads.button(
                words,
                file_name(_context(programme, chosen), extension),
                partial(_export, programme, chosen, found, extension),
                mime=mime,
                key=f"telecharger_{extension}",
                meaning="Les trois listes, avec leur raison ; le classeur dit aussi d'où elles viennent.",
            )


def tabs(found: Selection) -> None:
    """The three lists, one at a time."""
    for tab, part in zip(st.tabs([p.titre for p in found.parts], key="listes_selection"), found.parts, strict=True):
        with tab:
            if part.rows:
                _table(part, found)
            else:
                st.info("Cette liste est vide.")


def context(programme: Programme, chosen: Chosen) -> None:
    """Where the lists come from: what the exported sheet « Contexte » says."""
    with st.expander("Contexte de la liste", icon=":material/info:"):
        weights = ", ".join(
            f"{criterion.libelle} : {formats.number(chosen.basis.poids[criterion.id])}"
            for criterion in programme.file.critere
            if criterion.id in chosen.basis.poids
        )
        facts = [*_context(programme, chosen).facts(), ("Poids des critères", weights or "Aucun critère")]
        tables.show(
            [{"fait": name, "valeur": _written(value)} for name, value in facts],
            [Column("fait", "Réglage", width=280), Column("valeur", "Valeur", width=900)],
            key="contexte",
            alt="Contexte de la liste",
            most=sizes.table_height(len(facts)),
        )


def _table(part: Part, found: Selection) -> None:
    columns = [
        Column(
            c.champ,
            LABELS.get(c.champ, c.libelle),
            KINDS[c.kind],
            help=c.libelle if c.champ in LABELS else None,
            width=WIDTHS.get(c.champ),
            pinned=c.champ in PINNED,
        )
        for c in sorted(found.columns, key=lambda column: column.champ in AFTER)
    ]

    def row(listed: lists.Row) -> dict[str, Any]:
        return asdict(listed)

    tables.show(
        lazy.rows(part.rows, row, tables.ROWS_SENT),
        columns,
        key=f"liste_{part.titre}_{found.unite}",
        alt=f"{part.titre} : demandes, montants et raisons",
        most=430,
    )


def _context(programme: Programme, chosen: Chosen) -> Context:
    name = chosen.saved.nom if chosen.saved else None
    return Context.of(programme, chosen.result.settings, chosen.basis, name)


def _export(programme: Programme, chosen: Chosen, found: Selection, extension: str, target: BytesIO) -> None:
    documents.export(found, _context(programme, chosen), target, extension)


def _written(value: Value) -> str:
    if isinstance(value, datetime):
        return formats.moment(value)
    if isinstance(value, date):
        return formats.day(value)
    if isinstance(value, Decimal):
        return formats.euros(value)
    return formats.number(value) if isinstance(value, int) else value or formats.UNKNOWN

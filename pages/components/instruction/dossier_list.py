"""The list of dossiers: filters kept in the address, totals of what is shown, table, export."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from clact_model import formats, overview, store
from clact_model.overview import Filters, Summary
from clact_model.programme import Programme
from pages.components import base, downloads, links, metrics, tables, verdicts
from pages.components.instruction import instructors
from pages.components.metrics import Figure
from pages.components.tables import Column, Kind, Row

_ROWS = (("verdict", "attente", "instructeur", "secteur"), ("statut", "departement", "axe", "thematique", "regle"))
CHOICES = tuple(champ for names in _ROWS for champ in names)
"""The filters that are lists, each under its own name in the address; the search is ``texte``."""
_KINDS: dict[str, Kind] = {
    "entier": "entier",
    "score": "score",
    "euros": "montant",
    "date": "date",
    "moment": "moment",
}
_WIDTHS = {"raison_sociale": 250, "non": 400, "inconnu": 400, "intitules": 400}
_HELP = {
    "attente": "Ce qui attend une personne, comme au tableau de bord.",
    "regle": "Dossiers auxquels la règle dit non, ou ne répond pas faute d'information.",
}


def filters(programme: Programme, rows: Sequence[Summary]) -> Filters:
    """The filters, each under its name in the address; each proposes only what some dossier has."""
    texte = st.text_input(
        overview.FILTER_LABELS["texte"],
        key="texte",
        bind="query-params",
        icon=":material/search:",
        placeholder="Numéro, établissement, FINESS, SIRET, GHT, intitulé…",
        help="Sans tenir compte des majuscules ni des accents ; tous les mots doivent s'y trouver.",
    )
    chosen = {}
    for names in _ROWS:
        for champ, place in zip(names, st.columns(len(names)), strict=True):
            with place:
                chosen[champ] = _choice(programme, champ, rows)
    return Filters(texte=texte or "", **chosen)


def _choice(programme: Programme, champ: str, rows: Sequence[Summary]) -> tuple[str, ...]:
    labels = overview.choices(programme, champ)
    present = overview.present(rows, champ)
    options = [code for code in labels if code in present]
    options += sorted(code for code in present if code not in labels)
    # What a saved view asks for and no dossier has any more stays chosen: it must not let everything through.
    options += [code for code in st.session_state.get(champ, ()) if code not in options]
    return tuple(
        st.multiselect(
            overview.FILTER_LABELS[champ],
            options,
            format_func=lambda code: overview.label(labels, code),
            key=champ,
            bind="query-params",
            placeholder="Tous",
            help=_HELP.get(champ),
            # Its label would be in English.
            select_all=False,
        )
    )


def totals(shown: Sequence[Summary], received: int) -> None:
    """What the dossiers shown add up to."""
    admitted = [row for row in shown if row.verdict == "recevable"]
    metrics.row(
        [
            Figure(
                "Dossiers affichés",
                formats.number(len(shown)),
                "Dossiers qui passent tous les filtres.",
                f"sur {formats.number(received)} reçus",
            ),
            Figure(
                "Recevables",
                formats.number(len(admitted)),
                "Parmi les dossiers affichés.",
                f"{formats.share(overview.share(len(admitted), len(shown)))} des affichés",
            ),
            Figure(
                "Demandé (€)",
                formats.euros(overview.asked(shown)),
                "Somme des montants demandés des dossiers affichés ; un montant inconnu n'y est pas.",
                f"{formats.whole_euros(overview.asked(admitted))} recevables",
            ),
            Figure(
                "Aide maximale (€)",
                formats.euros(overview.aid(shown)),
                "Somme, sur ce qui est éligible dans les dossiers affichés, de ce que l'appel permet d'accorder.",
                f"{formats.whole_euros(overview.aid(admitted))} recevables",
            ),
        ]
    )


def table(programme: Programme, shown: Sequence[Summary]) -> None:
    """The dossiers shown: the one that is picked opens; or several are picked, to be put in somebody's charge."""
    several = st.toggle(
        "Confier plusieurs dossiers",
        key="confier",
        help="Cocher des lignes choisit alors les dossiers à confier à un instructeur, au lieu d'ouvrir une fiche.",
    )
    columns, rows = _cells(programme, shown)
    if several:
        form = st.container()
        picked = tables.choose_several(
            rows, columns, names=["numero"], key="a_confier", alt="Dossiers à confier", most=620
        )
        numeros = {str(row["numero"]) for row in picked}
        with form:
            instructors.of_several(programme, [row for row in shown if row.numero in numeros])
        return
    st.caption("Cochez une ligne pour ouvrir la fiche du dossier.")
    opened = tables.choose(rows, columns, names=["numero"], key="dossiers", alt="Dossiers affichés", most=620)
    if opened is not None:
        links.open_fiche(str(opened["numero"]))


def _cells(programme: Programme, shown: Sequence[Summary]) -> tuple[list[Column], list[Row]]:
    columns = [
        Column(
            column.champ,
            column.libelle,
            _KINDS.get(column.kind, "texte"),
            help=column.sens or None,
            width=_WIDTHS.get(column.champ),
            pinned=column.champ == "numero",
            fuseau=programme.fuseau,
        )
        for column in overview.columns(programme)
    ]
    shapes = {label: verdicts.written(code) for code, label in overview.VERDICTS.items()}
    return columns, [{**cells, "verdict": shapes[str(cells["verdict"])]} for cells in overview.table(programme, shown)]


def export(programme: Programme, shown: Sequence[Summary], filters: Filters) -> None:
    """A button that gives exactly what is shown as a workbook."""
    from clact_model.documents.dossiers_xlsx import ListContext, dossiers_xlsx, list_file_name

    context = ListContext(
        version_donnees=base.opened().version(),
        aujourdhui=base.today(),
        auteur=store.author(),
        quand=datetime.now(programme.file.zone),
        filtres=overview.in_words(programme, filters),
    )

    downloads.button(
        "Exporter la liste affichée",
        list_file_name(programme, context),
        lambda target: dossiers_xlsx(programme, shown, context, target),
        meaning="Classeur Excel : les dossiers affichés, et une feuille qui dit filtres, auteur, date et version.",
    )

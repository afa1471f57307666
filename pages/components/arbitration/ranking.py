"""The ranking as a committee reads it: places, what moved, points by criterion, what missing data would change."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import streamlit as st

from clact_model import formats
from clact_model.overview import VERDICTS
from clact_model.programme import Programme
from clact_model.scoring import Ranked
from pages.components import charts, lazy, links, metrics, tables, text, verdicts
from pages.components.metrics import Figure
from pages.components.prepared import Ranking
from pages.components.tables import Column, Row

FIRST = 15
"""Dossiers drawn together."""
VIEWS = ("Tous", "Montés", "Descendus", "Donnée manquante")
SHOWN = Decimal("0.01")
"""Places of a score on screen; the exports hold four."""


def missing(dossier: Ranked) -> list[str]:
    """The criteria whose data is missing."""
    return [name for name, given in dossier.contributions.items() if given.missing]


def reachable(dossier: Ranked) -> Decimal:
    """The score if all the missing data were to the good."""
    return dossier.score + sum(given.possible - dossier.score for given in dossier.contributions.values())


def gained(dossier: Ranked, before: Mapping[str, int]) -> int:
    """Places gained since another ranking; negative when lost."""
    return before.get(dossier.numero, dossier.position) - dossier.position


def figures(programme: Programme, found: Ranking, before: Mapping[str, int], reference: str) -> None:
    """How many dossiers have a place, how many moved, how many scores are not sure."""
    ups = sum(gained(dossier, before) > 0 for dossier in found.ranked)
    downs = sum(gained(dossier, before) < 0 for dossier in found.ranked)
    unsure = sum(bool(missing(dossier)) for dossier in found.ranked)
    shown = [
        Figure(
            "Dossiers classés",
            f"{formats.number(len(found.ranked))} sur {formats.number(found.received)}",
            "Dossiers qui ont une place : ni irrecevables, ni en sursis, avec au moins une demande finançable ; sur les dossiers reçus.",
        ),
        Figure("Montés", f"▲ {formats.number(ups)}", f"Dossiers mieux placés qu'avec : {reference.lower()}."),
        Figure("Descendus", f"▼ {formats.number(downs)}", f"Dossiers moins bien placés qu'avec : {reference.lower()}."),
        Figure(
            "Score incertain",
            formats.number(unsure),
            "Dossiers dont une donnée manque : elle compte 0 dans le score, qui pourrait être plus élevé.",
        ),
    ]
    if programme.file.priorite:
        first = sum(dossier.prioritaire for dossier in found.ranked)
        definition = f"{programme.file.priorite.libelle} : ces dossiers passent avant tous les autres."
        shown.insert(1, Figure("Dans le champ prioritaire", formats.number(first), definition))
    metrics.grid(shown, columns=len(shown))


def table(programme: Programme, found: Ranking, before: Mapping[str, int], view: str) -> Ranked | None:
    """The ranking, of which one dossier can be picked: that dossier, or None."""
    kept = [dossier for dossier in found.ranked if _in_view(dossier, before, view)]
    if not kept:
        st.info("Aucun dossier classé ne répond à ce choix.")
        return None

    def row(dossier: Ranked) -> Row:
        return _row(programme, dossier, found, before)

    picked = tables.choose(
        lazy.rows(kept, row, tables.ROWS_SENT),
        _columns(programme),
        names=["numero"],
        key=f"classement_{programme.id}_{VIEWS.index(view)}",
        alt="Classement des dossiers, avec les points de chaque critère",
        most=430,
    )
    return next((dossier for dossier in kept if picked and dossier.numero == picked["numero"]), None)


def explain(programme: Programme, found: Ranking, dossier: Ranked) -> None:
    """What gives one dossier its score, and the way to its file."""
    who = found.dossiers[dossier.numero].etablissement
    st.subheader(f"Dossier {text.plain(dossier.numero)} : {text.plain(who)}", anchor=False)
    sentence = f"Place **{formats.number(dossier.position)}**, score **{formats.number(dossier.score)}** sur 100."
    if lacking := missing(dossier):
        names = ", ".join(text.plain(_label(programme, name)) for name in lacking)
        sentence += f" Donnée manquante : {names}. Le score pourrait atteindre {formats.number(reachable(dossier))}."
    st.markdown(sentence)
    charts.contributions(
        {
            _label(programme, name): None if given.missing and not given.points else given.points
            for name, given in dossier.contributions.items()
        },
        key="contributions_dossier",
        alt=f"Points de chaque critère dans le score du dossier {dossier.numero}",
    )
    links.to_fiche(dossier.numero, "Ouvrir la fiche du dossier", icon=":material/description:")


def compare_first(programme: Programme, found: Ranking) -> None:
    """The contributions of the first dossiers, side by side."""
    first = found.ranked[:FIRST]
    st.subheader(f"Ce qui fait le score des {formats.plural(len(first), 'premier', 'premiers')}", anchor=False)
    st.caption("Choisissez une ligne du classement pour voir un dossier seul et ouvrir sa fiche.")
    charts.stacked(
        [
            (f"{d.position}. {d.numero}", {_label(programme, name): g.points for name, g in d.contributions.items()})
            for d in first
        ],
        category="Dossier",
        measure="Points",
        key="contributions_premiers",
        alt="Points de chaque critère dans le score des premiers dossiers du classement",
    )


def _in_view(dossier: Ranked, before: Mapping[str, int], view: str) -> bool:
    moved = gained(dossier, before)
    return {
        "Montés": moved > 0,
        "Descendus": moved < 0,
        "Donnée manquante": bool(missing(dossier)),
    }.get(view, True)


def _row(programme: Programme, dossier: Ranked, found: Ranking, before: Mapping[str, int]) -> dict[str, Any]:
    moved = gained(dossier, before)
    lacking = missing(dossier)
    return {
        "position": dossier.position,
        "ecart": f"▲ {moved}" if moved > 0 else f"▼ {-moved}" if moved < 0 else "=",
        "numero": dossier.numero,
        "etablissement": found.dossiers[dossier.numero].etablissement,
        "verdict": dossier.verdict,
        "prioritaire": dossier.prioritaire,
        "score": dossier.score.quantize(SHOWN),
        "agents": dossier.agents,
        "manque": ", ".join(_label(programme, name) for name in lacking),
        "possible": reachable(dossier).quantize(SHOWN) if lacking else None,
    } | {f"critere_{name}": given.points.quantize(SHOWN) for name, given in dossier.contributions.items()}


def _columns(programme: Programme) -> Sequence[Column]:
    priority = programme.file.priorite
    reference = "poids égaux" if len({c.poids for c in programme.file.critere}) < 2 else "poids du programme"
    return [
        Column("position", "Place", "entier", width=65, pinned=True),
        Column("ecart", "Écart", help=f"Places gagnées ou perdues par rapport aux {reference}.", width=75, pinned=True),
        Column("numero", "Numéro", width=105, pinned=True),
        Column("etablissement", "Établissement", width=215),
        Column("verdict", "Verdict", labels=verdicts.labels(VERDICTS), width=125),
        *([Column("prioritaire", "Prioritaire", "oui_non", help=priority.libelle, width=95)] if priority else []),
        Column("score", "Score (sur 100)", "nombre", help="Moyenne des critères, pondérée par leurs poids.", width=120),
        *(
            Column(
                f"critere_{c.id}", f"{c.libelle} (points)", "nombre", help=f"{c.libelle} : points du score.", width=120
            )
            for c in programme.file.critere
        ),
        Column("manque", "Donnée manquante", help="Comptée 0 dans le score.", width=200),
        Column(
            "possible",
            "Score possible",
            "nombre",
            help="Le score si toutes les données manquantes étaient favorables.",
            width=120,
        ),
        Column(
            "agents", "Agents concernés", "entier", help="Départage les scores égaux : le plus grand nombre d'abord."
        ),
    ]


def _label(programme: Programme, name: str) -> str:
    return next(criterion.libelle for criterion in programme.file.critere if criterion.id == name)

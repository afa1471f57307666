"""« Et celle-ci ? » : the one request that is followed, why it receives what it receives, and what would change it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import streamlit as st

from clact_model import formats
from clact_model.allocation import Outcome, Result
from clact_model.allocation.settings import label
from clact_model.explanation import Change, Explanation, Kind, Missing, Trial, missing
from clact_model.programme import Programme
from clact_model.selection import STATUTS
from pages.components import links, metrics, prepared, text
from pages.components.arbitration import explained
from pages.components.arbitration.envelope_settings import Choices
from pages.components.metrics import Figure

NAMED = 5
"""Requests put out that are named; the others are counted."""
TITLES: Mapping[Kind, tuple[str, str]] = {
    "points": ("Points de score", "Le plus petit nombre de points à ajouter à son score, à tout le reste égal."),
    "euros_en_moins": ("Euros en moins", "La plus petite baisse du montant demandé, à tout le reste égal."),
    "enveloppe_en_plus": ("Enveloppe en plus", "La plus petite hausse de l'enveloppe, à tout le reste égal."),
}


def followed(programme: Programme, result: Result, choices: Choices) -> None:
    """What becomes of the request that is followed; nothing when none is."""
    if choices.followed is None:
        return
    outcome = next((o for o in result.lines if label(o.line.key) == choices.followed), None)
    if outcome is None:
        return
    with st.container(border=True):
        _head(outcome)
        asked = prepared.question(choices.weights, choices.unite, choices.inclure)
        trial = explained.trial(asked, result.settings, outcome.line.key)
        if _searched(programme, trial, outcome):
            found = explained.request(asked, result.settings, outcome.line.key)
            st.markdown(text.plain(found.texte))
            if found.competes:
                _changes(found)
                _missing(programme, trial, choices)
        else:
            st.markdown(text.plain(outcome.reason))
        links.to_fiche(outcome.line.numero, "Ouvrir la fiche du dossier", icon=":material/description:")


def _head(outcome: Outcome) -> None:
    line = outcome.line
    st.markdown(
        f":material/push_pin: **{text.plain(label(line.key))} · {text.plain(line.etablissement)}** : "
        f"{STATUTS[outcome.statut].lower()}, {formats.euros(outcome.granted)} "
        f"pour {formats.euros(line.requested)} demandés."
    )


def _searched(programme: Programme, trial: Trial, outcome: Outcome) -> bool:
    """Whether to look for what would change it: at once where that is quick, else when asked to."""
    if trial.money_alone or not (outcome.funded or outcome.statut == "liste_attente"):
        return True
    return st.toggle(
        "Chercher le plus petit changement",
        key=f"chercher_{programme.id}",
        help="Avec cette stratégie ou ces contraintes, chaque essai refait toute la répartition : "
        "la recherche peut prendre quelques secondes à chaque mouvement du curseur.",
    )


def _changes(found: Explanation) -> None:
    """The three changes side by side, and whom each puts out."""
    metrics.grid(
        [Figure(title, _written(found.changes[kind]), sense) for kind, (title, sense) in TITLES.items()], columns=3
    )
    for kind, change in found.changes.items():
        if change is not None and change.out:
            st.caption(f"{TITLES[kind][0]} : à la place de {_names(change.out)}.")
    tried = [TITLES[kind][0].lower() for kind, change in found.changes.items() if change and not change.smallest]
    if tried:
        st.caption(f"Recherche par paliers ({', '.join(tried)}) : un changement plus petit n'est pas exclu.")


def _written(change: Change | None) -> str:
    if change is None:
        return "aucun ne suffit"
    if change.kind == "points":
        return f"+ {formats.number(change.by)}"
    return f"{'−' if change.kind == 'euros_en_moins' else '+'} {formats.euros(change.by)}"


def _names(out: Sequence[Outcome]) -> str:
    named = [f"{label(o.line.key)} ({o.line.etablissement}, {formats.euros(o.granted)})" for o in out[:NAMED]]
    rest = len(out) - len(named)
    return text.plain(", ".join(named) + (f" et {formats.plural(rest, 'autre')}" if rest else ""))


def _missing(programme: Programme, trial: Trial, choices: Choices) -> None:
    """The data that the dossier lacks, and whether it would be enough."""
    if choices.unite != "dossier":
        return
    ranking = prepared.ranking(choices.weights)
    ranked = next((r for r in ranking.ranked if r.numero == trial.line.numero), None)
    names = {criterion.id: criterion.libelle for criterion in programme.file.critere}
    for lacking in missing(trial, ranked):
        st.caption(f":material/help: {_lacking(lacking, names[lacking.critere])}")


def _lacking(lacking: Missing, name: str) -> str:
    """One sentence on one missing piece of data."""
    enough = "cela suffirait à la faire financer" if lacking.suffit else "cela ne suffirait pas, à soi seul"
    unit = "point" if lacking.points < Decimal(2) else "points"
    return (
        f"Donnée manquante, {text.plain(name)} : jusqu'à {formats.number(lacking.points)} {unit} de plus si elle est "
        f"favorable ; {enough}."
    )

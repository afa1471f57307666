"""How sure the list is, as a committee reads it: noyau, limite, hors, and what missing data could change."""

from collections.abc import Mapping
from decimal import Decimal

import streamlit as st

from clact_model import formats
from clact_model.programme import Programme
from clact_model.robustness import CLASSES, CORE, OUT, Robustness
from pages.components import metrics
from pages.components.arbitration import robustness_chart, robustness_study, robustness_table
from pages.components.arbitration.robustness_chart import NAMES
from pages.components.metrics import Figure

DEFINITIONS = {
    "noyau": f"Financés dans {formats.share(CORE)} des tirages ou plus : les poids n'y changent presque rien.",
    "limite": "Financés dans certains tirages et pas dans d'autres : les poids en décident.",
    "hors": f"Financés dans {formats.share(OUT)} des tirages ou moins : les poids n'y changent presque rien.",
}


def board(programme: Programme, weights: Mapping[str, Decimal]) -> None:
    """The settings, then the answer. Raises UsageError when the settings cannot be followed."""
    if not programme.file.critere:
        st.info("Le programme ne donne aucun critère : le classement ne dépend d'aucun poids.")
        return
    with st.container(horizontal=True, gap="medium"):
        settings = robustness_study.settings(programme)
        law = robustness_study.law(programme)
    if settings is None:
        st.info("Le texte de l'appel ne donne pas d'enveloppe : saisissez un montant, la réponse suit.")
        return
    st.caption(f"{law.sentence} {robustness_study.said(programme, settings)}")
    found = robustness_study.answer(weights, settings, law)
    _fewer(found)
    _figures(programme, found)
    robustness_chart.show(found)
    robustness_table.show(programme, found)
    _missing_data(found)


def _fewer(found: Robustness) -> None:
    """Why there are fewer draws than asked for."""
    if found.tirages == found.law.tirages:
        return
    why = (
        "avec ces réglages, chacun est une répartition entière"
        if found.one_by_one
        else f"il y a {formats.number(len(found.lines))} demandes à classer dans chacun"
    )
    st.info(
        f"{formats.plural(found.tirages, 'tirage')} au lieu de {formats.number(found.law.tirages)} : {why}.",
        icon=":material/hourglass:",
    )


def _figures(programme: Programme, found: Robustness) -> None:
    """How many in each class, and the euros that the chosen weights give them."""
    total = found.result.granted
    shown = []
    for classe in CLASSES:
        granted = found.granted(classe)
        part = f" ({formats.share(granted / total)} de ce qui est accordé)" if total else ""
        shown.append(
            Figure(
                NAMES[classe],
                _counted(programme, found, len(found.of(classe))),
                f"{DEFINITIONS[classe]} En dessous : ce que les poids choisis leur accordent.",
                f"{formats.euros(granted)}{part}",
            )
        )
    metrics.row(shown)
    if others := len(found.out_of_the_running):
        st.caption(
            f"Placées mais non finançables en l'état, quels que soient les poids : "
            f"{formats.plural(others, 'demande')}. La page Recevabilité dit pourquoi."
        )


def _counted(programme: Programme, found: Robustness, count: int) -> str:
    if found.result.settings.unite == "dossier":
        return formats.plural(count, "dossier")
    return formats.plural(count, programme.line_word, programme.line_words)


def _missing_data(found: Robustness) -> None:
    """What all the missing data together could change, with the chosen weights."""
    lacking = [line for line in found.lines if line.missing.criteria]
    if not lacking:
        st.caption("Aucune donnée ne manque aux critères : avec les poids choisis, les places sont sûres.")
        return
    enter = sum(line.missing.funded_at_best is True and not line.today.funded for line in lacking)
    leave = sum(line.missing.funded_at_worst is False and line.today.funded for line in found.lines)
    unknown = lacking[0].missing.funded_at_best is None
    st.markdown(
        f":material/help: **Données manquantes** : {formats.plural(len(lacking), 'demande')} sur "
        f"{formats.number(len(found.lines))} en {'a' if len(lacking) == 1 else 'ont'} au moins une, comptée 0. "
        + (
            "Ce qu'elles changeraient aux aides n'est pas calculé avec ces réglages ; les places le sont."
            if unknown
            else f"Demandes que leurs propres données, favorables, feraient financer : {formats.number(enter)}. "
            f"Demandes financées qui ne le seraient plus si celles des autres l'étaient : {formats.number(leave)}."
        )
    )

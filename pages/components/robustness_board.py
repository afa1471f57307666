"""How sure the list is, as a committee reads it: noyau, limite, hors, and what missing data could change."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import streamlit as st

from clact_model import formats
from clact_model.allocation.settings import label
from clact_model.programme import Programme
from clact_model.robustness import CLASSES, CORE, OUT, Outlook, Robustness
from pages.components import lazy, links, metrics, robustness_chart, robustness_study, tables, text
from pages.components.metrics import Figure
from pages.components.robustness_chart import NAMES
from pages.components.tables import Column, Row

VIEWS = ("Tous", *NAMES.values(), "Donnée manquante")
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
    view = st.segmented_control("Afficher", VIEWS, default=VIEWS[0], key="classe", bind="query-params")
    picked = _table(programme, found, view or VIEWS[0])
    if picked:
        _explain(programme, picked)
    _missing_data(programme, found)


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
    total = found.result.granted
    shown = []
    for classe in CLASSES:
        lines, granted = found.of(classe), found.granted(classe)
        definition = DEFINITIONS[classe]
        if kept_out := sum(not line.today.line.fundable for line in lines):
            definition += f" Dont {formats.number(kept_out)} qui ne peuvent pas être financés en l'état, quelle que soit leur place."
        part = f" ({formats.share(granted / total)} de ce qui est accordé)" if total else ""
        shown.append(
            Figure(
                NAMES[classe],
                _counted(programme, found, len(lines)),
                f"{definition} En dessous : ce que les poids choisis leur accordent.",
                f"{formats.euros(granted)}{part}",
            )
        )
    metrics.row(shown)


def _counted(programme: Programme, found: Robustness, count: int) -> str:
    if found.result.settings.unite == "dossier":
        return formats.plural(count, "dossier")
    return formats.plural(count, programme.line_word, programme.line_words)


def _table(programme: Programme, found: Robustness, view: str) -> Outlook | None:
    """The lines of a view, of which one can be picked: that line, or None."""
    kept = [line for line in found.lines if _in_view(line, view)]
    if not kept:
        st.info("Aucune demande classée ne répond à ce choix.")
        return None
    by_line = found.result.settings.unite == "action"

    def row(line: Outlook) -> Row:
        return _row(programme, line)

    picked = tables.choose(
        lazy.rows(kept, row, tables.ROWS_SENT),
        [column for column in COLUMNS if by_line or column.champ != "ligne"],
        key=f"robustesse_{programme.id}_{VIEWS.index(view)}",
        alt="Part des tirages où chaque demande est financée, et places prises",
        height=430,
    )
    return next((line for line in kept if picked and line.today.line.key == (picked["numero"], picked["ligne"])), None)


def _in_view(line: Outlook, view: str) -> bool:
    if view == "Donnée manquante":
        return bool(line.missing.criteria)
    return view in ("Tous", NAMES[line.classe])


def _row(programme: Programme, line: Outlook) -> dict[str, Any]:
    request, missing = line.today.line, line.missing
    return {
        "position": request.position,
        "numero": request.numero,
        "ligne": request.ligne,
        "etablissement": request.etablissement,
        "classe": NAMES[line.classe] if request.fundable else f"{NAMES[line.classe]}, non finançable en l'état",
        "part": line.share,
        "finance": line.today.funded,
        "accorde": line.today.granted,
        "rang_5": line.ranks.low,
        "rang_median": line.ranks.median,
        "rang_95": line.ranks.high,
        "rang_min": line.ranks.lowest,
        "rang_max": line.ranks.highest,
        "manque": ", ".join(_labels(programme, missing.criteria)),
        "rang_meilleur": missing.best,
        "rang_pire": missing.worst,
        "finance_meilleur": missing.funded_at_best,
        "finance_pire": missing.funded_at_worst,
    }


COLUMNS = (
    Column("position", "Place", "entier", help="Avec les poids choisis.", width=65, pinned=True),
    Column("numero", "Numéro", width=105, pinned=True),
    Column("ligne", "Ligne", "entier", help="Rang dans le fichier de la demande.", width=60, pinned=True),
    Column("etablissement", "Établissement", width=215),
    Column("classe", "Classe", width=110),
    Column("part", "Tirages financés", "part", help="Part des tirages où la demande reçoit une aide.", width=120),
    Column("finance", "Financé", "oui_non", help="Avec les poids choisis.", width=80),
    Column("accorde", "Accordé (€)", "montant", help="Avec les poids choisis.", width=110),
    Column("rang_5", "Place 5 %", "entier", help="Dans 5 % des tirages, la place est celle-ci ou meilleure.", width=80),
    Column("rang_median", "Place médiane", "entier", help="Une fois sur deux, celle-ci ou meilleure.", width=110),
    Column("rang_95", "Place 95 %", "entier", help="Dans 95 % des tirages, celle-ci ou meilleure.", width=85),
    Column("rang_min", "Meilleure place", "entier", help="Sur tous les tirages.", width=115),
    Column("rang_max", "Pire place", "entier", help="Sur tous les tirages.", width=85),
    Column("manque", "Donnée manquante", help="Comptée 0 dans le score.", width=200),
    Column(
        "rang_meilleur",
        "Place au mieux",
        "entier",
        help="Avec les poids choisis, si ses données manquantes lui étaient toutes favorables.",
        width=115,
    ),
    Column(
        "rang_pire",
        "Place au pire",
        "entier",
        help="Avec les poids choisis, si ses données manquantes comptent 0 et que celles des autres leur sont favorables.",
        width=105,
    ),
    Column("finance_meilleur", "Financé au mieux", "oui_non", help="À cette meilleure place.", width=125),
    Column("finance_pire", "Financé au pire", "oui_non", help="À cette pire place.", width=115),
)


def _explain(programme: Programme, line: Outlook) -> None:
    """One line in a sentence that can be said aloud, and the way to its file."""
    request, ranks = line.today.line, line.ranks
    now = "financé" if line.today.funded else "non financé"
    said = (
        f"**{text.plain(label(request.key))} · {text.plain(request.etablissement)}** : {now} avec les poids choisis, "
        f"à la place {formats.number(request.position)} ; financé dans {formats.share(line.share)} des tirages, entre "
        f"les places {formats.number(ranks.low)} et {formats.number(ranks.high)} neuf fois sur dix."
    )
    if not request.fundable:
        said += f" {text.plain(line.today.reason)}"
    if line.missing.criteria:
        names = ", ".join(text.plain(name) for name in _labels(programme, line.missing.criteria))
        said += f" Donnée manquante : {names}. Favorable, elle mènerait à la place {formats.number(line.missing.best)}"
        said += {True: ", financée.", False: ", sans aide.", None: "."}[line.missing.funded_at_best]
    with st.container(border=True):
        st.markdown(said)
        links.to_fiche(request.numero, "Ouvrir la fiche du dossier", icon=":material/description:")


def _missing_data(programme: Programme, found: Robustness) -> None:
    """What all the missing data together could change, with the chosen weights."""
    lacking = [line for line in found.lines if line.missing.criteria]
    if not lacking:
        st.caption("Aucune donnée ne manque aux critères : avec les poids choisis, les places sont sûres.")
        return
    enter = sum(line.missing.funded_at_best is True and not line.today.funded for line in lacking)
    leave = sum(line.missing.funded_at_worst is False and line.today.funded for line in found.lines)
    unknown = lacking[0].missing.funded_at_best is None
    st.markdown(
        f":material/help: **Données manquantes** : {_counted(programme, found, len(lacking))} sur "
        f"{formats.number(len(found.lines))} en ont au moins une, comptée 0. "
        + (
            "Ce qu'elles changeraient aux aides n'est pas calculé avec ces réglages ; les places le sont."
            if unknown
            else f"Favorables, elles feraient entrer chacune à son tour {formats.plural(enter, 'demande')} ; "
            f"{formats.plural(leave, 'demande financée', 'demandes financées')} pourraient sortir si celles des autres l'étaient."
        )
    )


def _labels(programme: Programme, ids: tuple[str, ...]) -> list[str]:
    labels = {criterion.id: criterion.libelle for criterion in programme.file.critere}
    return [labels[name] for name in ids]

"""The draws line by line: a table by class, and one line in a sentence that can be said aloud."""

from typing import Any

import streamlit as st

from clact_model import formats
from clact_model.allocation.settings import label
from clact_model.programme import Programme
from clact_model.robustness import Outlook, Robustness
from pages.components import lazy, links, tables, text
from pages.components.arbitration.robustness_chart import NAMES
from pages.components.tables import Column, Row

OUT_OF_IT = "Non finançable"
"""What has a place, and may not be funded as it stands."""
MISSING = "Donnée manquante"
VIEWS = ("Tous", *NAMES.values(), OUT_OF_IT, MISSING)


def show(programme: Programme, found: Robustness) -> None:
    """The lines of the class that is chosen; the one that is picked is explained under them."""
    view = st.segmented_control("Afficher", VIEWS, default=VIEWS[0], key="classe", bind="query-params")
    picked = _table(programme, found, view or VIEWS[0])
    if picked:
        _explain(programme, picked)


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
        names=["numero", "ligne"],
        key=f"robustesse_{programme.id}_{VIEWS.index(view)}",
        alt="Part des tirages où chaque demande est financée, et places prises",
        most=430,
    )
    return next((line for line in kept if picked and line.today.line.key == (picked["numero"], picked["ligne"])), None)


def _in_view(line: Outlook, view: str) -> bool:
    return bool(line.missing.criteria) if view == MISSING else view in ("Tous", _class_of(line))


def _class_of(line: Outlook) -> str:
    return NAMES[line.classe] if line.in_the_running else OUT_OF_IT


def _row(programme: Programme, line: Outlook) -> dict[str, Any]:
    request, missing = line.today.line, line.missing
    return {
        "position": request.position,
        "numero": request.numero,
        "ligne": request.ligne,
        "etablissement": request.etablissement,
        "classe": _class_of(line),
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
    Column("classe", "Classe", width=115),
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
    if not line.in_the_running:
        said += f" {text.plain(line.today.reason)}"
    if line.missing.criteria:
        names = ", ".join(text.plain(name) for name in _labels(programme, line.missing.criteria))
        said += f" Donnée manquante : {names}. Favorable, elle mènerait à la place {formats.number(line.missing.best)}"
        said += {True: ", financée.", False: ", sans aide.", None: "."}[line.missing.funded_at_best]
    with st.container(border=True):
        st.markdown(said)
        links.to_fiche(request.numero, "Ouvrir la fiche du dossier", icon=":material/description:")


def _labels(programme: Programme, ids: tuple[str, ...]) -> list[str]:
    labels = {criterion.id: criterion.libelle for criterion in programme.file.critere}
    return [labels[name] for name in ids]

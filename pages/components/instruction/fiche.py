"""The head of a fiche: which dossier is shown, who asks, for how much, and the verdict."""

from collections.abc import Sequence

import streamlit as st

from clact_model import dossiers, formats, overview
from clact_model.overview import Summary
from clact_model.programme import Programme
from pages.components import base, links, metrics, text, verdicts
from pages.components.arbitration import decision_notice
from pages.components.instruction import check_sheet_button, fiche_rules, instructors, setting_aside
from pages.components.judged import Sheet
from pages.components.metrics import Figure


def picker(programme: Programme, rows: Sequence[Summary]) -> str | None:
    """The dossier to show: that of the address, or the one chosen here, which then is in the address."""
    numbers = [row.numero for row in rows]
    names = {row.numero: row.raison_sociale or formats.UNKNOWN for row in rows}
    asked = st.query_params.get(links.NUMERO)
    current = asked if asked in names else None
    if asked and current is None:
        st.warning(f"Le dossier « {text.plain(asked)} » {_absence(programme, asked)}", icon=":material/search_off:")
    place = numbers.index(current) if current else None
    before, choice, after = st.columns([2, 8, 2], vertical_alignment="bottom")
    with choice:
        chosen = st.selectbox(
            "Dossier",
            numbers,
            index=place,
            format_func=lambda numero: f"{numero} – {names[numero]}",
            # A key of its own for each address: coming by a link moves the choice with it.
            key=f"choix_{current or ''}",
            placeholder="Tapez un numéro ou un nom d'établissement",
            help="Tapez quelques lettres pour chercher.",
        )
    with before:
        _neighbour(numbers, place, -1, "Précédent", ":material/chevron_left:")
    with after:
        _neighbour(numbers, place, 1, "Suivant", ":material/chevron_right:")
    if chosen is not None and chosen != current:
        links.open_fiche(chosen)
    return chosen


def _absence(programme: Programme, numero: str) -> str:
    if any(one.numero == numero for one in dossiers.set_aside(base.cursor(), programme)):
        return "est mis de côté : il figure sous la liste des dossiers, d'où il peut être repris."
    return "n'est pas dans ce programme : choisissez-en un."


def _neighbour(numbers: Sequence[str], place: int | None, step: int, label: str, icon: str) -> None:
    target = None if place is None else place + step
    there = target is not None and 0 <= target < len(numbers)
    if st.button(
        label, icon=icon, disabled=not there, key=label, width="stretch", help="Dans l'ordre du fichier importé."
    ):
        assert target is not None
        links.open_fiche(numbers[target])


def desk(programme: Programme, sheet: Sheet) -> None:
    """Who is in charge, the sheet to print, what the committee decided, what was overruled."""
    numero = sheet.judged.numero
    with st.container(horizontal=True):
        instructors.of_dossier(programme, numero)
        check_sheet_button.show(programme, numero)
        setting_aside.on_fiche(programme, numero)
    decision_notice.show(programme, numero)
    fiche_rules.override_notice(sheet.judged.override, sheet.judged.verdict)


def head(programme: Programme, sheet: Sheet) -> None:
    """Who asks, for how much, and the verdict."""
    row, judged = sheet.row, sheet.judged
    st.subheader(text.plain(row["raison_sociale"]))
    with st.container(horizontal=True, vertical_alignment="center"):
        verdicts.badge(judged.verdict)
        if judged.jusqu_au:
            st.markdown(f"à compléter jusqu'au **{formats.long_day(judged.jusqu_au)}**", width="content")
        if judged.sans_action_eligible:
            st.badge(f"{programme.file.ligne.aucun.capitalize()} éligible", icon=":material/block:", color="gray")
        if judged.override:
            st.badge("Dérogation", icon=":material/gavel:", color="violet")
    asked = overview.total(line["montant_demande"] for line in row["actions"])
    eligible = sum(action.verdict == "eligible" for action in judged.actions)
    aid = overview.total(action.aide_maximale for action in judged.actions if action.verdict == "eligible")
    place = sheet.ranked
    metrics.row(
        [
            Figure(
                "Demandé (€)",
                formats.euros(asked),
                "Somme des montants demandés à l'agence.",
                formats.plural(len(row["actions"]), programme.line_word, programme.line_words),
            ),
            Figure(
                "Aide maximale (€)",
                formats.euros(aid),
                "Ce que l'appel permet d'accorder, sur ce qui est éligible.",
                formats.plural(eligible, "éligible"),
            ),
            Figure(
                "Score (sur 100)",
                formats.number(round(place.score, 2)) if place else formats.UNKNOWN,
                "Moyenne pondérée des critères, aux poids du programme ; un dossier sans place n'en a pas.",
                "champ prioritaire"
                if programme.file.priorite and place and place.prioritaire
                else "aux poids de l'appel",
            ),
            Figure(
                "Place",
                formats.number(place.position) if place else formats.UNKNOWN,
                "Rang parmi les dossiers classés, aux poids du programme.",
                f"sur {formats.number(sheet.places)}" if place else "non classé",
            ),
            Figure("Déposé le", formats.moment(row["date_depot"]), "Heure locale de l'appel.", "heure locale"),
        ]
    )

"""What the rules answered about a dossier and its lines, with the words of the call, and what was overruled."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from clact_model import formats, overview
from clact_model.eligibility import Answer, JudgedAction, Override
from clact_model.programme import Programme
from pages.components import base, quotes, tables, text, verdicts
from pages.components.instruction import fiche_facts
from pages.components.judged import Sheet
from pages.components.tables import Column


def override_notice(override: Override | None, verdict: str) -> None:
    """Who overruled what, when and why."""
    if override is None:
        return
    box = st.warning if override.a_confirmer else st.info
    moved = (
        "\n\n**À confirmer** : un import a changé une donnée que lit la règle écartée." if override.a_confirmer else ""
    )
    box(
        f"**Dérogation** : {verdicts.written(override.verdict_calcule)} → {verdicts.written(verdict)}, par "
        f"{text.plain(override.auteur)}, le {formats.moment(override.quand.astimezone(base.programme().file.zone))}."
        f"\n\nMotif : {text.plain(override.motif)}{moved}",
        icon=":material/gavel:",
    )


def answers(programme: Programme, given: Sequence[Answer], key: str) -> None:
    """Each rule's answer, failing first, with the words of the call; those satisfied folded away."""
    failing = [answer for answer in given if answer.resultat != "oui"]
    for answer in sorted(failing, key=lambda answer: answer.resultat != "non"):
        with st.container(border=True, gap="small"):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                verdicts.badge(answer.resultat)
                st.markdown(f"**{text.plain(answer.rule.libelle)}**", width="content")
                if answer.effet:
                    st.markdown(f"→ {verdicts.written(answer.effet)}", width="content")
            last_day = f" Jusqu'au **{formats.long_day(answer.jusqu_au)}**." if answer.jusqu_au else ""
            st.markdown(text.plain(answer.message) + last_day)
            quotes.sourced(programme, answer.rule.citation, answer.rule.interpretation)
    satisfied = [answer for answer in given if answer.resultat == "oui"]
    if satisfied:
        count = formats.plural(len(satisfied), "règle satisfaite", "règles satisfaites")
        with st.expander(count, icon=":material/check:", key=f"satisfaites_{key}"):
            for answer in satisfied:
                st.markdown(f"✔ **{text.plain(answer.rule.libelle)}**")
                quotes.sourced(programme, answer.rule.citation, answer.rule.interpretation)


def lines(programme: Programme, sheet: Sheet) -> None:
    """The lines with their amounts, then each line's rules."""
    judged = {action.ligne: action for action in sheet.judged.actions}
    dictionary = programme.dictionary
    columns = [
        Column("ligne", "N°", "entier", help="Ordre du fichier."),
        Column("rang", "Rang", "entier", help="Ordre donné par l'établissement."),
        Column("intitule", dictionary.get("action", "intitule").libelle, width=250),
        Column("verdict", "Verdict", labels=verdicts.labels(overview.LINE_VERDICTS)),
        Column("cout_total", "Coût total (€)", "montant"),
        Column("montant_demande", "Montant demandé (€)", "montant"),
        Column("assiette", "Assiette (€)", "montant", help="Part du coût que l'appel retient."),
        Column("aide_maximale", "Aide maximale (€)", "montant", help="Ce que l'appel permet d'accorder au plus."),
    ]
    rows = [_line(line, judged[line["ligne"]]) for line in sheet.row["actions"]]
    if not rows:
        st.caption("Le dossier ne demande rien : aucune ligne n'a été importée.")
        return
    tables.show(rows, columns, key="demandes", alt=f"{programme.line_words.capitalize()} du dossier")
    for line in sheet.row["actions"]:
        action = judged[line["ligne"]]
        title = f"{programme.line_word.capitalize()} {action.ligne} · {text.plain(line['intitule'])}"
        with st.expander(
            f"{verdicts.written(action.verdict)} · {title}",
            expanded=action.verdict != "eligible" or action.override is not None,
            key=f"demande_{sheet.judged.numero}_{action.ligne}",
        ):
            override_notice(action.override, action.verdict)
            if line["description"]:
                st.markdown(text.plain(line["description"]))
            answers(programme, action.answers, f"{action.ligne}")
            with st.popover("Ce que dit le fichier", icon=":material/description:"):
                fiche_facts.stored(dictionary.stored("action"), line)


def _line(line: Mapping[str, Any], judged: JudgedAction) -> dict[str, Any]:
    found = {champ: line[champ] for champ in ("ligne", "rang", "intitule", "cout_total", "montant_demande")}
    return found | {"verdict": judged.verdict, "assiette": judged.assiette, "aide_maximale": judged.aide_maximale}

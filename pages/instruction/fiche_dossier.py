"""Fiche dossier : tout sur un dossier, à sa propre adresse, et ce qu'un instructeur y écrit."""

import streamlit as st

from pages.components import base, judged, links, sidebar, writes
from pages.components.instruction import (
    fiche,
    fiche_facts,
    fiche_grades,
    fiche_override,
    fiche_pieces,
    fiche_remarks,
    fiche_rules,
)

programme = base.programme()
st.title("Fiche dossier")

rows = judged.summaries()
if not rows:
    links.nothing_yet()
    sidebar.stop()

numero = fiche.picker(programme, rows)
sheet = judged.sheet(numero) if numero else None
if sheet is None:
    st.info("Choisissez un dossier ci-dessus, ou ouvrez-le depuis la liste.", icon=":material/description:")
    links.to(links.DOSSIERS, "Liste des dossiers", icon=":material/table_rows:")
    sidebar.stop()

writes.said()
fiche.head(programme, sheet)
fiche.desk(programme, sheet)

verdict, demandes, pieces, remarques, etablissement, score, historique = st.tabs(
    [
        "Verdict",
        programme.line_words.capitalize(),
        "Pièces",
        "Remarques",
        "Établissement",
        "Score et notes",
        "Historique",
    ],
    key="onglet",
)
with verdict:
    reasons, decision = st.columns([7, 5], gap="large")
    with reasons:
        st.subheader(
            "Règles du dossier", help="Ce que répond chaque règle de l'appel, et les mots du texte derrière elle."
        )
        fiche_rules.of_dossier(programme, sheet)
    with decision:
        st.subheader(
            "Déroger", help="Remplacer un verdict calculé, avec un motif : le nom, la date et le motif sont gardés."
        )
        fiche_override.show(programme, sheet)
with demandes:
    fiche_rules.lines(programme, sheet)
with pieces:
    fiche_pieces.show(programme, sheet)
with remarques:
    fiche_remarks.show(programme, sheet.judged.numero)
with etablissement:
    fiche_facts.establishment(programme, sheet)
with score:
    points, notes = st.columns([7, 5], gap="large")
    with points:
        st.subheader("Points par critère", help="La somme fait le score, sur 100, aux poids du programme.")
        fiche_facts.score(programme, sheet)
    with notes:
        st.subheader("Notes de l'instructeur", help="Critères que l'appel laisse à l'appréciation de l'agence.")
        fiche_grades.show(programme, sheet)
with historique:
    fiche_facts.history(programme, sheet.judged.numero)

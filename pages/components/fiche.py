"""The parts of the fiche of a dossier: what is stored, what was judged, and what a person may change."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from clact_model import formats, overview, pieces, store
from clact_model.eligibility import Answer, JudgedAction, Override
from clact_model.fields import Field
from clact_model.overview import Summary
from clact_model.programme import Programme
from pages.components import base, charts, links, metrics, quotes, tables, text, verdicts
from pages.components.judged import Sheet
from pages.components.metrics import Figure
from pages.components.tables import Column

_IDENTITY = (
    "raison_sociale",
    "finess",
    "siret",
    "departement",
    "secteur",
    "statut",
    "association",
    "ght",
    "partenaires",
)
_SIZE = (
    "effectif_total",
    "etp_medical",
    "etp_non_medical",
    "lits",
    "places",
    "masse_salariale",
    "subventions_publiques",
)
_HEALTH = ("taux_absenteisme", "taux_turnover", "nb_at_mp", "clact_anterieur", "clact_anterieur_respecte")


def picker(rows: Sequence[Summary]) -> str | None:
    """The dossier to show: that of the address, or the one chosen here, which then is in the address."""
    numbers = [row.numero for row in rows]
    names = {row.numero: row.raison_sociale or formats.UNKNOWN for row in rows}
    asked = st.query_params.get(links.NUMERO)
    current = asked if asked in names else None
    if asked and current is None:
        st.warning(
            f"Le dossier « {text.plain(asked)} » n'est pas dans ce programme : choisissez-en un.",
            icon=":material/search_off:",
        )
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


def _neighbour(numbers: Sequence[str], place: int | None, step: int, label: str, icon: str) -> None:
    target = None if place is None else place + step
    there = target is not None and 0 <= target < len(numbers)
    if st.button(
        label, icon=icon, disabled=not there, key=label, width="stretch", help="Dans l'ordre du fichier importé."
    ):
        assert target is not None
        links.open_fiche(numbers[target])


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
                stored(dictionary.stored("action"), line)


def _line(line: Mapping[str, Any], judged: JudgedAction) -> dict[str, Any]:
    found = {champ: line[champ] for champ in ("ligne", "rang", "intitule", "cout_total", "montant_demande")}
    return found | {"verdict": judged.verdict, "assiette": judged.assiette, "aide_maximale": judged.aide_maximale}


def stored(fields: Sequence[Field], row: Mapping[str, Any]) -> None:
    """Fields as they are stored, unknown as « — »."""
    st.markdown(
        "\n".join(
            f"- {text.plain(field.libelle)} : **{text.plain(overview.value_in_words(field, row[field.champ]))}**"
            for field in fields
            if field.type != "courriel" and field.champ in row
        )
    )


def establishment(programme: Programme, sheet: Sheet) -> None:
    """Who asks, in three columns."""
    groups = {"Identité": _IDENTITY, "Taille et moyens": _SIZE, "Conditions de travail et passé": _HEALTH}
    for place, (title, names) in zip(st.columns(len(groups)), groups.items(), strict=True):
        with place:
            st.markdown(f"**{title}**")
            stored([programme.dictionary.get("dossier", name) for name in names], sheet.row)


def joined(sheet: Sheet, line_word: str) -> None:
    """Each piece with its state."""
    marks = {"jointe": "✔", "a_completer": "◔", "absente": "✖", "inconnue": "?", "non_exigee": "–"}
    rows = [
        {
            "piece": piece.libelle,
            "ligne": "Dossier" if piece.ligne is None else f"{line_word.capitalize()} {piece.ligne}",
            "etat": f"{marks[piece.etat]} {pieces.STATES[piece.etat]}",
            "valeur": piece.valeur,
            "jusqu_au": piece.jusqu_au,
            "message": piece.message,
        }
        for piece in sheet.pieces
    ]
    columns = [
        Column("piece", "Pièce", width="medium"),
        Column("ligne", "Pour"),
        Column("etat", "État"),
        Column("valeur", "Déclaré", help="Ce que dit le fichier importé."),
        Column("jusqu_au", "Jusqu'au", "date"),
        Column("message", "Ce qu'il manque", width="large"),
    ]
    if rows:
        tables.show(rows, columns, key="pieces", alt="Pièces du dossier")
    else:
        st.caption("Le programme ne liste pas de pièces.")


def score(programme: Programme, sheet: Sheet) -> None:
    """What each criterion gives, and what missing data would change."""
    if sheet.ranked is None:
        st.caption("Un dossier irrecevable, en sursis ou dont rien n'est éligible n'a ni score ni place.")
        return
    labels = {criterion.id: criterion.libelle for criterion in programme.file.critere}
    given = sheet.ranked.contributions
    charts.contributions(
        {labels[name]: None if part.missing else part.points for name, part in given.items()},
        key="contributions",
        alt="Points donnés par chaque critère",
    )
    for name, part in given.items():
        if part.missing:
            st.caption(
                f"{text.plain(labels[name])} : information manquante, comptée 0. "
                f"Si elle était toute favorable, le score serait de {formats.number(round(part.possible, 2))}."
            )


def history(programme: Programme, numero: str) -> None:
    """Every line of the journal about the dossier, the newest first."""
    dictionary = programme.dictionary
    rows = [
        {
            "quand": entry.quand,
            "auteur": entry.auteur,
            "nature": overview.OPERATIONS.get(entry.nature, entry.nature),
            "ligne": entry.ligne,
            "champ": overview.field_label(dictionary, entry.champ, entry.ligne),
            "avant": overview.kept_in_words(entry.champ, entry.ligne, entry.avant),
            "apres": overview.kept_in_words(entry.champ, entry.ligne, entry.apres),
            "detail": entry.detail,
        }
        for entry in store.entries(base.cursor(), programme.id, numero)
    ]
    columns = [
        Column("quand", "Quand", "moment", fuseau=programme.fuseau),
        Column("auteur", "Qui"),
        Column("nature", "Opération"),
        Column("ligne", f"{programme.line_word.capitalize()} n°", "entier"),
        Column("champ", "Champ"),
        Column("avant", "Avant"),
        Column("apres", "Après"),
        Column("detail", "Motif ou détail", width="large"),
    ]
    if rows:
        tables.show(rows, columns, key="historique", alt="Historique du dossier")
    else:
        st.caption("Rien n'a été changé depuis l'import du dossier.")

"""The programme read aloud: rules, aid, criteria, axes, calendar, payment, follow-up, ambiguities, source texts."""

from collections.abc import Sequence

import streamlit as st

from clact_model import formats, overview, paths
from clact_model.eligibility.words import in_words
from clact_model.overview import RuleCount
from clact_model.programme import Programme
from clact_model.programme.aid import Amount
from clact_model.programme.call import Parameter
from pages.components import base, links, quotes, sizes, tables, text
from pages.components.campaign import rulebook_follow_up
from pages.components.instruction import eligibility_board
from pages.components.tables import Column

_STAKES = "enjeu_has"


def head(programme: Programme) -> None:
    """What the call is, in a few lines."""
    file = programme.file
    names = overview.values(programme, "departement")
    sectors = overview.values(programme, "secteur")
    facts = {
        "Région": file.region,
        "Année": str(file.annee),
        "Enveloppe": formats.euros(file.enveloppe) if file.enveloppe else "le texte n'en donne pas",
        "Dépôt": file.canal or formats.UNKNOWN,
        "Départements": ", ".join(names.get(code, code) for code in file.departements) or "sans limite",
        "Secteurs": ", ".join(sectors.get(code, code) for code in file.secteurs) or "sans limite",
    }
    st.markdown("  \n".join(f"**{label}** : {text.plain(value)}" for label, value in facts.items()))
    quotes.quotes(programme, file.enveloppe_citation)
    if file.completer_jusqu_au:
        st.markdown(f"Ce qui manque peut être transmis jusqu'au **{formats.long_day(file.completer_jusqu_au)}**.")
        quotes.reading(file.completer_interpretation)


def rules(programme: Programme, counts: Sequence[RuleCount]) -> None:
    """Every rule by level, with its quote, its parameters and what it stops."""
    titles = {"dossier": "Recevabilité du dossier", "action": f"Éligibilité de chaque {programme.line_word}"}
    for level, title in titles.items():
        st.subheader(title, help="Dans l'ordre du programme. La conséquence est celle d'une règle non satisfaite.")
        of_level = [count for count in counts if count.rule.niveau == level]
        if not of_level:
            st.caption("Le programme n'a pas de règle à ce niveau.")
        for count in of_level:
            _rule(programme, count)


def _rule(programme: Programme, count: RuleCount) -> None:
    rule = count.rule
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{text.plain(rule.libelle)}**", width="stretch")
            st.badge(
                eligibility_board.consequence(rule),
                color="gray",
                help="Ce qui suit quand la règle n'est pas satisfaite.",
            )
            if rule.interpretation:
                st.badge(
                    "Notre lecture",
                    icon=":material/edit_note:",
                    color="orange",
                    help="Le texte se lit de plusieurs façons.",
                )
        quotes.sourced(programme, rule.citation, rule.interpretation)
        when = f"si {_aloud(programme, rule.si)} : " if rule.si else ""
        st.caption(f"Vérifié : {when}{_aloud(programme, rule.condition)}")
        if rule.cas:
            outcomes = " ; ".join(overview.outcomes_in_words(programme, rule))
            st.caption(f"Si ce n'est pas vérifié : {text.plain(outcomes)}.")
        for parameter in _parameters(programme, count):
            quotes.reading(parameter.interpretation)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(f"Règle {rule.id} · {_effect(programme, count)}", width="stretch")
            if count.dossiers_non or count.dossiers_inconnu:
                links.to_dossiers("Voir les dossiers", {"regle": rule.id}, icon=":material/arrow_forward:")


def _effect(programme: Programme, count: RuleCount) -> str:
    def held(dossiers: int, lignes: int | None) -> str:
        words = formats.plural(dossiers, "dossier")
        return (
            words
            if lignes is None
            else f"{formats.plural(lignes, programme.line_word, programme.line_words)} ({words})"
        )

    return (
        f"dit non à {held(count.dossiers_non, count.lignes_non)}, {formats.whole_euros(count.demande_non)} demandés · "
        f"sans réponse pour {held(count.dossiers_inconnu, count.lignes_inconnu)}"
    )


def _parameters(programme: Programme, count: RuleCount) -> list[Parameter]:
    named = {name for expression in programme.rule_expressions(count.rule) for name in expression.parameters}
    return [parameter for name, parameter in programme.file.parametres.items() if name in named]


def _parameter(programme: Programme, parameter: Parameter) -> None:
    st.markdown(f"{text.plain(parameter.libelle)} : **{in_words(parameter.valeur, parameter.type)}**")
    quotes.reading(parameter.interpretation)


def aid(programme: Programme) -> None:
    """How the aid of a line is computed."""
    found = programme.file.aide
    st.markdown(f"**{text.plain(found.libelle)}**")
    quotes.sourced(programme, found.citation, found.interpretation)
    st.markdown("**Assiette** : la première qui convient")
    _amounts(programme, found.assiette)
    st.markdown("**Plafonds** : le plus petit l'emporte")
    _amounts(programme, found.plafond)
    st.markdown("**Paramètres du programme**")
    for parameter in programme.file.parametres.values():
        with st.container(border=True, gap="small"):
            _parameter(programme, parameter)
            quotes.quotes(programme, parameter.citation)


def _amounts(programme: Programme, amounts: Sequence[Amount]) -> None:
    for amount in amounts:
        name = f"{text.plain(amount.libelle)} : " if amount.libelle else ""
        when = f", si {_aloud(programme, amount.si)}" if amount.si else ""
        st.markdown(f"- {name}{_aloud(programme, amount.montant)}{when}")


def _aloud(programme: Programme, expression: str) -> str:
    return text.plain(overview.expression_in_words(programme, expression))


def priorities(programme: Programme) -> None:
    """The criteria, the priority field, the axes and themes with their stake."""
    field = programme.file.priorite
    if field is not None:
        st.markdown(
            f"**Champ prioritaire : {text.plain(field.libelle)}** (ce qui est hors de ce champ vient après tout le reste)"
        )
        quotes.sourced(programme, field.citation, field.interpretation)
    st.subheader("Critères", help="Chacun vaut de 0 à 1 ; le score est leur moyenne pondérée, sur 100.")
    if not programme.file.critere:
        st.caption("Le programme n'a pas de critère.")
    for criterion in programme.file.critere:
        with st.container(border=True, gap="small"):
            weight = formats.number(criterion.poids)
            st.markdown(
                f"**{text.plain(criterion.libelle)}** · poids {weight} · par {_level_word(programme, criterion.niveau)}"
            )
            quotes.sourced(programme, criterion.citation, criterion.interpretation)
    _themes(programme)


def _level_word(programme: Programme, level: str) -> str:
    return "dossier" if level == "dossier" else programme.line_word


def _themes(programme: Programme) -> None:
    if not programme.file.thematique and not programme.file.axe:
        return
    st.subheader("Axes et thématiques", help="Avec l'enjeu de la boussole QVCT de la Haute Autorité de santé.")
    axes = {axis.code: axis.libelle for axis in programme.file.axe}
    stakes = overview.values(programme, _STAKES)
    rows = [
        {
            "axe": axes.get(theme.axe or "", theme.axe),
            "thematique": theme.libelle,
            "enjeu": stakes.get(theme.enjeu_has or ""),
        }
        for theme in programme.file.thematique
    ] or [{"axe": axis} for axis in axes.values()]
    columns = [
        Column("axe", "Axe", width=240),
        Column("thematique", "Thématique", width=330),
        Column("enjeu", "Enjeu de la boussole HAS", width="medium"),
    ]
    tables.show(rows, columns, key="thematiques", alt="Axes et thématiques", most=sizes.table_height(len(rows)))


def calendar(programme: Programme) -> None:
    """The steps of the call, its payments, what it controls and its follow-up."""
    file = programme.file
    for step in file.calendrier:
        last = f" – {formats.long_day(step.fin)}" if step.fin else ""
        with st.container(border=True, gap="small"):
            st.markdown(f"**{formats.long_day(step.debut)}{last}** · {text.plain(step.etape)}")
            quotes.sourced(programme, step.citation, step.interpretation)
    rulebook_follow_up.payment(programme)
    rulebook_follow_up.control(programme)


def ambiguities(programme: Programme) -> None:
    """What the texts leave open, and every reading of ours."""
    st.subheader("Ce que les textes laissent ouvert", help="Les points à faire trancher par les auteurs de l'appel.")
    if not programme.file.ambiguite:
        st.caption("Aucun point relevé.")
    for ambiguity in programme.file.ambiguite:
        with st.container(border=True, gap="small"):
            st.markdown(f"**{text.plain(ambiguity.texte)}**")
            quotes.quotes(programme, ambiguity.citations)
    st.subheader("Nos lectures", help="Là où le texte se lit de plusieurs façons, ce que nous avons retenu.")
    for place, reading in _readings(programme):
        st.markdown(f"- **{text.plain(place)}** : {text.plain(reading)}")


def _readings(programme: Programme) -> list[tuple[str, str]]:
    file = programme.file
    labelled = [
        *((rule.libelle, rule.interpretation) for rule in file.regle),
        *((parameter.libelle, parameter.interpretation) for parameter in file.parametres.values()),
        *((criterion.libelle, criterion.interpretation) for criterion in file.critere),
        *((step.etape, step.interpretation) for step in file.calendrier),
        *((part.libelle, part.interpretation) for part in file.controle.parts),
        ("Aide", file.aide.interpretation),
        ("Pièces à compléter", file.completer_interpretation),
        ("Champ prioritaire", file.priorite.interpretation if file.priorite else None),
        ("Versement", file.paiement.interpretation if file.paiement else None),
    ]
    return [(label, reading) for label, reading in labelled if reading]


def sources(programme: Programme, faults: Sequence[str]) -> None:
    """The texts in full, to find a quote in; then what is wrong with other programme files."""
    for source in programme.file.source:
        with st.expander(text.plain(source.titre), icon=":material/article:", key=f"source_{source.fichier}"):
            st.caption(f"{text.plain(source.fichier)} · cherchez-y une citation avec Ctrl+F.")
            st.text((paths.SOURCES / source.fichier).read_text(encoding="utf-8"))
    with st.expander(f"Le fichier du programme, {programme.id}.toml", icon=":material/code:"):
        st.code(programme.text, language="toml", wrap_lines=True)
    st.subheader(
        "Autres fichiers de programme",
        help="Un fichier fautif est refusé avec la place de la faute ; les autres servent.",
    )
    if faults:
        st.error("\n".join(f"- {text.plain(fault)}" for fault in faults), icon=":material/error:")
    else:
        count = formats.plural(len(base.catalogue().programmes), "programme lu", "programmes lus")
        st.caption(f"{count}, aucun fichier fautif.")

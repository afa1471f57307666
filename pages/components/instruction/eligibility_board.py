"""The parts of the eligibility screen: verdicts, rules, the grid of answers."""

from collections.abc import Sequence

import streamlit as st

from clact_model import formats, overview
from clact_model.overview import RuleCount, Summary
from clact_model.programme import Programme, Rule
from pages.components import judged, links, metrics, sizes, tables, text, verdicts
from pages.components.metrics import Figure
from pages.components.tables import Column

DOSSIERS_A_PAGE = 50
_DEFINITIONS = {
    "recevable": "Toutes les règles de l'appel sont satisfaites.",
    "a_verifier": "Une information manque, ou le texte demande qu'une personne regarde.",
    "a_completer": "L'établissement peut encore transmettre ce qui manque.",
    "sursis": "L'agence peut surseoir à la candidature.",
    "irrecevable": "Une règle de l'appel rejette le dossier.",
}


def by_verdict(rows: Sequence[Summary]) -> None:
    """How many dossiers and euros each verdict holds."""
    metrics.row(
        [
            Figure(
                verdicts.written(count.code),
                formats.number(count.dossiers),
                _DEFINITIONS[count.code],
                f"{formats.whole_euros(count.demande)} demandés",
            )
            for count in overview.by_verdict(rows)
        ]
    )


def consequence(rule: Rule) -> str:
    """What follows when a rule is not satisfied, in words."""
    return " ou ".join(dict.fromkeys(verdicts.written(outcome.verdict) for outcome in rule.outcomes))


def rules(programme: Programme, counts: Sequence[RuleCount]) -> None:
    """Each rule with what it stops; the one that is picked opens the dossiers concerned."""
    many = programme.line_words.capitalize()
    levels = {"dossier": "Dossier", "action": programme.line_word.capitalize()}
    columns = [
        Column("libelle", "Règle", pinned=True, width=330),
        Column("niveau", "Porte sur", width=70),
        Column("consequence", "Conséquence", width=268),
        Column(
            "dossiers_non",
            "Dossiers : non",
            "entier",
            help="Dossiers auxquels la règle dit non, pour eux-mêmes ou pour une de leurs lignes.",
        ),
        Column("demande_non", "Demandé concerné (€)", "montant", help="Des dossiers, ou des seules lignes en cause."),
        Column("lignes_non", f"{many} : non", "entier"),
        Column("dossiers_inconnu", "Dossiers : sans réponse", "entier", help="Une information manque pour conclure."),
        Column("lignes_inconnu", f"{many} : sans réponse", "entier"),
        Column("demande_inconnu", "Demandé sans réponse (€)", "montant"),
    ]
    rows = [
        {
            "id": count.rule.id,
            "libelle": count.rule.libelle,
            "niveau": levels[count.rule.niveau],
            "consequence": consequence(count.rule),
            "dossiers_non": count.dossiers_non,
            "lignes_non": count.lignes_non,
            "demande_non": count.demande_non,
            "dossiers_inconnu": count.dossiers_inconnu,
            "lignes_inconnu": count.lignes_inconnu,
            "demande_inconnu": count.demande_inconnu,
        }
        for count in counts
    ]
    st.caption(
        "Cochez une règle pour aller aux dossiers concernés. Un dossier arrêté par plusieurs règles compte à chacune."
    )
    picked = tables.choose(
        rows, columns, names=["id"], key="regles", alt="Effet de chaque règle", most=sizes.table_height(len(rows))
    )
    if picked is not None:
        links.to_dossiers(
            f"Voir les dossiers : {text.plain(picked['libelle'])}",
            {"regle": picked["id"]},
            icon=":material/arrow_forward:",
        )


def grid(programme: Programme, rows: Sequence[Summary]) -> None:
    """Rules × dossiers, in words and shapes; only what some rule stops or leaves open."""
    all_too = st.toggle(
        "Montrer aussi les dossiers que rien n'arrête",
        key="tous",
        bind="query-params",
        help="Sans quoi seuls les dossiers auxquels une règle dit non ou ne répond pas sont montrés.",
    )
    stopping = {rule.id for rule in programme.file.regle if _stops(rule)}
    concerned = [row for row in rows if all_too or row.inconnu or not stopping.isdisjoint(row.non)]
    if not concerned:
        st.success("Aucune règle n'arrête ni ne laisse ouvert un dossier.", icon=":material/task_alt:")
        return
    pages = -(-len(concerned) // DOSSIERS_A_PAGE)
    number = st.pagination(pages, key="grille_page") if pages > 1 else 1
    first = (number - 1) * DOSSIERS_A_PAGE
    shown = concerned[first : first + DOSSIERS_A_PAGE]
    answers = judged.grid([row.numero for row in shown])
    met = {rule for row in shown for rule in (*row.non, *row.inconnu)}
    kept = [rule for rule in programme.file.regle if all_too or (rule.id in met and rule.id in stopping)]
    columns = [
        Column("numero", "Dossier", pinned=True),
        Column("raison_sociale", "Établissement", width="medium"),
        Column("verdict", "Verdict", labels=verdicts.labels(overview.VERDICTS)),
        *(Column(rule.id, rule.libelle, help=rule.libelle, width=130) for rule in kept),
    ]
    cells = [
        {
            "numero": row.numero,
            "raison_sociale": row.raison_sociale,
            "verdict": row.verdict,
            **{rule.id: _answer(rule, answers[row.numero].get(rule.id)) for rule in kept},
        }
        for row in shown
    ]
    st.caption(
        f"{formats.plural(len(concerned), 'dossier')}, {formats.plural(len(kept), 'règle')} en cause sur cette page. "
        "✔ oui · ✖ non · ▽ non, l'aide seule change · ? sans réponse. Cochez une ligne pour ouvrir la fiche."
    )
    picked = tables.choose(
        cells, columns, names=["numero"], key="grille", alt="Réponse de chaque règle à chaque dossier", most=560
    )
    if picked is not None:
        links.open_fiche(str(picked["numero"]))


def _stops(rule: Rule) -> bool:
    """Whether a verdict follows from the rule, and not only a smaller aid."""
    return any(outcome.verdict not in overview.EFFECTS for outcome in rule.outcomes)


def _answer(rule: Rule, answer: str | None) -> str | None:
    if answer is None:
        return None
    if answer == "non" and not _stops(rule):
        return f"{verdicts.SHAPES[rule.outcomes[-1].verdict]} non"
    return {"oui": "✔ oui", "non": "✖ non", "inconnu": "? sans réponse"}[answer]

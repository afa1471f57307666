"""The same dossiers under another call: which rules can be tried on them, what they come to, and what the data does not say."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from clact_model import formats, whatif
from clact_model.programme import Programme
from clact_model.whatif import Elsewhere, RuleOff, RuleThere, State
from pages.components import base, tables, text
from pages.components.arbitration import trial_answer, trial_looks
from pages.components.tables import Column

KINDS = {"axe": "axes", "thematique": "thématiques", "champ": "champs déclarés"}


def show(start: State) -> None:
    """Another call is chosen, rules are left out, the dossiers are judged by the rest."""
    programme = start.programme
    others = {one.id: one for one in base.catalogue().programmes.values() if one.id != programme.id}
    if not others:
        st.info("Aucun autre programme dans `data/programmes/` : il en faut un second pour comparer.")
        return
    key = f"essai_ailleurs_{programme.id}"
    name = st.selectbox(
        "Autre programme",
        list(others),
        index=None,
        format_func=lambda one: others[one].titre,
        key=key,
        placeholder="Choisir un programme",
        help="Ses règles, son aide, ses critères et ses poids, sur les dossiers de ce programme-ci. Rien n'est écrit.",
        width=420,
    )
    if name is None:
        st.caption("Choisissez un programme : les dossiers sont instruits par ses règles, une par une.")
        return
    there = trial_looks.there(programme, others[name])
    _conditions(programme, others[name], there.found)
    off = _left_out(programme, there)
    look = trial_looks.looker(programme)
    changes = [whatif.OtherProgramme(there.programme), *map(RuleOff, off)]
    followed = whatif.follow(start, changes, look)
    trial_answer.figures(followed.before.totals, followed.after.totals)
    trial_answer.verdicts(
        (programme.titre, others[name].titre), followed.before, followed.after, f"essai_verdicts_{programme.id}_{name}"
    )
    _rules(there, off)
    _unfilled(there)
    st.subheader("Dossier par dossier", anchor=False)
    trial_answer.lists(programme, followed.moved, f"essai_ailleurs_{programme.id}_{name}")


def _conditions(programme: Programme, other: Programme, found: Elsewhere) -> None:
    """On what terms dossiers are judged by rules that they were not written for."""
    said = ["Les dérogations ne sont pas reprises : elles répondent aux règles de leur appel."]
    if programme.file.annee != other.file.annee:
        said.insert(
            0,
            f"Les dates de l'autre appel sont ramenées de {other.file.annee} à {programme.file.annee} ; les libellés de ses "
            "règles parlent encore de ses dates à lui.",
        )
    own = [f"{formats.number(len(labels))} {KINDS[kind]}" for kind, labels in found.propres.items() if labels]
    if own:
        said.append(
            f"Propres à cet appel, donc inconnus de l'autre : {', '.join(own)}. L'enjeu HAS, commun à tous, est gardé."
        )
    st.caption("  \n".join(text.plain(sentence) for sentence in said))


def _left_out(programme: Programme, there: trial_looks.There) -> list[str]:
    rules = {one.rule.id: one for one in there.found.rules}
    key = f"essai_hors_{programme.id}_{there.programme.id}"
    proposed = there.found.proposed
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        chosen = st.multiselect(
            "Règles laissées de côté",
            list(rules),
            format_func=lambda name: f"{name} · {rules[name].rule.libelle}",
            key=key,
            placeholder="Une ou plusieurs règles",
            select_all=False,
            help="Le territoire, le secteur et la date de dépôt d'un autre appel refuseraient presque tout le monde : "
            "laissez-les de côté pour voir ce que disent les autres règles.",
            width=560,
        )
        st.button(
            f"Laisser de côté les {formats.plural(len(proposed), 'règle proposée', 'règles proposées')}",
            icon=":material/filter_alt_off:",
            key=f"essai_proposer_{programme.id}_{there.programme.id}",
            disabled=not proposed or set(proposed) <= set(chosen),
            help="Celles qui parlent du territoire, du secteur ou de la date de dépôt, et celles que rien ne satisfait.",
            on_click=_put,
            args=(key, [*chosen, *(name for name in proposed if name not in chosen)]),
        )
    return chosen


def _put(key: str, value: Sequence[str]) -> None:
    st.session_state[key] = list(value)


def _rules(there: trial_looks.There, off: Sequence[str]) -> None:
    st.subheader(
        "Règle par règle",
        anchor=False,
        help="Chaque règle de l'autre programme, essayée sur tous les dossiers ou toutes leurs lignes, même laissée de côté.",
    )
    rows = [_row(one, there.programme, off) for one in there.found.rules]
    tables.show(
        rows,
        [
            Column("id", "Règle", width=140, pinned=True),
            Column("libelle", "Libellé", width=230),
            Column("oui", "Oui", "entier", width=55),
            Column("non", "Non", "entier", width=55),
            Column("inconnu", "Sans réponse", "entier", width=100),
            Column("gardee", "Gardée", width=65),
            Column("pourquoi", "Pourquoi la laisser de côté", width=205),
            Column("manque", "Jamais rempli dans ces dossiers", width=300),
            Column("sur", "Porte sur", width=90),
        ],
        key=f"essai_regles_ailleurs_{there.programme.id}",
        alt="Réponses de chaque règle de l'autre programme",
        most=460,
    )


def _row(one: RuleThere, other: Programme, off: Sequence[str]) -> dict[str, Any]:
    return {
        "id": one.rule.id,
        "libelle": one.rule.libelle,
        "sur": "dossier" if one.rule.niveau == "dossier" else other.line_word,
        "oui": one.oui,
        "non": one.non,
        "inconnu": one.inconnu,
        "gardee": "non" if one.rule.id in off else "oui",
        "pourquoi": (one.a_laisser or "").capitalize(),
        "manque": ", ".join(field.libelle for field in one.jamais_remplis),
    }


def _unfilled(there: trial_looks.There) -> None:
    st.subheader(
        "Ce que les dossiers ne disent pas",
        anchor=False,
        help="Les champs que l'autre programme lit et qu'aucun de ces dossiers ne remplit : ce qui en dépend est inconnu.",
    )
    if not there.found.unfilled:
        st.info("Tous les champs que lit l'autre programme sont remplis au moins une fois.")
        return
    rows = [{"champ": one.field.libelle, "lu_par": ", ".join(one.lu_par)} for one in there.found.unfilled]
    tables.show(
        rows,
        [Column("champ", "Champ jamais rempli", width=320), Column("lu_par", "Lu par", width="large")],
        key=f"essai_manques_{there.programme.id}",
        alt="Champs jamais remplis que l'autre programme lit",
        most=300,
    )

"""The criteria of a call with their text and their weights, and the grids kept under a name."""

from collections.abc import Mapping
from decimal import Decimal

import streamlit as st

from clact_model import scoring
from clact_model.programme import Criterion, Programme
from pages.components import base, messages, quotes, text
from pages.components.arbitration import weights

HIGHEST = 5.0
"""A weight that the slider reaches; more when a grid holds more."""
STEP = 0.5
LEVELS = {"dossier": "jugé sur le dossier", "action": "jugé sur chaque {mot}, pondéré par l'assiette"}


def panel(programme: Programme, used: Mapping[str, Decimal]) -> None:
    """The sliders, with what the text of the call says of each criterion; the grids above them."""
    with st.container(border=True):
        _grids(programme, used)
        highest = max([HIGHEST, *(float(weight) for weight in used.values())])
        with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
            for criterion in programme.file.critere:
                with st.container(width=240, gap="xxsmall"):
                    _weight(programme, criterion, used[criterion.id], highest)


def _weight(programme: Programme, criterion: Criterion, weight: Decimal, highest: float) -> None:
    key = _key(programme, criterion.id)
    if st.session_state.get(key) != float(weight):
        st.session_state[key] = float(weight)
    st.slider(
        text.plain(criterion.libelle),
        min_value=0.0,
        max_value=highest,
        step=STEP,
        format="localized",
        key=key,
        help="Poids du critère dans le score : 0 le laisse de côté, 2 le compte double.",
        on_change=_moved,
        args=(programme,),
    )
    with st.popover("Texte de l'appel", type="tertiary", icon=":material/format_quote:"):
        _reading(programme, criterion)


def _reading(programme: Programme, criterion: Criterion) -> None:
    """What the call says, word for word, and how it is read."""
    st.markdown(f"**{text.plain(criterion.libelle)}**")
    quotes.sourced(programme, criterion.citation, criterion.interpretation)
    level = LEVELS[criterion.niveau].format(mot=programme.line_word)
    st.caption(f"Critère {level}. Valeur de 0 à 1 :")
    st.code(criterion.valeur, language=None, wrap_lines=True)


def _grids(programme: Programme, used: Mapping[str, Decimal]) -> None:
    saved = scoring.grids(base.cursor(), programme)
    own = weights.stated_name(programme)
    names = [own, *saved]
    current = weights.name_of(programme, used, saved)
    inside = next((name for name in names if current in (name, f"Grille « {name} »")), None)
    key = f"grille_{programme.id}"
    st.session_state[key] = inside
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Grille de poids",
            names,
            index=None,
            placeholder="Poids choisis à l'écran, non enregistrés",
            key=key,
            help="Des poids enregistrés sous un nom. Les curseurs ci-dessous les modifient.",
            on_change=_chosen,
            args=(programme, key, saved),
            width=360,
        )
        st.button(
            "Rétablir les poids égaux" if own == "Poids égaux" else "Rétablir les poids du programme",
            icon=":material/restart_alt:",
            disabled=inside == own,
            on_click=weights.use,
            args=(programme, weights.stated(programme)),
        )
        with st.popover("Enregistrer la grille", icon=":material/save:"):
            _save(programme, used, saved)
    if own == "Poids égaux":
        st.caption("Le texte de l'appel ne donne pas de poids : par défaut, tous les critères comptent autant.")


def _save(programme: Programme, used: Mapping[str, Decimal], saved: Mapping[str, object]) -> None:
    with st.form("enregistrer_grille", border=False, enter_to_submit=False):
        name = st.text_input("Nom de la grille", max_chars=60, width=165, placeholder="Comité du 12 juin")
        again = st.checkbox("Remplacer la grille de ce nom si elle existe")
        asked = st.form_submit_button("Enregistrer", type="primary")
    if not asked:
        return
    if name.strip() in saved and not again:
        st.warning(f"La grille « {text.plain(name.strip())} » existe déjà : cochez « Remplacer », ou changez de nom.")
        return
    with messages.refusals():
        scoring.save_grid(base.opened(), programme, name, used)
        st.toast(f"Grille « {text.plain(name.strip())} » enregistrée.", icon=":material/check:")
        st.rerun()


def _moved(programme: Programme) -> None:
    chosen = {c.id: Decimal(str(st.session_state[_key(programme, c.id)])) for c in programme.file.critere}
    # 2 and 2.0 are one weight, and one key of what is kept.
    weights.use(programme, {name: weight.normalize() + 0 for name, weight in chosen.items()})


def _chosen(programme: Programme, key: str, saved: Mapping[str, Mapping[str, Decimal]]) -> None:
    stated = weights.stated(programme)
    weights.use(programme, stated | dict(saved.get(st.session_state[key], {})))


def _key(programme: Programme, criterion: str) -> str:
    return f"poids_{programme.id}_{criterion}"

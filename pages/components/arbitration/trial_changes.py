"""The changes on trial: chosen one by one, put in order, taken back. Kept for the session, for each programme."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

import streamlit as st

from clact_model.eligibility.words import in_words
from clact_model.errors import UsageError
from clact_model.programme import ParameterValue, Programme
from clact_model.programme.call import Parameter
from clact_model.whatif import Change, EnvelopeChange, ParameterChange, RuleOff, State, WeightChange
from pages.components import amounts, text

_ON_TRIAL = "regles_a_l_essai"
_KINDS = {"parametre": "Un paramètre", "sans_regle": "Une règle", "poids": "Un poids", "enveloppe": "L'enveloppe"}


def on_trial(start: State) -> list[Change]:
    """The changes of this session, in order. One that cannot be made any more is taken back, and said."""
    kept: list[Change] = []
    state = start
    for change in _all().get(start.programme.id, []):
        try:
            state = change.applied(state)
            kept.append(change)
        except UsageError as error:
            st.warning(f"Changement retiré : {text.plain(error)}", icon=":material/undo:")
    _all()[start.programme.id] = kept
    return list(kept)


def _all() -> dict[str, list[Change]]:
    found: dict[str, list[Change]] = st.session_state.setdefault(_ON_TRIAL, {})
    return found


def _try(programme: Programme, changes: Sequence[Change]) -> None:
    """Add changes at the end; one that sets the same thing takes the place of the former."""
    kept = _all().setdefault(programme.id, [])
    for change in changes:
        places = [place for place, one in enumerate(kept) if (one.nature, one.nom) == (change.nature, change.nom)]
        if places:
            kept[places[0]] = change
        else:
            kept.append(change)


def _move(programme: Programme, place: int, by: int) -> None:
    kept = _all()[programme.id]
    kept[place], kept[place + by] = kept[place + by], kept[place]


def _take_back(programme: Programme, place: int) -> None:
    del _all()[programme.id][place]


def _clear(programme: Programme) -> None:
    _all().pop(programme.id, None)


def choose(start: State, changes: Sequence[Change]) -> None:
    """The box in which a change is chosen, and the list of those that are made."""
    state = start
    for change in changes:
        state = change.applied(state)
    with st.container(border=True):
        kinds = [kind for kind in _KINDS if kind != "poids" or start.programme.file.critere]
        kind = st.segmented_control(
            "Changer",
            kinds,
            default=kinds[0],
            required=True,
            format_func=lambda code: _KINDS[code],
            key=f"essai_nature_{start.programme.id}",
            help="Un changement à la fois : chacun s'ajoute aux précédents, dans l'ordre de la liste.",
        )
        with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
            _CHOICES[kind or kinds[0]](state)
        _list(start, changes)


def _parameter(state: State) -> None:
    programme = state.programme
    known = programme.file.parametres
    if not known:
        st.caption("Le programme n'a pas de paramètre.")
        return
    values = programme.parameters(state.parameters)
    name = st.selectbox(
        "Paramètre",
        list(known),
        format_func=lambda one: f"{known[one].libelle} : {in_words(values[one], known[one].type)}",
        key=f"essai_parametre_{programme.id}",
        placeholder="Choisir un paramètre",
        width=520,
    )
    current = values[name]
    value = _value(programme, name, known[name], current)
    _add(programme, [ParameterChange(name, value)] if value is not None and value != current else [])


def _value(programme: Programme, name: str, parameter: Parameter, current: ParameterValue) -> ParameterValue | None:
    """The value typed, in the widget of its kind; None while there is none."""
    key = f"essai_valeur_{programme.id}_{name}"
    if isinstance(current, date):
        chosen = st.date_input("Nouvelle date", current, format="DD/MM/YYYY", key=key, width=amounts.NARROW)
        return chosen if isinstance(chosen, date) else None
    if parameter.type == "montant":
        return amounts.field("Nouveau montant (€)", key, Decimal(current), "Au centime près.")
    if parameter.type == "part":
        share = st.number_input(
            "Nouvelle valeur (%)", 0.0, 100.0, float(current * 100), 1.0, format="%g", key=key, width=amounts.NARROW
        )
        return Decimal(str(share)).scaleb(-2).normalize() + 0
    if parameter.type == "entier":
        return int(st.number_input("Nouvelle valeur", 0, None, int(current), 1, key=key, width=amounts.NARROW))
    typed = st.number_input("Nouvelle valeur", None, None, float(current), key=key, width=amounts.NARROW)
    return Decimal(str(typed))


def _rules(state: State) -> None:
    programme = state.programme
    left = {rule.id: rule for rule in programme.file.regle if rule.id not in state.sans_regles}
    key = f"essai_regles_{programme.id}"
    # A rule that is off is chosen no more.
    if key in st.session_state:
        st.session_state[key] = [name for name in st.session_state[key] if name in left]
    chosen = st.multiselect(
        "Règles à suspendre",
        list(left),
        format_func=lambda name: f"{name} · {left[name].libelle}" if name in left else name,
        key=key,
        placeholder="Une ou plusieurs règles",
        select_all=False,
        help="Une règle suspendue ne refuse, ne réserve et ne plafonne plus rien.",
        width=520,
    )
    _add(programme, [RuleOff(name) for name in chosen], "Suspendre")


def _weight(state: State) -> None:
    programme = state.programme
    criteria = {criterion.id: criterion.libelle for criterion in programme.file.critere}
    name = st.selectbox(
        "Critère",
        list(criteria),
        format_func=lambda one: criteria[one],
        key=f"essai_critere_{programme.id}",
        placeholder="Choisir un critère",
        width=340,
    )
    current = programme.weights(state.weights)[name]
    typed = st.number_input(
        "Nouveau poids",
        0.0,
        None,
        float(current),
        0.5,
        format="%g",
        key=f"essai_poids_{programme.id}_{name}",
        width=amounts.NARROW,
    )
    value = Decimal(str(typed)).normalize() + 0
    _add(programme, [WeightChange(name, value)] if value != current else [])


def _envelope(state: State) -> None:
    current = state.settings.enveloppe
    value = amounts.field(
        "Nouvelle enveloppe (€)",
        f"essai_montant_{state.programme.id}",
        current,
        "Ce qu'il y aurait à répartir, au centime près.",
    )
    _add(state.programme, [EnvelopeChange(value)] if value is not None and value != current else [])


_CHOICES: Mapping[str, Callable[[State], None]] = {
    "parametre": _parameter,
    "sans_regle": _rules,
    "poids": _weight,
    "enveloppe": _envelope,
}


def _add(programme: Programme, changes: Sequence[Change], label: str = "Essayer") -> None:
    st.button(
        label,
        type="primary",
        icon=":material/science:",
        key=f"essai_ajouter_{programme.id}",
        disabled=not changes,
        help=None if changes else "Choisissez une valeur qui n'est pas celle d'aujourd'hui.",
        on_click=_try,
        args=(programme, changes),
    )


def _list(start: State, changes: Sequence[Change]) -> None:
    """The changes made, each with the ways to move it and to take it back."""
    programme, state = start.programme, start
    for place, change in enumerate(changes):
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.markdown(f"**{place + 1}.** {text.plain(change.phrase(state))}", width="stretch")
            name = f"{change.nature}_{change.nom}_{programme.id}"
            st.button(
                "Plus tôt",
                icon=":material/arrow_upward:",
                key=f"essai_monter_{name}",
                disabled=place == 0,
                on_click=_move,
                args=(programme, place, -1),
            )
            st.button(
                "Plus tard",
                icon=":material/arrow_downward:",
                key=f"essai_descendre_{name}",
                disabled=place == len(changes) - 1,
                on_click=_move,
                args=(programme, place, 1),
            )
            st.button(
                "Retirer",
                icon=":material/close:",
                key=f"essai_retirer_{name}",
                on_click=_take_back,
                args=(programme, place),
            )
        state = change.applied(state)
    if len(changes) > 1:
        st.button("Tout retirer", type="tertiary", icon=":material/restart_alt:", on_click=_clear, args=(programme,))

"""The weights in use: chosen on Priorités, the same on every page, kept in the address.

Each programme has its own in the session. The address carries those of the programme it names, as
``poids=agents:2,innovation:0.5``: only the criteria that differ from the programme's weights.
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

import streamlit as st

from clact_model import formats, scoring
from clact_model.errors import UsageError
from clact_model.programme import Programme
from pages.components import base, messages, text

ADDRESS = "poids"
"""The name of the weights in the address."""
_CHOSEN = "poids_choisis"
_READ = "poids_lus"
Weights = Mapping[str, Decimal]


def stated(programme: Programme) -> dict[str, Decimal]:
    """The weights of the programme's file."""
    return {criterion.id: criterion.poids for criterion in programme.file.critere}


def stated_name(programme: Programme) -> str:
    """What these are called: equal, as long as the text of the call gives none."""
    return "Poids égaux" if len(set(stated(programme).values())) < 2 else "Poids du programme"


def in_use(programme: Programme) -> dict[str, Decimal]:
    """The weights chosen for a programme; those of its file until then. Keeps the address in step."""
    _read_address(programme)
    weights = stated(programme) | st.session_state.setdefault(_CHOSEN, {}).get(programme.id, {})
    _write_address(programme, weights)
    return weights


def use(programme: Programme, weights: Weights) -> None:
    """From now on the programme is ranked with these."""
    known = stated(programme)
    chosen = {name: weight for name, weight in weights.items() if name in known and weight != known[name]}
    st.session_state.setdefault(_CHOSEN, {})[programme.id] = chosen


def name_of(programme: Programme, weights: Weights, grids: Mapping[str, Weights]) -> str:
    """What the weights are called: the programme's own, a saved grid, or neither."""
    if weights == stated(programme):
        return stated_name(programme)
    saved = [name for name, grid in grids.items() if stated(programme) | dict(grid) == weights]
    return f"Grille « {saved[0]} »" if saved else "Poids choisis à l'écran, non enregistrés"


def caption(programme: Programme, weights: Weights) -> None:
    """One line under a title: which grid the page uses, and what it holds."""
    name = name_of(programme, weights, scoring.grids(base.cursor(), programme))
    listed = ", ".join(
        f"{text.plain(criterion.libelle)} {formats.number(weights[criterion.id])}"
        for criterion in programme.file.critere
    )
    st.caption(
        f":material/tune: Grille en usage : **{text.plain(name)}**",
        help=f"Poids : {listed}. Ils se choisissent à la page Priorités." if listed else None,
    )


def _read_address(programme: Programme) -> None:
    """Once a session: a bookmark brings its weights with it."""
    written = st.query_params.get(ADDRESS)
    if st.session_state.get(_READ):
        return
    st.session_state[_READ] = True
    if written:
        with messages.refusals():
            use(programme, _parsed(programme, written))


def _parsed(programme: Programme, written: str) -> dict[str, Decimal]:
    found = {}
    for pair in written.split(","):
        name, _, weight = pair.partition(":")
        try:
            found[name] = Decimal(weight)
        except InvalidOperation as error:
            raise UsageError("Les poids de l'adresse sont illisibles : ceux du programme sont repris.") from error
        if not found[name].is_finite():
            raise UsageError("Les poids de l'adresse sont illisibles : ceux du programme sont repris.")
    return programme.weights(found)


def _write_address(programme: Programme, weights: Weights) -> None:
    known = stated(programme)
    written = ",".join(f"{name}:{weight:f}" for name, weight in weights.items() if weight != known[name])
    if written == st.query_params.get(ADDRESS, ""):
        return
    if written:
        st.query_params[ADDRESS] = written
    else:
        del st.query_params[ADDRESS]

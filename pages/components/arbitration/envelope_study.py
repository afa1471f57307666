"""What lies behind one envelope: its curve, the price of each setting, the pressure, the inversions. One at a time,
computed only when it is looked at."""

from collections.abc import Callable, Mapping
from decimal import Decimal

import streamlit as st

from clact_model.allocation import Result
from clact_model.programme import Programme
from pages.components import prepared
from pages.components.arbitration import envelope_curve, envelope_inversions, envelope_pressure, envelope_prices
from pages.components.arbitration.envelope_settings import Choices
from pages.components.prepared import Question

Study = Callable[[Programme, Result, Question, Decimal], None]
STUDIES: Mapping[str, Study] = {
    "Courbe de l'enveloppe": envelope_curve.show,
    "Prix des contraintes": envelope_prices.show,
    "Pression": envelope_pressure.show,
    "Inversions": envelope_inversions.show,
}


def panel(programme: Programme, result: Result, choices: Choices, largest: Decimal) -> None:
    """The study chosen; nothing before one is. ``largest``: the end of the slider, in EUR."""
    st.subheader("Étudier cette enveloppe", anchor=False)
    chosen = st.segmented_control(
        "Étude",
        list(STUDIES),
        key=f"etude_{programme.id}",
        persist_state="session",
        label_visibility="collapsed",
    )
    if chosen is None:
        st.caption("Choisissez une étude : elle n'est calculée que lorsqu'elle est ouverte.")
        return
    asked = prepared.question(choices.weights, choices.unite, choices.inclure)
    STUDIES[chosen](programme, result, asked, largest)

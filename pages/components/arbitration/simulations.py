"""The simulation under way: what Enveloppe tries and Sélection lists, kept for the session, one for each programme."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import streamlit as st

from clact_model.allocation import Settings
from clact_model.programme import Programme

_UNDER_WAY = "simulations"


@dataclass(frozen=True, slots=True)
class UnderWay:
    """What was asked last on Enveloppe."""

    settings: Settings
    weights: Mapping[str, Decimal]


def keep(programme: Programme, settings: Settings, weights: Mapping[str, Decimal]) -> None:
    """Remember the simulation for the other pages."""
    st.session_state.setdefault(_UNDER_WAY, {})[programme.id] = UnderWay(settings, weights)


def under_way(programme: Programme) -> UnderWay | None:
    """The simulation of this session, None before the first."""
    return st.session_state.get(_UNDER_WAY, {}).get(programme.id)

"""What is set before money is given again: over-programming, strategy, constraints; or a reallocation kept before."""

from dataclasses import dataclass, fields, replace
from decimal import Decimal

import streamlit as st

from clact_model import allocation, reallocation, scenario
from clact_model.allocation import STRATEGIES, Result, find_key
from clact_model.programme import Programme
from clact_model.reallocation import Offer
from clact_model.scenario import Basis, Scenario
from pages.components import base
from pages.components.arbitration import envelope_constraints, envelope_settings, scenario_form

UNDER_WAY = "Réaffectation en cours"
MOST = int(reallocation.MOST * 100)


@dataclass(frozen=True)
class Chosen:
    """What would be given again: under way, or kept under a name."""

    result: Result
    basis: Basis
    saved: Scenario | None


def offered(programme: Programme) -> Offer:
    """What there is to give again today, with the over-programming chosen. Raises ClactError."""
    percent = st.slider(
        "Surprogrammation (% de l'enveloppe)",
        min_value=100,
        max_value=MOST,
        value=100,
        format="%d %%",
        key=f"surprogrammation_{programme.id}",
        persist_state="session",
        width=420,
        help="À 104 %, on accorde jusqu'à 4 % de l'enveloppe de plus que ce qui est revenu, en comptant sur ce qui reviendra "
        "encore. À 100 %, seul ce qui est revenu est accordé.",
    )
    return reallocation.offer(base.cursor(), programme, base.today(), surprogrammation=Decimal(percent) / 100)


def choose(programme: Programme, found: Offer) -> Chosen:
    """The reallocation shown. Raises UsageError for settings that cannot be followed."""
    kept = [
        one.nom for one in scenario.of_programme(base.cursor(), programme) if one.basis.surprogrammation is not None
    ]
    if kept:
        name = st.selectbox(
            "Répartition",
            [UNDER_WAY, *kept],
            key=f"reaffectation_{programme.id}",
            help="Celle que vous réglez ci-dessous, ou une réaffectation enregistrée : elle garde ses chiffres.",
            width=420,
        )
        if name != UNDER_WAY:
            saved = scenario.load(base.cursor(), programme, name)
            return Chosen(saved.result, saved.basis, saved)
    result = _simulated(programme, found)
    scenario_form.save(programme, result, found.basis)
    return Chosen(result, found.basis, None)


def _simulated(programme: Programme, found: Offer) -> Result:
    committee = found.held.committee
    known = envelope_settings.names(found.lines)
    with st.container(border=True):
        with st.container(horizontal=True, gap="medium"):
            codes = list(STRATEGIES)
            strategie = st.selectbox(
                "Stratégie",
                codes,
                index=codes.index(committee.settings.strategie),
                format_func=lambda code: STRATEGIES[code].libelle,
                key=f"reaffectation_strategie_{programme.id}",
                help="Comme à la page Enveloppe ; au départ, celle du scénario adopté.",
                width=240,
            )
            out = st.multiselect(
                "Écartées",
                list(known),
                format_func=lambda number: known.get(number, number),
                key=f"reaffectation_exclure_{programme.id}_{committee.version}",
                placeholder="Numéro ou établissement",
                select_all=False,
                help="Demandes de la liste d'attente qui ne reçoivent rien, quelle que soit leur place.",
            )
            if not STRATEGIES[strategie].in_part and strategie != envelope_settings.REDUCED:
                envelope_constraints.in_part(programme)
        st.caption(STRATEGIES[strategie].sens)
        limits = envelope_constraints.panel(programme, committee.unite, tuple(found.lines))
    asked = replace(
        committee.settings,
        enveloppe=found.money.total,
        reserve=Decimal(0),
        strategie=strategie,
        forced_in=frozenset(),
        forced_out=frozenset(find_key(number, found.lines) for number in out),
        **{own.name: getattr(limits, own.name) for own in fields(limits)},
    )
    return allocation.run(found.lines, found.settings(asked))

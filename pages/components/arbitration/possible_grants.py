"""What each line may receive today, computed once for each state of the base and shared by all visitors."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import streamlit as st

from clact_model import decision
from clact_model.allocation import Key, Unit
from clact_model.decision import Committee, Possible
from pages.components import base


def of_committee(committee: Committee) -> Mapping[Key, Possible]:
    """Line → what it may receive, under the parameters of what was adopted."""
    programme = base.programme()
    return _possible(
        base.path(),
        base.opened().version(),
        programme.id,
        programme.fingerprint,
        base.today(),
        committee.unite,
        tuple(sorted(committee.basis.parametres.items())),
        committee,
    )


@st.cache_resource(
    show_spinner="Instruction des dossiers…", max_entries=4, hash_funcs={Committee: lambda committee: committee.unite}
)
def _possible(
    path: Path,
    version: int,
    programme: str,
    fingerprint: str,
    today: date,
    unite: Unit,
    parameters: tuple[tuple[str, str], ...],
    committee: Committee,
) -> Mapping[Key, Possible]:
    chosen = base.catalogue().programmes[programme]
    return decision.possible(base.cursor(), chosen, today, unite, committee.basis)

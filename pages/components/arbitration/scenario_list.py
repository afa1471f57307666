"""The saved scenarios: their table, the one that is open, and what is kept of each between runs."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from clact_model import scenario
from clact_model.allocation import STRATEGIES
from clact_model.programme import Programme
from clact_model.scenario import Listed, Scenario
from pages.components import base, tables, text
from pages.components.tables import Column

OPEN = "ouvert"
"""The name of the open scenario in the address."""
NEXT = "scenario_suivant"
"""The name of the scenario that the next run opens: what was just copied or renamed."""
_PICKED = "scenario_pris"


def loaded(programme: Programme, nom: str) -> Scenario:
    """A scenario as it was saved. Raises ScenarioNameError, ScenarioDamagedError."""
    return _loaded(base.path(), base.opened().writes(), programme.id, nom)


# A resource, not data: nothing in it can change, and a copy of 10,000 lines at each run would be felt.
@st.cache_resource(show_spinner="Lecture du scénario…", max_entries=16)
def _loaded(path: Path, writes: int, programme: str, nom: str) -> Scenario:
    return scenario.load(base.cursor(), base.catalogue().get(programme), nom)


def table(programme: Programme, found: Sequence[Listed]) -> None:
    """Every scenario with its figures; picking a row opens it below."""
    picked = tables.choose(
        [_row(programme, one) for one in found],
        _columns(programme, found),
        names=["nom"],
        key="scenarios",
        alt="Scénarios enregistrés, le dernier en tête",
        most=330,
    )
    name = picked["nom"] if picked else None
    # Only a new pick opens: the field below may have been changed since the last one.
    if name != st.session_state.get(_PICKED):
        st.session_state[_PICKED] = name
        if name:
            st.session_state[OPEN] = name


def choice(found: Sequence[Listed]) -> str:
    """The name of the scenario that is open: the last saved until another is picked."""
    names = [one.nom for one in found]
    if wanted := st.session_state.pop(NEXT, None):
        st.session_state[OPEN] = wanted
    if st.session_state.get(OPEN) not in names:
        st.session_state.pop(OPEN, None)
    return str(
        st.selectbox(
            "Scénario ouvert",
            names,
            key=OPEN,
            bind="query-params",
            placeholder="Choisir un scénario",
            help="Une ligne choisie dans la liste l'ouvre aussi.",
            width=420,
        )
    )


def strategy(code: str) -> str:
    """What a strategy is called; its code when the tool no longer has it."""
    return STRATEGIES[code].libelle if code in STRATEGIES else text.plain(code)


def unit(programme: Programme, unite: str) -> str:
    """« Par dossier », or by what the call names a line."""
    return f"Par {programme.line_word if unite == 'action' else unite}"


def _row(programme: Programme, one: Listed) -> dict[str, object]:
    return {
        "nom": one.nom,
        "verrou": "Verrouillé" if one.verrou else None,
        "strategie": strategy(one.settings.strategie),
        "unite": unit(programme, one.settings.unite),
        "enveloppe": one.settings.enveloppe,
        "accorde": one.accorde,
        "reste": one.reste,
        "dossiers": one.dossiers_finances,
        "agents": one.agents,
        "notes": one.notes,
        "auteur": one.auteur,
        "quand": one.quand,
        "jour": one.aujourdhui,
        "programme": one.basis.version_programme,
        "donnees": one.basis.version_donnees,
        "graine": one.basis.graine,
    }


def _columns(programme: Programme, found: Sequence[Listed]) -> list[Column]:
    seed = Column(
        "graine", "Graine", "entier", help="Départ du tirage au hasard : la même graine redonne les chiffres."
    )
    return [
        Column("nom", "Scénario", width=250, pinned=True),
        Column("accorde", "Accordé (€)", "montant", width=115),
        Column("enveloppe", "Enveloppe (€)", "montant", width=115),
        Column("reste", "Reste (€)", "montant", help="Enveloppe moins la réserve et moins l'accordé.", width=110),
        Column("dossiers", "Financés", "entier", help="Dossiers qui reçoivent quelque chose.", width=80),
        Column("verrou", "Verrou", width=85),
        Column("strategie", "Stratégie", width=150),
        Column("unite", "Unité", width=95),
        Column(
            "agents", "Agents", "entier", help="Agents concernés par ce qui est financé, autant que connu.", width=75
        ),
        Column("notes", "Notes", "entier", width=60),
        Column("auteur", "Auteur", width=130),
        Column("quand", "Enregistré le", "moment", fuseau=programme.fuseau, width=135),
        Column("jour", "Jour jugé", "date", width=95),
        Column("programme", "Version du programme", width=150),
        Column("donnees", "Version des données", "entier", width=140),
        *([seed] if any(one.basis.graine is not None for one in found) else []),
    ]

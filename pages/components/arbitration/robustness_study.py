"""What the draws are asked, and their answer: computed once for each question and shared by all visitors."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import streamlit as st

from clact_model import formats, robustness, simulation
from clact_model.allocation import STRATEGIES, Settings, Unit
from clact_model.programme import Programme
from clact_model.robustness import Law, Robustness, Subject
from pages.components import amounts, base, text
from pages.components.arbitration import simulations

Question = tuple[Path, int, str, str, date, tuple[tuple[str, Decimal], ...]]
"""Base, version of its data, programme, its file, day judged, weights."""
NUMBERS = (1_000, 10_000, 50_000)


def settings(programme: Programme) -> Settings | None:
    """Those of the simulation under way, else the default ones; None while there is no envelope.

    The envelope is the very one of the page Enveloppe: what is typed here is found there.
    """
    amount = amounts.field(
        "Enveloppe (€)",
        f"enveloppe_{programme.id}",
        base.envelope(),
        "Ce qu'il y a à répartir : la même enveloppe qu'à la page Enveloppe.",
    )
    if amount is None:
        return None
    tried = simulations.under_way(programme)
    return replace(tried.settings, enveloppe=amount) if tried else Settings(amount)


def said(programme: Programme, settings: Settings) -> str:
    """The settings in one line, and where they come from."""
    unit = "dossier" if settings.unite == "dossier" else text.plain(programme.line_word)
    parts = [STRATEGIES[settings.strategie].libelle.lower(), f"par {unit}"]
    if settings.reserve:
        parts.append(f"réserve de {formats.euros(settings.reserve)}")
    if settings.forced_in:
        parts.append(formats.plural(len(settings.forced_in), "retenu d'office", "retenus d'office"))
    if settings.forced_out:
        parts.append(formats.plural(len(settings.forced_out), "écarté"))
    origin = "de la page Enveloppe" if simulations.under_way(programme) else "par défaut (la page Enveloppe les change)"
    return f"Réglages {origin} : {', '.join(parts)}."


def law(programme: Programme) -> Law:
    """How many draws, how far from the chosen weights, from which seed."""
    number = st.segmented_control(
        "Tirages",
        NUMBERS,
        default=10_000,
        required=True,
        format_func=formats.number,
        key=f"tirages_{programme.id}",
        persist_state="session",
        help="Nombre de grilles de poids tirées au hasard. Au-delà de 10 000, les parts ne bougent plus guère.",
    )
    spread = st.slider(
        "Écart autour des poids choisis (%)",
        min_value=0,
        max_value=100,
        value=50,
        step=5,
        key=f"ecart_{programme.id}",
        persist_state="session",
        help="50 : chaque poids va de la moitié à une fois et demie celui qui est choisi. 0 : il ne bouge pas.",
        width=260,
    )
    seed = st.number_input(
        "Graine",
        min_value=0,
        max_value=999_999,
        value=1,
        step=1,
        key=f"graine_{programme.id}",
        persist_state="session",
        help="La même graine redonne les mêmes tirages. Une autre montre si la réponse tient au hasard.",
        width=120,
    )
    return Law(int(number or 10_000), Decimal(spread).scaleb(-2), int(seed))


def answer(weights: Mapping[str, Decimal], settings: Settings, law: Law) -> Robustness:
    """What the draws say of the chosen programme. Raises UsageError for settings that cannot be followed."""
    programme = base.programme()
    version = base.opened().version()
    question = base.path(), version, programme.id, programme.fingerprint, base.today(), tuple(weights.items())
    return _answer(question, json.dumps(settings.to_json()), (law.tirages, law.ecart, law.graine))


@st.cache_resource(show_spinner="Tirages en cours…", max_entries=16)
def _answer(question: Question, settings: str, law: tuple[int, Decimal, int]) -> Robustness:
    followed = Settings.from_json(json.loads(settings))
    return robustness.run(_subject(question, followed.unite, tuple(sorted(followed.inclure))), followed, Law(*law))


@st.cache_resource(show_spinner="Instruction et classement des dossiers…", max_entries=16)
def _subject(question: Question, unite: Unit, inclure: tuple[str, ...]) -> Subject:
    _, _, programme, _, today, weights = question
    chosen, cursor = base.catalogue().get(programme), base.cursor()
    prepared = simulation.prepare(cursor, chosen, today, unite, inclure, dict(weights))
    return robustness.subject(cursor, chosen, unite, prepared)

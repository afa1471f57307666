"""The answer of a strategy. That of the optimum may take seconds: a thread computes it, and the page goes on.

A script that waits inside the solver hears of nothing, and Streamlit does not end one that runs when a slider of the same
fragment moves: each move would wait for the one before it.
"""

import json
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from decimal import Decimal

import streamlit as st

from clact_model import allocation, formats
from clact_model.allocation import STRATEGIES, Result, Settings, Watch, exact
from clact_model.programme import Programme
from pages.components import prepared
from pages.components.arbitration.envelope_settings import BEST
from pages.components.prepared import Question, Ready

PATIENCE = 0.6
"""Seconds that a script waits for the optimum before it shows something else: most come sooner."""
LOOK = 0.5
"""Seconds between two looks at what is computed."""


@dataclass(frozen=True)
class _Asked:
    """One question put to the solver."""

    question: tuple[Question, str]
    watch: Watch
    answer: Future[Result]


def answer(
    programme: Programme,
    ready: Ready,
    settings: Settings,
    weights: Mapping[str, Decimal],
    below: Result | None = None,
) -> Result | None:
    """The answer; None while it is computed, which the page then says until it is there. Raises UsageError.

    `below`: the answer to another question that the page leaves on screen meanwhile, and that is said to be one.
    """
    if settings.strategie != BEST:
        found = allocation.run(ready.lines, settings)
    else:
        asked, bound = _ask(programme, ready, settings, weights), _bound(ready, settings)
        place = st.empty()
        # The bound is known at once, and what was answered before is still on screen.
        place.caption(_so_far(asked, bound, below))
        if not wait([asked.answer], timeout=PATIENCE).done:
            with place.container():
                _progress(asked, bound, below)
            return None
        found = asked.answer.result()
        place.caption(_proof(found, bound))
    st.session_state[_latest(programme)] = found
    return found


def latest(programme: Programme) -> Result | None:
    """What was answered last in this session: it stays on screen while the next is computed."""
    return st.session_state.get(_latest(programme))


def _latest(programme: Programme) -> str:
    return f"reponse_{programme.id}"


def _ask(programme: Programme, ready: Ready, settings: Settings, weights: Mapping[str, Decimal]) -> _Asked:
    """The question of this session, put once; the one before it is given up."""
    key = f"optimum_{programme.id}"
    before: _Asked | None = st.session_state.get(key)
    question = prepared.question(weights, settings.unite, settings.inclure), json.dumps(settings.to_json())
    if before is not None:
        if before.question == question:
            return before
        before.watch.stop()
    watch = Watch()
    asked = _Asked(question, watch, _solvers().submit(_solved, question, ready, watch))
    st.session_state[key] = asked
    return asked


@st.cache_resource(show_spinner=False)
def _solvers() -> ThreadPoolExecutor:
    """For all sessions: more of them than cores would only slow each other down."""
    return ThreadPoolExecutor(2)


@st.cache_resource(show_spinner=False, max_entries=64)
def _solved(question: tuple[Question, str], _ready: Ready, _watch: Watch) -> Result:
    """Remembered: a committee goes back to an envelope. The question says what the lines and the settings are."""
    return allocation.run(_ready.lines, Settings.from_json(json.loads(question[1])), _watch)


@st.fragment(run_every=LOOK)
def _progress(asked: _Asked, bound: Decimal | None, shown: Result | None) -> None:
    if asked.answer.done():
        st.rerun()
    st.caption(_so_far(asked, bound, shown))


def _so_far(asked: _Asked, bound: Decimal | None, shown: Result | None) -> str:
    known = [] if bound is None else [f"{formats.number(bound)} points au plus"]
    if asked.watch.gap is not None:
        known.append(f"à {formats.rate(asked.watch.gap)} près jusqu'ici")
    words = " : ".join(["L'optimum se calcule", *([", ".join(known)] if known else [])])
    # One line, as the proof that takes its place: what is under it does not move.
    return f":material/hourglass_empty: {words}.{_before(shown)}"


def _before(shown: Result | None) -> str:
    """What the figures under it answer: not the question that is computed, be its envelope the same."""
    if shown is None:
        return ""
    strategy = STRATEGIES[shown.settings.strategie].libelle.lower()
    return f" Ci-dessous, la réponse d'avant ({strategy}, {formats.euros(shown.enveloppe)})."


def _bound(ready: Ready, settings: Settings) -> Decimal | None:
    """The total score that no plan exceeds, known at once; None where scores are not what is added up."""
    if settings.objectif != "score":
        return None
    try:
        return allocation.relaxed_score(ready.lines, settings)
    except exact.InfeasibleError:
        return None


def _proof(found: Result, bound: Decimal | None) -> str:
    words = (
        "Optimum prouvé : aucune répartition ne fait mieux." if found.proven else "Meilleur plan trouvé, non prouvé."
    )
    if bound is not None:
        words += f" Borne du score total, aides coupées à volonté : {formats.number(bound)}."
    return f":material/verified: {words}"

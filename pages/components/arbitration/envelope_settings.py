"""What is set before an envelope is tried: strategy, unit, reserve, what is let in, what is forced."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

import streamlit as st

from clact_model import formats
from clact_model.allocation import OBJECTIVES, STRATEGIES, Key, Line, Settings, Unit, find_key
from clact_model.allocation.settings import INCLUDABLE, label
from clact_model.overview import VERDICTS
from clact_model.programme import Programme
from pages.components import amounts, prepared
from pages.components.arbitration import envelope_constraints
from pages.components.arbitration.envelope_constraints import Limits

REDUCED, BEST, BY_SCORE = "dernier_reduit", "optimum", "module"
"""The strategies that ask for a smallest useful share, an objective, a threshold."""


@dataclass(frozen=True, slots=True)
class Choices:
    """All the settings but the envelope."""

    weights: Mapping[str, Decimal]
    strategie: str
    unite: Unit
    inclure: frozenset[str]
    reserve: Decimal
    part_utile: Decimal
    forced_in: tuple[str, ...]
    forced_out: tuple[str, ...]
    followed: str | None
    """The request whose answer is shown in full."""
    objectif: str
    seuil: Decimal
    limits: Limits

    def ready(self) -> prepared.Ready:
        """The lines to share between, as the base holds them now."""
        return prepared.lines(self.weights, self.unite, self.inclure)

    def settings(self, enveloppe: Decimal, lines: Sequence[Line]) -> Settings:
        """What the allocation takes. Raises UsageError when the settings cannot be followed."""
        return Settings(
            enveloppe=enveloppe,
            reserve=self.reserve,
            strategie=self.strategie,
            unite=self.unite,
            forced_in=_keys(self.forced_in, lines),
            forced_out=_keys(self.forced_out, lines),
            inclure=self.inclure,
            part_utile=self.part_utile,
            objectif=self.objectif,
            seuil=self.seuil,
            **{own.name: getattr(self.limits, own.name) for own in fields(self.limits)},
        )


def panel(programme: Programme, weights: Mapping[str, Decimal]) -> Choices:
    """The settings in one box. Raises UsageError for wrong weights."""
    with st.container(border=True):
        with st.container(horizontal=True, gap="medium"):
            strategie = _strategy(programme)
            unite = _unit(programme)
            inclure = _included(programme)
            reserve = _reserve(programme)
            part_utile = _useful_share(programme) if strategie == REDUCED else Decimal("0.5")
            objectif = _objective(programme) if strategie == BEST else "score"
            seuil = _threshold(programme) if strategie == BY_SCORE else Decimal(50)
            if not STRATEGIES[strategie].in_part and strategie != REDUCED:
                envelope_constraints.in_part(programme)
            lines = prepared.lines(weights, unite, inclure).lines
            known = names(lines)
            followed = _followed(programme, unite, known)
        st.caption(STRATEGIES[strategie].sens)
        forced_in, forced_out = _forced(programme, unite, known)
        limits = envelope_constraints.panel(programme, unite, lines)
    return Choices(
        weights,
        strategie,
        unite,
        inclure,
        reserve,
        part_utile,
        forced_in,
        forced_out,
        followed,
        objectif,
        seuil,
        limits,
    )


def names(lines: Sequence[Line]) -> dict[str, str]:
    """Number, with its line → what a person recognises it by."""
    return {label(line.key): f"{label(line.key)} · {line.etablissement}" for line in lines}


def _strategy(programme: Programme) -> str:
    return st.selectbox(
        "Stratégie",
        list(STRATEGIES),
        format_func=lambda code: STRATEGIES[code].libelle,
        key=f"strategie_{programme.id}",
        placeholder="Choisir une stratégie",
        persist_state="session",
        help="\n".join(f"- **{strategy.libelle}** : {strategy.sens}" for strategy in STRATEGIES.values()),
        width=210,
    )


def _unit(programme: Programme) -> Unit:
    words = {"dossier": "Par dossier", "action": f"Par {programme.line_word}"}
    chosen = st.segmented_control(
        "Ce qui est financé",
        list(words),
        default="dossier",
        required=False,
        format_func=lambda unit: words[unit],
        key=f"unite_{programme.id}",
        persist_state="session",
        help=f"Le dossier entier, ou chaque {programme.line_word} pour elle-même, avec sa propre place.",
    )
    return "action" if chosen == "action" else "dossier"


def _included(programme: Programme) -> frozenset[str]:
    chosen = st.pills(
        "Inclure sous condition",
        sorted(INCLUDABLE, reverse=True),
        selection_mode="multi",
        format_func=lambda code: VERDICTS[code],
        key=f"inclure_{programme.id}",
        persist_state="session",
        help="Des dossiers dont l'instruction n'est pas finie : ce qui leur est accordé est marqué « sous condition ».",
    )
    return frozenset(chosen)


def _reserve(programme: Programme) -> Decimal:
    amount = amounts.field(
        "Réserve (€)", f"reserve_{programme.id}", Decimal(0), "Part de l'enveloppe gardée de côté : jamais accordée."
    )
    return amount or Decimal(0)


def _useful_share(programme: Programme) -> Decimal:
    share = st.slider(
        "Part utile minimale (%)",
        min_value=5,
        max_value=100,
        value=50,
        step=5,
        key=f"part_utile_{programme.id}",
        persist_state="session",
        help="Le dernier servi reçoit ce qui reste si c'est au moins cette part de son aide ; sinon rien.",
        width=190,
    )
    return Decimal(share).scaleb(-2)


def _objective(programme: Programme) -> str:
    return st.selectbox(
        "Ce que l'optimum additionne",
        list(OBJECTIVES),
        format_func=OBJECTIVES.__getitem__,
        key=f"objectif_{programme.id}",
        persist_state="session",
        help="Le total que l'optimum rend le plus grand. Un score ou des agents inconnus n'ajoutent rien.",
        width=260,
    )


def _threshold(programme: Programme) -> Decimal:
    seuil = st.slider(
        "Seuil de score",
        min_value=0,
        max_value=99,
        value=50,
        step=1,
        key=f"seuil_{programme.id}",
        persist_state="session",
        help="L'aide est nulle à ce score et entière à 100 ; entre les deux, elle suit le score.",
        width=190,
    )
    return Decimal(seuil)


def _followed(programme: Programme, unite: Unit, known: Mapping[str, str]) -> str | None:
    key = f"suivi_{programme.id}_{unite}"
    if st.session_state.get(key) not in known:
        st.session_state[key] = None
    return st.selectbox(
        "Suivre une demande",
        list(known),
        index=None,
        format_func=lambda number: known.get(number, number),
        key=key,
        persist_state="session",
        placeholder="Numéro ou établissement",
        help="« Et celle-ci ? » : ce qu'elle reçoit et pourquoi, en toutes lettres, à chaque mouvement du curseur.",
        width=340,
    )


def _forced(programme: Programme, unite: Unit, known: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    chosen = [_kept(f"{way}_{programme.id}_{unite}", known) for way in ("force", "exclure")]
    title = "Retenir ou écarter d'office"
    if any(chosen):
        words = formats.plural(len(chosen[0]), "retenu"), formats.plural(len(chosen[1]), "écarté")
        title += f" : {', '.join(words)}"
    with (
        st.expander(title, icon=":material/push_pin:", key=f"forces_{programme.id}"),
        st.container(horizontal=True, gap="medium"),
    ):
        common: dict[str, Any] = {
            "options": list(known),
            "format_func": lambda number: known.get(number, number),
            "persist_state": "session",
            "select_all": False,
            "placeholder": "Numéro ou établissement",
        }
        forced_in = st.multiselect(
            "Retenus d'office",
            key=f"force_{programme.id}_{unite}",
            help="Servis avant le classement, en totalité. Retenir d'office ne rend pas finançable ce qui ne l'est pas.",
            **common,
        )
        forced_out = st.multiselect(
            "Écartés",
            key=f"exclure_{programme.id}_{unite}",
            help="Ne reçoivent rien, quelle que soit leur place.",
            **common,
        )
    return tuple(forced_in), tuple(forced_out)


def _kept(key: str, known: Mapping[str, str]) -> list[str]:
    """What was chosen and still exists: a dossier that has left the base is no longer forced."""
    chosen = [number for number in st.session_state.get(key, []) if number in known]
    if key in st.session_state and len(chosen) != len(st.session_state[key]):
        st.session_state[key] = chosen
    return chosen


def _keys(numbers: Sequence[str], lines: Sequence[Line]) -> frozenset[Key]:
    return frozenset(find_key(number, lines) for number in numbers)

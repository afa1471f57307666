"""The one table of the strategies: one function each, all with the same face."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clact_model.allocation import by_level, by_rank, by_value
from clact_model.allocation.lines import Line
from clact_model.allocation.problem import Problem
from clact_model.allocation.reasons import Shared, Why

if TYPE_CHECKING:
    from clact_model.allocation.settings import Settings

Allocate = Callable[[Problem], Shared]
"""What there is to share → one grant per line, in the same order."""


@dataclass(frozen=True, slots=True)
class Strategy:
    """A strategy under its French name, with one sentence that explains it."""

    code: str
    libelle: str
    sens: str
    allocate: Allocate
    keeps_out: "Callable[[Line, Settings], Why | None] | None" = None
    """Why a line that may be funded has no part in this strategy; None when it has."""
    at_most: Callable[[Line], Line] | None = None
    """The line with the ceiling that this strategy may give it; None when that is the one it comes with."""
    in_part: bool = False
    """Whether its grants are less than the aid by nature."""


STRATEGIES: Mapping[str, Strategy] = {
    strategy.code: strategy
    for strategy in (
        Strategy(
            "classement_continu",
            "Classement continu",
            "Dans l'ordre du classement, en totalité ; ce qui ne tient pas est passé, et l'on continue.",
            by_rank.classement_continu,
        ),
        Strategy(
            "classement",
            "Classement strict",
            "Dans l'ordre du classement, en totalité ; arrêt à la première demande qui ne tient pas.",
            by_rank.classement,
        ),
        Strategy(
            "dernier_reduit",
            "Dernier réduit",
            "Dans l'ordre du classement ; la première demande qui ne tient pas reçoit ce qui reste, "
            "si c'est une part utile de son aide.",
            by_rank.dernier_reduit,
        ),
        Strategy(
            "optimum",
            "Optimum",
            "Le meilleur total possible sous toutes les contraintes, prouvé ; il peut passer une demande mieux classée.",
            by_value.optimum,
        ),
        Strategy(
            "taux_commun",
            "Taux commun",
            "Un même taux pour toutes les demandes, calculé pour employer l'enveloppe, dans la limite des autres plafonds.",
            by_level.taux_commun,
            at_most=by_level.at_the_highest_rate,
            in_part=True,
        ),
        Strategy(
            "masse_salariale",
            "Masse salariale",
            "L'enveloppe est partagée selon les masses salariales ; ce qu'une structure ne demande pas revient aux autres.",
            by_level.masse_salariale,
            keeps_out=by_level.without_payroll,
            in_part=True,
        ),
        Strategy(
            "module",
            "Modulé par le score",
            "L'aide suit le score au-dessus d'un seuil : entière à 100, nulle au seuil, réduite d'autant si l'enveloppe manque.",
            by_level.module,
            keeps_out=by_level.under_the_threshold,
            in_part=True,
        ),
    )
}
"""Code → strategy, the default first."""

DEFAULT = next(iter(STRATEGIES))

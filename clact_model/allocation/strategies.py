"""The strategies: one function each, all with the same face, and the one table that names them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clact_model.allocation.lines import Line
from clact_model.allocation.reasons import Grant, Why

if TYPE_CHECKING:
    from clact_model.allocation.settings import Settings

Allocate = Callable[[Sequence[Line], int, "Settings"], list[Grant]]
"""Lines that may be funded, in rank order; cents available; settings → one grant per line, in the same order."""


def classement(lines: Sequence[Line], available: int, settings: "Settings") -> list[Grant]:
    """In rank order, in full, until the first that does not fit."""
    served, left = _served_in_full(lines, available)
    return served + _stopped(lines[len(served) :], Grant(0, Why.NO_ROOM, left))


def classement_continu(lines: Sequence[Line], available: int, settings: "Settings") -> list[Grant]:
    """In rank order, in full; what does not fit is skipped.

    A larger envelope never lowers the total: at the first line where two envelopes part, only the larger one funds it,
    and so has granted more than the smaller one holds.
    """
    grants, left = [], available
    for line in lines:
        limit = line.limit
        if limit <= left:
            grants.append(Grant(limit, Why.IN_FULL, left))
            left -= limit
        else:
            grants.append(Grant(0, Why.NO_ROOM, left))
    return grants


def dernier_reduit(lines: Sequence[Line], available: int, settings: "Settings") -> list[Grant]:
    """In rank order; the first that does not fit receives what is left if that is a useful share of its aid; stop."""
    served, left = _served_in_full(lines, available)
    rest = lines[len(served) :]
    if not rest or left < rest[0].limit * settings.part_utile or left == 0:
        return served + _stopped(rest, Grant(0, Why.NO_USEFUL_SHARE, left, share=settings.part_utile))
    after = Grant(0, Why.AFTER_THE_LAST)
    return [*served, Grant(left, Why.REDUCED, left), *[after] * (len(rest) - 1)]


def _served_in_full(lines: Sequence[Line], available: int) -> tuple[list[Grant], int]:
    """The grants of the first lines that fit one after the other, and the cents left."""
    grants, left = [], available
    for line in lines:
        limit = line.limit
        if limit > left:
            break
        grants.append(Grant(limit, Why.IN_FULL, left))
        left -= limit
    return grants, left


def _stopped(rest: Sequence[Line], first: Grant) -> list[Grant]:
    """Nothing for the rest: the first for its own reason, the others because it stopped there."""
    if not rest:
        return []
    after = Grant(0, Why.AFTER_THE_STOP, first.left, stop=rest[0].limit)
    return [first, *[after] * (len(rest) - 1)]


@dataclass(frozen=True, slots=True)
class Strategy:
    """A strategy under its French name, with one sentence that explains it."""

    code: str
    libelle: str
    sens: str
    allocate: Allocate


STRATEGIES: Mapping[str, Strategy] = {
    strategy.code: strategy
    for strategy in (
        Strategy(
            "classement_continu",
            "Classement continu",
            "Dans l'ordre du classement, en totalité ; ce qui ne tient pas est passé, et l'on continue.",
            classement_continu,
        ),
        Strategy(
            "classement",
            "Classement strict",
            "Dans l'ordre du classement, en totalité ; arrêt à la première demande qui ne tient pas.",
            classement,
        ),
        Strategy(
            "dernier_reduit",
            "Dernier réduit",
            "Dans l'ordre du classement ; la première demande qui ne tient pas reçoit ce qui reste, "
            "si c'est une part utile de son aide.",
            dernier_reduit,
        ),
    )
}
"""Code → strategy, the default first."""

DEFAULT = next(iter(STRATEGIES))

"""What a strategy has to share out, in whole cents: lines in rank order, money, bounds, and what goes together."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from clact_model.allocation.constraints import EACH, Constraint
from clact_model.allocation.lines import Line
from clact_model.allocation.money import cents
from clact_model.allocation.watch import Watch

if TYPE_CHECKING:
    from clact_model.allocation.settings import Settings


Codes = Callable[[str], Sequence[str]]
"""A champ → the codes that lines bear under it."""


@dataclass(frozen=True, slots=True)
class Bound:
    """The least or the most, in cents, that some lines receive together."""

    words: str
    """In French, without a capital: « au moins 45 % de l'enveloppe pour le secteur « Médico-social » »."""
    counted: Mapping[int, int]
    """Place of a line → cents that count when it is funded in full."""
    low: int | None = None
    high: int | None = None

    def of(self, place: int, granted: int, limit: int) -> int:
        """Cents of a grant that count: all that counts when it is whole, else in proportion; rounded against us."""
        share = self.counted.get(place, 0)
        if not share or granted >= limit:
            return share
        exact = share * granted
        return exact // limit if self.low is not None else -(-exact // limit)

    def holds(self, counted: int) -> bool:
        """Whether the cents counted keep to it."""
        return (self.low or 0) <= counted and (self.high is None or counted <= self.high)


@dataclass(frozen=True)
class Problem:
    """Lines that may be funded, in rank order; every other figure in cents. ``bounds`` hold beside the money itself."""

    lines: Sequence[Line]
    available: int
    settings: "Settings"
    bounds: Sequence[Bound] = ()
    forced: frozenset[int] = frozenset()
    """Places of the lines that are served first and in full."""
    needs: Mapping[int, Sequence[int]] = field(default_factory=dict)
    """Place → places without which it is not funded."""
    partial: bool = False
    """Whether a grant may be less than the aid."""
    watch: Watch | None = None
    """Who waits for the answer."""

    @property
    def free(self) -> bool:
        """Whether money alone decides: no bound, nothing forced, nothing that goes together, no grant in part."""
        return not (self.bounds or self.forced or self.needs or self.partial)

    @property
    def smallest(self) -> int:
        """Cents under which a grant makes no sense; at least one."""
        return max(1, cents(self.settings.plancher))

    @cached_property
    def limits(self) -> Sequence[int]:
        """The most that each line may receive."""
        return [line.limit for line in self.lines]

    @cached_property
    def floors(self) -> Sequence[int]:
        """Indexes of the bounds that are floors."""
        return [i for i, bound in enumerate(self.bounds) if bound.low]

    @cached_property
    def bounds_of(self) -> Sequence[Sequence[int]]:
        """Per place the indexes of the bounds that count it."""
        found: list[list[int]] = [[] for _ in self.lines]
        for index, bound in enumerate(self.bounds):
            for place in bound.counted:
                found[place].append(index)
        return found

    def together(self, place: int) -> set[int]:
        """The line and all that it cannot be funded without."""
        found, waiting = {place}, [place]
        while waiting:
            for other in self.needs.get(waiting.pop(), ()):
                if other not in found:
                    found.add(other)
                    waiting.append(other)
        return found


def bounds(lines: Sequence[Line], constraints: Sequence[Constraint], enveloppe: Decimal) -> list[Bound]:
    """The constraints on these lines. A ceiling that counts no line says nothing; a floor that counts none cannot hold."""
    if not constraints:
        return []  # and no going through 10,000 lines at each move of a slider
    counted = _counted(lines, {constraint.champ for constraint in constraints})
    found = []
    for constraint in constraints:
        found_codes = codes(lines, constraint.champ) if constraint.valeur == EACH else [constraint.valeur]
        for code in found_codes:
            own = counted.get((constraint.champ, code), {})
            found += _bound(lines, constraint, code, own, cents(constraint.bound(enveloppe)))
    return found


def codes(lines: Sequence[Line], champ: str) -> list[str]:
    """The codes that lines bear under a champ, sorted."""
    simple = {line.groups[champ] for line in lines if champ in line.groups}
    return sorted(simple | {code for line in lines for (own, code) in line.shares if own == champ})


def _counted(lines: Sequence[Line], champs: Collection[str]) -> dict[tuple[str, str], dict[int, int]]:
    """(champ, code) → place of each line that counts there → cents, looked up once whatever the number of constraints."""
    found: dict[tuple[str, str], dict[int, int]] = {}
    for champ in champs:
        for place, line in enumerate(lines):
            code = line.groups.get(champ)
            if code is not None and line.limit:
                found.setdefault((champ, code), {})[place] = line.limit
    for place, line in enumerate(lines):
        for group, share in line.shares.items():
            if share:
                found.setdefault(group, {}).setdefault(place, share)
    return found


def _bound(
    lines: Sequence[Line], constraint: Constraint, code: str, counted: Mapping[int, int], amount: int
) -> list[Bound]:
    words = constraint.words(_name(lines, counted, constraint.champ, code))
    if constraint.sens == "min":
        return [Bound(words, counted, low=amount)] if amount else []
    return [Bound(words, counted, high=amount)] if sum(counted.values()) > amount else []


def _name(lines: Sequence[Line], counted: Mapping[int, int], champ: str, code: str) -> str:
    """An establishment by its name: its number says nothing to a committee."""
    return lines[min(counted)].etablissement or code if champ == "etablissement" and counted else code


def needs(lines: Sequence[Line], settings: "Settings") -> dict[int, list[int]]:
    """What goes together: by ``ordre_des_rangs`` a line needs those that its establishment ranks better, by
    ``dossier_entier`` all the others of its dossier. Only lines that may be funded count, and only where a rank is known.
    """
    if not (settings.ordre_des_rangs or settings.dossier_entier):
        return {}
    by_dossier: dict[str, list[int]] = {}
    for place, line in enumerate(lines):
        by_dossier.setdefault(line.numero, []).append(place)
    found: dict[int, list[int]] = {}
    for places in by_dossier.values():
        for place in places:
            others = [o for o in places if o != place and (settings.dossier_entier or _better(lines[o], lines[place]))]
            if others:
                found[place] = others
    return found


def _better(one: Line, other: Line) -> bool:
    return one.rang is not None and other.rang is not None and one.rang < other.rang

"""From what one scenario grants to what another does: who came in, who went out, whose amount changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from clact_model.comparison.rows import NOTHING, Row, compare
from clact_model.comparison.sides import Side


@dataclass(frozen=True, slots=True)
class Step:
    """One part of the difference, in EUR, negative when it takes away; and how many requests it is made of."""

    montant: Decimal
    demandes: int


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The difference between two totals, in parts that add up to it to the cent."""

    de: str
    vers: str
    depart: Decimal
    entrants: Step
    sortants: Step
    hausses: Step
    baisses: Step
    arrivee: Decimal

    @property
    def steps(self) -> dict[str, Step]:
        """The parts under their French names, in the order in which they are read."""
        return {
            "Entrants": self.entrants,
            "Sortants": self.sortants,
            "Montants en hausse": self.hausses,
            "Montants en baisse": self.baisses,
        }


def waterfall(first: Side, second: Side) -> Waterfall:
    """From ``first`` to ``second``. AssertionError when the parts do not add up: a fault of ours."""
    rows = compare([first, second]).rows
    both = [row for row in rows if row.changes_amount]
    found = Waterfall(
        de=first.nom,
        vers=second.nom,
        depart=first.result.granted,
        entrants=_step(row for row in rows if row.comes_in),
        sortants=_step(row for row in rows if row.goes_out),
        hausses=_step(row for row in both if row.granted[1] > row.granted[0]),
        baisses=_step(row for row in both if row.granted[1] < row.granted[0]),
        arrivee=second.result.granted,
    )
    parts = sum((step.montant for step in found.steps.values()), found.depart)
    assert parts == found.arrivee, f"the parts add up to {parts}, not to {found.arrivee}"
    return found


def _step(rows: Iterable[Row]) -> Step:
    differences = [row.granted[1] - row.granted[0] for row in rows]
    return Step(sum(differences, NOTHING), len(differences))

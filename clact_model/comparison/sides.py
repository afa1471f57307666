"""One scenario as it is set beside others: each request with what it receives there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from clact_model import formats
from clact_model.allocation import Key, Outcome, Result, Statut
from clact_model.allocation.money import amount
from clact_model.scenario import Facts, Scenario

BEST_FIRST: tuple[Statut, ...] = ("finance", "partiel", "liste_attente", "en_attente_instruction", "refuse")


@dataclass(frozen=True)
class Side:
    """One column of a comparison."""

    nom: str
    result: Result
    facts: Mapping[str, Facts] = field(default_factory=dict)
    """Number → what the dossier was; what is not there is unknown."""

    @classmethod
    def of(cls, saved: Scenario) -> "Side":
        """A saved scenario."""
        return cls(saved.nom, saved.result, saved.facts)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one request is in one scenario. Amounts in EUR."""

    granted: Decimal
    statut: Statut
    position: int | None
    """Place in the ranking; None when not ranked, or for a dossier of a scenario by action, whose lines have each theirs."""
    raison: str

    @property
    def funded(self) -> bool:
        return self.granted > 0


def by_line(sides: Iterable[Side]) -> bool:
    """Whether all the sides share out by action: else they are compared by dossier."""
    return all(side.result.settings.unite == "action" for side in sides)


def cells(side: Side, lines: bool) -> dict[Key, Cell]:
    """Key → cell: by line, or by dossier whatever the unit of the scenario."""
    if lines or side.result.settings.unite == "dossier":
        return {outcome.line.key: _own(outcome) for outcome in side.result.lines}
    grouped: dict[Key, list[Outcome]] = {}
    for outcome in side.result.lines:
        grouped.setdefault((outcome.line.numero, None), []).append(outcome)
    return {key: _of_lines(outcomes) for key, outcomes in grouped.items()}


def names(sides: Iterable[Side]) -> dict[str, str]:
    """Number → establishment, as the first scenario that names it says."""
    found: dict[str, str] = {}
    for side in sides:
        for outcome in side.result.lines:
            if not found.get(outcome.line.numero):
                found[outcome.line.numero] = outcome.line.etablissement
    return found


def _own(outcome: Outcome) -> Cell:
    return Cell(outcome.granted, outcome.statut, outcome.line.position, outcome.reason)


def _of_lines(outcomes: Sequence[Outcome]) -> Cell:
    """A dossier whose lines were shared out each for itself: funded in part as soon as one of them is not."""
    if len(outcomes) == 1:
        return Cell(outcomes[0].granted, outcomes[0].statut, None, outcomes[0].reason)
    granted = sum(outcome.grant.granted for outcome in outcomes)
    statuts = {outcome.statut for outcome in outcomes}
    statut: Statut = min(statuts, key=BEST_FIRST.index)
    if granted and statuts != {"finance"}:
        statut = "partiel"
    funded = formats.plural(sum(outcome.funded for outcome in outcomes), "ligne financée", "lignes financées")
    return Cell(amount(granted), statut, None, f"{funded} sur {len(outcomes)}.")

"""Whom a change touches: verdicts turned, aid and grants up or down."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from clact_model.allocation import Key, Line, Outcome, Statut
from clact_model.allocation.summary import possible_for
from clact_model.whatif.looking import Look


@dataclass(frozen=True, slots=True)
class Side:
    """One line on one side of a change. Amounts in EUR.

    ``aide``: the most that it may receive, whatever its verdict; None when unknown. ``verdict``: in the simulation by
    line, that of the dossier where it is what stands in the way.
    """

    verdict: str
    aide: Decimal | None
    accorde: Decimal
    statut: Statut
    raison: str


@dataclass(frozen=True, slots=True)
class Moved:
    """One line that a change touches. ``ligne``: None by dossier."""

    numero: str
    ligne: int | None
    etablissement: str
    demande: Decimal
    avant: Side
    apres: Side

    @property
    def ecart(self) -> Decimal:
        """Grant after less grant before."""
        return self.apres.accorde - self.avant.accorde

    @property
    def entre(self) -> bool:
        """Funded now, and not before."""
        return self.apres.accorde > 0 and self.avant.accorde == 0

    @property
    def sort(self) -> bool:
        """Funded no longer."""
        return self.apres.accorde == 0 and self.avant.accorde > 0


def moved(before: Look, after: Look) -> list[Moved]:
    """The lines whose verdict, aid, grant or status differs, those that gain most first, those that lose most last."""
    return sorted(_moved(before, after), key=lambda line: (-line.ecart, line.numero, line.ligne or 0))


def _moved(before: Look, after: Look) -> Iterator[Moved]:
    for key, outcome in after.outcomes.items():
        former = before.outcomes[key]
        if _facts(before, key, former) != _facts(after, key, outcome):
            line = outcome.line
            yield Moved(
                line.numero,
                line.ligne,
                line.etablissement,
                line.requested,
                _side(before, key, former),
                _side(after, key, outcome),
            )


def _facts(look: Look, key: Key, outcome: Outcome) -> tuple[object, ...]:
    return look.verdicts[key], _aid(outcome.line), outcome.grant.granted, outcome.statut


def _side(look: Look, key: Key, outcome: Outcome) -> Side:
    # The sentence is made here, for what moved only: it takes longer than the allocation.
    return Side(look.verdicts[key], _aid(outcome.line), outcome.granted, outcome.statut, outcome.reason)


def _aid(line: Line) -> Decimal | None:
    return None if line.ceiling is None else possible_for(line)

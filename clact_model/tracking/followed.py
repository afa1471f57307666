"""One account and the days of its actions: what the obligations of a dossier are read from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from clact_model import ledger
from clact_model.ledger import Movement, Nature
from clact_model.tracking.cancelled import by_action
from clact_model.tracking.situation import Situation


@dataclass(frozen=True, slots=True)
class ActionDays:
    """An action of a dossier and its days where they are known."""

    ligne: int
    intitule: str | None = None
    date_debut: date | None = None
    date_fin: date | None = None


@dataclass(frozen=True)
class Followed:
    """An account as of a day, with the actions of its dossier."""

    situation: Situation
    actions: Mapping[int, ActionDays]
    jour: date

    @cached_property
    def standing(self) -> Sequence[Movement]:
        """Its lines that nothing reverses."""
        return ledger.standing(self.situation.mouvements)

    def of(self, nature: Nature) -> list[Movement]:
        return [m for m in self.standing if m.nature == nature]

    @cached_property
    def running(self) -> Sequence[ActionDays]:
        """The actions aided and not cancelled: those of the convention, else of the decision, else all of the dossier's."""
        cancelled = {m.ligne for m in self.of("annulation")}
        if None in cancelled:
            return []
        granted = by_action(self.standing)
        lines = (
            sorted(self.actions) if None in granted or not granted else [line for line in granted if line is not None]
        )
        return [self.actions.get(line, ActionDays(line)) for line in lines if line not in cancelled]

    @property
    def signed_on(self) -> date | None:
        return self.situation.convention.signe_le if self.situation.convention else None

    def carried_over(self, ligne: int | None = None) -> list[date]:
        """The last days for consuming that were granted one after the other; of an action, those of the whole dossier too."""
        reports = [m for m in self.of("report") if m.tranche is None and m.echeance is not None]
        return [m.echeance for m in reports if m.echeance and (ligne is None or m.ligne in (None, ligne))]

    @cached_property
    def end(self) -> date | None:
        """The last day of the actions, later when it was carried over; None as long as one of them is not known."""
        ends = [action.date_fin for action in self.running]
        if not ends or None in ends:
            return None
        return max([*(end for end in ends if end is not None), *self.carried_over()])

    @cached_property
    def settled_on(self) -> date | None:
        """The day since which nothing is left to be consumed; None when something is."""
        balance = self.situation.balance
        if not balance.accorde or balance.reste:
            return None
        since = None
        for day in sorted({m.jour for m in self.situation.mouvements}):
            left = ledger.of_lines(self.situation.mouvements, day).reste
            since = None if left else since or day
        return since

    def report_received(self, reference: str) -> date | None:
        """The day on which the report of that year, or the final one, was received."""
        return next((m.jour for m in self.of("bilan") if m.reference == reference), None)

"""One line in one simulation, and the same simulation run again with one thing changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from clact_model.allocation import Key, Line, Outcome, Result, Settings, SettingsError, UnknownKeyError, run
from clact_model.allocation.lines import in_rank_order
from clact_model.allocation.money import amount, cents
from clact_model.allocation.settings import label
from clact_model.explanation.places import Ladder, Places, ladder

BY_RANK = frozenset({"classement", "classement_continu", "dernier_reduit"})
"""Strategies in which scores count only by the places that they give."""


@dataclass(frozen=True)
class Trial:
    """The line ``key`` among these lines under these settings. Raises what :func:`clact_model.allocation.run` raises."""

    lines: Sequence[Line]
    settings: Settings
    key: Key
    places: Places

    @cached_property
    def line(self) -> Line:
        """Raises UnknownKeyError."""
        for line in self.lines:
            if line.key == self.key:
                return line
        raise UnknownKeyError(f"Aucune demande de cette simulation ne porte le numéro {label(self.key)}.")

    @cached_property
    def now(self) -> Result:
        """The simulation as it is."""
        return run(self.lines, self.settings)

    @cached_property
    def ladder(self) -> Ladder | None:
        return ladder(self.lines, self.line, self.places)

    @cached_property
    def concerned(self) -> Sequence[Line]:
        """The lines that may weigh on another's grant: what may not be funded changes nothing, and halves each run."""
        named = self.settings.forced_in | self.settings.forced_out
        return [line for line in self.lines if line.fundable or line.key == self.key or line.named_by(named)]

    @cached_property
    def rivals(self) -> Sequence[Line]:
        """What may be funded and comes to its turn, this line with the others, in rank order."""
        free = [
            line
            for line in self.lines
            if line.fundable
            and line.limit
            and not line.named_by(self.settings.forced_out)
            and not line.named_by(self.settings.forced_in)
        ]
        return in_rank_order(free)

    @cached_property
    def set_aside(self) -> int:
        """Cents of the envelope that never come to the ranking: the reserve, and what is forced in."""
        forced = (
            line.limit
            for line in self.lines
            if line.fundable and line.named_by(self.settings.forced_in) and not line.named_by(self.settings.forced_out)
        )
        return cents(self.settings.reserve) + sum(forced)

    @property
    def each_on_its_own(self) -> bool:
        """Whether no line is there for another: no floor to reach, nothing that goes together."""
        floors = any(constraint.sens == "min" for constraint in self.settings.contraintes)
        return not (floors or self.settings.ordre_des_rangs or self.settings.dossier_entier)

    @property
    def one_after_the_other(self) -> bool:
        """Whether each line in its turn takes its part, whatever comes after it: a better place never puts it out."""
        return self.settings.strategie in BY_RANK and self.each_on_its_own

    @property
    def money_alone(self) -> bool:
        """Whether nothing but the ranking and what is left decides."""
        settings = self.settings
        return self.one_after_the_other and not (settings.contraintes or settings.plancher or settings.partiel)

    @property
    def behind_a_priority(self) -> bool:
        """Whether the ranking decides, and it lies outside the priority field while others lie inside: no score passes
        those."""
        own = self.places.get(self.key)
        by_rank = self.settings.strategie in BY_RANK
        return by_rank and own is not None and not own.prioritaire and any(s.prioritaire for s in self.places.values())

    def outcome(self, result: Result | None) -> Outcome | None:
        """What the line receives in a result."""
        return None if result is None else next(o for o in result.lines if o.line.key == self.key)

    def funded(self, result: Result | None) -> bool:
        """Whether the line receives something; no when the settings could not hold."""
        outcome = self.outcome(result)
        return outcome is not None and outcome.funded

    def with_envelope(self, enveloppe: int) -> Result | None:
        """With another envelope, in cents; None when the settings cannot hold with it."""
        try:
            return run(self.concerned, replace(self.settings, enveloppe=amount(enveloppe)))
        except SettingsError:
            return None

    def with_request(self, asked: int) -> Result | None:
        """As if it asked for that, in cents, for each part in proportion; None when the settings cannot hold then."""
        line = self.line
        shares = {group: share * min(asked, line.limit) // line.limit for group, share in line.shares.items()}
        return self._with(replace(line, requested=amount(asked), shares=shares))

    def with_score(self, score: Decimal) -> Result | None:
        """As if it had that score, and the place that it gives; None when it has no score now, or nothing holds then."""
        return None if self.ladder is None else self._moved(self.ladder, score)

    def if_admitted(self) -> Result | None:
        """Had its instruction ended well: fundable, in the place that its score gives."""
        admitted = replace(self.line, standing="finançable", cause="")
        if self.ladder is None:
            return self._with(admitted)
        return self._moved(replace(self.ladder, line=admitted), admitted.score or Decimal(0))

    def without_decision(self) -> Result | None:
        """Had nobody put it out."""
        kept = frozenset(key for key in self.settings.forced_out if not self.line.named_by({key}))
        try:
            return run(self.concerned, replace(self.settings, forced_out=kept))
        except SettingsError:
            return None

    def _moved(self, ladder: Ladder, score: Decimal) -> Result | None:
        keys = {line.key for line in self.concerned}
        unplaced = [line for line in self.concerned if line.position is None and line.key != self.key]
        return self._run([*(line for line in ladder.moved(score) if line.key in keys), *unplaced])

    def _with(self, changed: Line) -> Result | None:
        return self._run([changed if line.key == self.key else line for line in self.concerned])

    def _run(self, lines: Sequence[Line]) -> Result | None:
        try:
            return run(lines, self.settings)
        except SettingsError:
            return None

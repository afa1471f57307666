"""Changes made one after the other: what each of them does, and what they do together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from clact_model.allocation import SettingsError
from clact_model.whatif.changes import Change, State
from clact_model.whatif.looking import Look
from clact_model.whatif.moving import Moved, moved

Looker = Callable[[State], Look]
"""What a state gives, computed or remembered."""


@dataclass(frozen=True)
class Step:
    """One change, made after those before it."""

    change: Change
    phrase: str
    state: State
    """What it leaves."""
    before: Look
    after: Look

    @cached_property
    def moved(self) -> Sequence[Moved]:
        """The lines that this one change touches."""
        return moved(self.before, self.after)

    @property
    def effect(self) -> "Effect":
        """What it adds to each total, or takes away."""
        return effect(self.before, self.after)


@dataclass(frozen=True)
class Effect:
    """Totals after less totals before. Amounts in EUR; ``agents``: None when either is unknown."""

    recevables: int
    aide_possible: Decimal
    enveloppe: Decimal
    accorde: Decimal
    reste: Decimal
    finances: int
    agents: int | None


@dataclass(frozen=True)
class Followed:
    """All the changes in the order made. ``before``: the state they start from; ``state``: the one they end in."""

    before: Look
    steps: Sequence[Step]
    state: State

    @property
    def after(self) -> Look:
        """All of them together: where the last step ends."""
        return self.steps[-1].after if self.steps else self.before

    @cached_property
    def moved(self) -> Sequence[Moved]:
        """The lines that all of them together touch; a line that one step moves and the next brings back is not there."""
        return moved(self.before, self.after)

    @property
    def effect(self) -> Effect:
        """What all of them together do to each total."""
        return effect(self.before, self.after)


def follow(start: State, changes: Sequence[Change], look: Looker) -> Followed:
    """Make the changes in that order and look after each one.

    Raises UsageError for a change that the programme does not admit, SettingsError, which names the change, when the
    settings can no longer be followed after it.
    """
    before = found = look(start)
    state, steps = start, []
    for change in changes:
        changed = change.applied(state)
        phrase = change.phrase(state)
        former = found
        try:
            found = look(changed)
        except SettingsError as error:
            raise SettingsError(f"Après « {phrase} » : {error}") from error
        steps.append(Step(change, phrase, changed, former, found))
        state = changed
    return Followed(before, steps, state)


def effect(before: Look, after: Look) -> Effect:
    """Totals after less totals before."""
    old, new = before.totals, after.totals
    return Effect(
        new.recevables - old.recevables,
        new.aide_possible - old.aide_possible,
        new.enveloppe - old.enveloppe,
        new.accorde - old.accorde,
        new.reste - old.reste,
        new.finances - old.finances,
        None if new.agents is None or old.agents is None else new.agents - old.agents,
    )

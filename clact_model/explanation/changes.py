"""The smallest change of each kind that funds a line: points of score, euros less, envelope more.

Each is found by running the allocation again, and run once more at the end: what is given here does fund the line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from clact_model.allocation import Outcome, Result
from clact_model.allocation.money import amount, cents
from clact_model.explanation import spans
from clact_model.explanation.places import HIGHEST, PLACE_OF_SCORE
from clact_model.explanation.search import Found, smallest
from clact_model.explanation.trial import BY_RANK, Trial

Kind = Literal["points", "euros_en_moins", "enveloppe_en_plus"]


@dataclass(frozen=True)
class Change:
    """One change that funds the line, verified."""

    kind: Kind
    by: Decimal
    """Points with four decimals, or EUR."""
    outcome: Outcome
    """What the line then receives."""
    out: Sequence[Outcome]
    """The lines funded before, as they were, that the change puts out."""
    smallest: bool
    """Whether it is known that nothing smaller does. Otherwise: the smallest of those tried."""


def points(trial: Trial) -> Change | None:
    """The fewest points to add to its score. None when no score up to 100 funds it where it stands."""
    if trial.ladder is None or trial.line.position is None or trial.line.score is None:
        return None
    own = trial.line.score
    scores: Sequence[Decimal] = _Steps(own)
    if trial.settings.strategie in BY_RANK:
        scores = trial.ladder.scores()

    def works(change: int) -> bool:
        return trial.funded(trial.with_score(scores[change - 1]))

    found = smallest(len(scores), works, _better_never_hurts(trial))
    if found is None:
        return None
    score = scores[found.change - 1]
    return _verified(trial, "points", score - own, trial.with_score(score), found)


class _Steps(Sequence[Decimal]):
    """Every score above one, up to the highest."""

    def __init__(self, start: Decimal) -> None:
        self._start = start

    def __len__(self) -> int:
        return int((HIGHEST - self._start) / PLACE_OF_SCORE)

    def __getitem__(self, place: int) -> Decimal:  # type: ignore[override]
        return self._start + PLACE_OF_SCORE * (place + 1)


def euros_less(trial: Trial) -> Change | None:
    """The smallest reduction of what it asks for. None when no smaller request is funded."""
    asked, aid = cents(trial.line.requested), trial.line.limit

    def works(change: int) -> bool:
        return trial.funded(trial.with_request(aid - change))

    # Down to the aid nothing changes: it never receives more than that.
    least = max(1, cents(trial.settings.plancher))
    left = getattr(outcome.grant, "left", 0) if (outcome := trial.outcome(trial.now)) else 0
    # Whoever is funded is so for less: under the optimum too, the same plan then costs less and is worth as much.
    rising = trial.each_on_its_own and trial.settings.strategie in (*BY_RANK, "optimum")
    found = smallest(aid - least, works, rising, likely=aid - left)
    if found is None:
        return None
    request = aid - found.change
    return _verified(trial, "euros_en_moins", amount(asked - request), trial.with_request(request), found)


def envelope_more(trial: Trial) -> Change | None:
    """The smallest increase of the envelope. None when none works up to :func:`largest_envelope`."""
    start = cents(trial.settings.enveloppe)
    if (known := _spans(trial)) is not None:
        low = next((low for low, _ in known if low > start - trial.set_aside), None)
        found = None if low is None else Found(low - start + trial.set_aside, True)
    else:
        most = cents(largest_envelope(trial)) - start
        found = smallest(most, lambda more: trial.funded(trial.with_envelope(start + more)), _more_never_hurts(trial))
    if found is None:
        return None
    result = trial.with_envelope(start + found.change)
    return _verified(trial, "enveloppe_en_plus", amount(found.change), result, found)


def largest_envelope(trial: Trial) -> Decimal:
    """Where the search ends: twice the envelope, or what all the lines may receive where that is more."""
    everything = trial.set_aside + sum(line.limit for line in trial.rivals)
    return amount(max(2 * cents(trial.settings.enveloppe), everything))


def margin(trial: Trial) -> Found:
    """By how many cents the envelope may fall with the line still funded, at every step of the way."""
    start = cents(trial.settings.enveloppe)
    if (known := _spans(trial)) is not None:
        available = start - trial.set_aside
        return Found(next(available - low for low, high in known if low <= available < high), True)
    found = smallest(start, lambda less: not trial.funded(trial.with_envelope(start - less)), _more_never_hurts(trial))
    return Found(start, True) if found is None else Found(found.change - 1, found.smallest)


def _better_never_hurts(trial: Trial) -> bool:
    """Whether a higher score never puts the line out. Under the optimum every plan that holds the line gains by it."""
    settings = trial.settings
    if settings.strategie == "module":
        return not (settings.contraintes or settings.plancher)
    return trial.one_after_the_other or settings.strategie == "optimum"


def _more_never_hurts(trial: Trial) -> bool:
    """Whether a larger envelope never puts the line out."""
    forced_in = trial.line.named_by(trial.settings.forced_in)
    return trial.money_alone and (trial.settings.strategie != "classement_continu" or forced_in)


def _spans(trial: Trial) -> list[spans.Span] | None:
    """The amounts that fund the line, where they can be known without trying."""
    if not trial.money_alone or trial.settings.strategie != "classement_continu":
        return None
    keys = [line.key for line in trial.rivals]
    if trial.key not in keys:
        return None
    before = [line.limit for line in trial.rivals[: keys.index(trial.key)]]
    return spans.funding(before, trial.line.limit, cents(largest_envelope(trial)))


def _verified(trial: Trial, kind: Kind, by: Decimal, result: Result | None, found: Found) -> Change:
    """The change with what it gives and whom it puts out, read in its own run."""
    outcome = trial.outcome(result)
    assert result is not None and outcome is not None and outcome.funded, f"{kind} of {by} does not fund {trial.key}"
    still = {other.line.key for other in result.funded}
    out = [other for other in trial.now.funded if other.line.key not in still]
    # A solver stopped before its proof has shown a plan that funds the line, not that nothing smaller does.
    return Change(kind, by, outcome, out, found.smallest and result.proven is not False)

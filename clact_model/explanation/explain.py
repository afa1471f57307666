"""Why one request receives what it receives, and the smallest changes that would fund it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from clact_model.allocation import Outcome
from clact_model.allocation.reasons import Why
from clact_model.explanation import changes, words
from clact_model.explanation.changes import Change, Kind
from clact_model.explanation.search import Found
from clact_model.explanation.trial import Trial
from clact_model.scoring import Ranked

NO_CHANGES: Mapping[Kind, Change | None] = {"points": None, "euros_en_moins": None, "enveloppe_en_plus": None}


@dataclass(frozen=True)
class Explanation:
    """One request in one simulation, explained."""

    outcome: Outcome
    texte: str
    """French sentences, fit for a letter to the establishment."""
    changes: Mapping[Kind, Change | None] = field(default_factory=lambda: NO_CHANGES)
    """Kind → the smallest change that funds it, each verified by running it; None where none does, or none applies."""
    margin: Found | None = None
    """Of a funded request: by how many cents the envelope may fall."""

    @property
    def competes(self) -> bool:
        """Whether money may go to it and does not: only then do changes apply."""
        return self.outcome.statut == "liste_attente"


@dataclass(frozen=True, slots=True)
class Missing:
    """Data that a dossier lacks, and what it would bring at best."""

    critere: str
    points: Decimal
    """Added to the score if the data were all to the good."""
    suffit: bool
    """Whether these points alone would have the request funded: verified by running it."""


def explain(trial: Trial) -> Explanation:
    """What decided, with its figures. Raises UnknownKeyError, and what the allocation raises."""
    outcome = trial.outcome(trial.now)
    assert outcome is not None
    if outcome.funded:
        margin = changes.margin(trial)
        return Explanation(outcome, words.granted(trial, outcome, margin), margin=margin)
    if outcome.statut == "liste_attente":
        found: dict[Kind, Change | None] = {
            "points": changes.points(trial),
            "euros_en_moins": changes.euros_less(trial),
            "enveloppe_en_plus": changes.envelope_more(trial),
        }
        return Explanation(outcome, words.waiting_list(trial, outcome, found), found)
    return Explanation(outcome, _without_money(trial, outcome))


def _without_money(trial: Trial, outcome: Outcome) -> str:
    if outcome.statut == "en_attente_instruction":
        return words.under_instruction(outcome, _favourable(trial))
    if getattr(outcome.grant, "why", None) is Why.FORCED_OUT:
        return words.put_out(outcome, trial.outcome(trial.without_decision()))
    return words.refused(outcome)


def _favourable(trial: Trial) -> Outcome | None:
    """What it would receive now with its instruction over; None when its aid is unknown."""
    if trial.line.standing != "en_attente" or trial.line.ceiling is None:
        return None
    return trial.outcome(trial.if_admitted())


def missing(trial: Trial, ranked: Ranked | None) -> Sequence[Missing]:
    """The data that a dossier lacks, what each would give at best, and whether that would be enough.

    ``ranked``: the dossier in its ranking; None when it has no place. Empty by action: the ranking keeps the bounds of
    dossiers only.
    """
    if ranked is None or trial.settings.unite != "dossier":
        return []
    lacking = {name: given.possible - ranked.score for name, given in ranked.contributions.items() if given.missing}
    own = trial.line.score or Decimal(0)
    return [
        Missing(name, points, bool(points) and trial.funded(trial.with_score(own + points)))
        for name, points in lacking.items()
    ]

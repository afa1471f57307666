"""Envelope + ranks → who gets how much: one function a strategy, all with the same face."""

from clact_model.allocation.conflict import ConflictError
from clact_model.allocation.constraints import CHAMPS, EACH, Constraint, ConstraintError
from clact_model.allocation.lines import Key, Line, Standing, Unit, UnknownKeyError, find_key
from clact_model.allocation.reasons import Grant, KeptGrant, Outcome, Statut, Why
from clact_model.allocation.result import Result
from clact_model.allocation.run import EnvelopeTooSmallError, relaxed_score, run
from clact_model.allocation.settings import OBJECTIVES, Settings, SettingsError, Supplement
from clact_model.allocation.strategies import STRATEGIES, Strategy
from clact_model.allocation.watch import StoppedError, Watch

__all__ = [
    "CHAMPS",
    "EACH",
    "OBJECTIVES",
    "STRATEGIES",
    "ConflictError",
    "Constraint",
    "ConstraintError",
    "EnvelopeTooSmallError",
    "Grant",
    "KeptGrant",
    "Key",
    "Line",
    "Outcome",
    "Result",
    "Settings",
    "SettingsError",
    "Standing",
    "Statut",
    "StoppedError",
    "Strategy",
    "Supplement",
    "Unit",
    "UnknownKeyError",
    "Watch",
    "Why",
    "find_key",
    "relaxed_score",
    "run",
]

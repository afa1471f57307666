"""The demonstration: invented dossiers of each call, before and after the decisions, and the days on which it plays."""

from clact_model.demo.filling import ensure, ensure_decided, ensure_followed, ensure_received, fill
from clact_model.demo.history import HISTORY, with_history
from clact_model.demo.moments import (
    DAYS,
    Committee,
    base_on,
    committee,
    envelope,
    followed_day,
    is_demo,
    judged_day,
    moments,
)

__all__ = [
    "DAYS",
    "HISTORY",
    "Committee",
    "base_on",
    "committee",
    "ensure",
    "ensure_decided",
    "ensure_followed",
    "ensure_received",
    "envelope",
    "fill",
    "followed_day",
    "is_demo",
    "judged_day",
    "moments",
    "with_history",
]

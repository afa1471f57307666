"""The demonstration: invented dossiers of each call, before and after the decisions, and the days on which it plays."""

from clact_model.demo.filling import ensure, ensure_followed, fill
from clact_model.demo.history import with_history
from clact_model.demo.moments import DAYS, base_on, committee_day, envelope, is_demo, judged_day, moments

__all__ = [
    "DAYS",
    "base_on",
    "committee_day",
    "ensure",
    "ensure_followed",
    "envelope",
    "fill",
    "is_demo",
    "judged_day",
    "moments",
    "with_history",
]

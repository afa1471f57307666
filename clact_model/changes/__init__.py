"""What changed since a moment, and why."""

from clact_model.changes.arrivals import Arrival
from clact_model.changes.causes import Cause
from clact_model.changes.since import Came, Since, Turn, Went, since

__all__ = ["Arrival", "Came", "Cause", "Since", "Turn", "Went", "since"]

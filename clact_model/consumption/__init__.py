"""Consumption against time: curves, the forecast at the deadline, who is late or at risk, what is to be recovered."""

from clact_model.consumption.alerts import MEANINGS, SIGNALS, Reason, Signal, Watched
from clact_model.consumption.forecast import FEWEST, Forecast, Spread, forecast
from clact_model.consumption.groups import CHAMPS, Champ
from clact_model.consumption.pace import PROOFS, Pace
from clact_model.consumption.reading import Consumption, read
from clact_model.consumption.recovery import Proposal, proposals, unanswered
from clact_model.consumption.steps import MEASURES, Measure, Point, Step, curve, latest, steps

__all__ = [
    "CHAMPS",
    "FEWEST",
    "MEANINGS",
    "MEASURES",
    "PROOFS",
    "SIGNALS",
    "Champ",
    "Consumption",
    "Forecast",
    "Measure",
    "Pace",
    "Point",
    "Proposal",
    "Reason",
    "Signal",
    "Spread",
    "Step",
    "Watched",
    "curve",
    "forecast",
    "latest",
    "proposals",
    "read",
    "steps",
    "unanswered",
]

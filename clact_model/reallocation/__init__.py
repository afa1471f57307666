"""Money freed or recovered, given again to the waiting list; over-programming and its risk."""

from clact_model.reallocation.adopting import Reallocation, adopt, give_back, preview
from clact_model.reallocation.money import MOST, NONE, Money, OverProgrammingError, money, read_over
from clact_model.reallocation.offering import Offer, offer
from clact_model.reallocation.risk import Forecast, Risk, outlook, risk

__all__ = [
    "MOST",
    "NONE",
    "Forecast",
    "Money",
    "Offer",
    "OverProgrammingError",
    "Reallocation",
    "Risk",
    "adopt",
    "give_back",
    "money",
    "offer",
    "outlook",
    "preview",
    "read_over",
    "risk",
]

"""Dossiers that may be one and the same: found in pairs with the reason, settled by a person, remembered."""

from clact_model.duplicates.finding import Pair, Settled, pairs
from clact_model.duplicates.settling import put_back, reopen, set_aside, settle_distinct, settle_double

__all__ = [
    "Pair",
    "Settled",
    "pairs",
    "put_back",
    "reopen",
    "set_aside",
    "settle_distinct",
    "settle_double",
]

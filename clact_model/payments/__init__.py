"""An extract of payments: each row with the grants that it may belong to, and why; written once a person confirms."""

from clact_model.payments.accounts import Payable, payables
from clact_model.payments.matching import STATUTS, SURE, Candidate, Proposal, Statut, match
from clact_model.payments.recording import OPERATION, Choice, Extract, preview, record
from clact_model.payments.rows import Payment

__all__ = [
    "OPERATION",
    "STATUTS",
    "SURE",
    "Candidate",
    "Choice",
    "Extract",
    "Payable",
    "Payment",
    "Proposal",
    "Statut",
    "match",
    "payables",
    "preview",
    "record",
]

"""States of expenses that establishments send back: checked beside the ledger, and taken in line by line."""

from clact_model.statements.doubles import Accepted, Etat
from clact_model.statements.expenses import Expense
from clact_model.statements.known import Account, Presented, accounts
from clact_model.statements.taking import OPERATION, Statement, preview, write
from clact_model.statements.undoing import Reversal, preview_undo, undo

__all__ = [
    "OPERATION",
    "Accepted",
    "Account",
    "Etat",
    "Expense",
    "Presented",
    "Reversal",
    "Statement",
    "accounts",
    "preview",
    "preview_undo",
    "undo",
    "write",
]

"""What follows a decision: conventions, payments, reports, expenses, recovery, each call's by its own file."""

from clact_model.tracking.correcting import Reverse, undo
from clact_model.tracking.ending import MODES, Cancel, CarryOver, Claim, Free, Recover, unconsumed
from clact_model.tracking.instalments import Instalment, instalments
from clact_model.tracking.paying import Pay
from clact_model.tracking.proving import FINAL, Admit, Present, ReceiveReport, Reject
from clact_model.tracking.recording import Act, record
from clact_model.tracking.schedule import ActionShare, Tranche, due_on_proof, planned
from clact_model.tracking.signing import FORMS, Form, Sign, Start

__all__ = [
    "FINAL",
    "FORMS",
    "MODES",
    "Act",
    "ActionShare",
    "Admit",
    "Cancel",
    "CarryOver",
    "Claim",
    "Form",
    "Free",
    "Instalment",
    "Pay",
    "Present",
    "ReceiveReport",
    "Recover",
    "Reject",
    "Reverse",
    "Sign",
    "Start",
    "Tranche",
    "due_on_proof",
    "instalments",
    "planned",
    "record",
    "unconsumed",
    "undo",
]

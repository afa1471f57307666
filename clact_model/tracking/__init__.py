"""What follows a decision: conventions, payments, reports, expenses, recovery, each call's by its own file."""

from clact_model.tracking.cancelling import Cancel
from clact_model.tracking.carrying_over import CarryOver
from clact_model.tracking.correcting import Reverse, undo
from clact_model.tracking.freeing import Free
from clact_model.tracking.instalments import Instalment, instalments
from clact_model.tracking.paying import Pay
from clact_model.tracking.proving import Admit, CreditNote, Present, Reject, paid_until
from clact_model.tracking.recording import Act, record
from clact_model.tracking.recovering import MODES, Claim, Recover, unconsumed
from clact_model.tracking.reporting import FINAL, ReceiveReport
from clact_model.tracking.schedule import ActionShare, Tranche, due_on_proof, planned
from clact_model.tracking.searching import matches, searchable
from clact_model.tracking.signing import FORMS, Form, Sign, Start
from clact_model.tracking.situation import Convention, Situation, situations, total
from clact_model.tracking.states import MEANINGS, STATES, Stage, State, stages, state, states

__all__ = [
    "FINAL",
    "FORMS",
    "MEANINGS",
    "MODES",
    "STATES",
    "Act",
    "ActionShare",
    "Admit",
    "Cancel",
    "CarryOver",
    "Claim",
    "Convention",
    "CreditNote",
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
    "Situation",
    "Stage",
    "Start",
    "State",
    "Tranche",
    "due_on_proof",
    "instalments",
    "matches",
    "paid_until",
    "planned",
    "record",
    "searchable",
    "situations",
    "stages",
    "state",
    "states",
    "total",
    "unconsumed",
    "undo",
]

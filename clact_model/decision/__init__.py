"""A scenario adopted → decisions: proposed, decided, notified; amended by hand with a reason; locked."""

from clact_model.decision.adopting import Adopted, Adoption, AdoptionQuestionError, adopt, preview_adoption
from clact_model.decision.advancing import confirm, notify, step_back
from clact_model.decision.amending import Amendment, Wish, amend, decide, preview_amendment
from clact_model.decision.history import FIELDS, OPERATIONS, Step, steps
from clact_model.decision.kept import ISSUES, STATUTS, Committee, Decision, Held, Issue, Statut, held, of_dossier
from clact_model.decision.lists import lists, words
from clact_model.decision.locking import lock, unlock
from clact_model.decision.possible import Possible, possible
from clact_model.decision.refusing import DecisionRefusedError, StaleSelectionError

__all__ = [
    "FIELDS",
    "ISSUES",
    "OPERATIONS",
    "STATUTS",
    "Adopted",
    "Adoption",
    "AdoptionQuestionError",
    "Amendment",
    "Committee",
    "Decision",
    "DecisionRefusedError",
    "Held",
    "Issue",
    "Possible",
    "StaleSelectionError",
    "Statut",
    "Step",
    "Wish",
    "adopt",
    "amend",
    "confirm",
    "decide",
    "held",
    "lists",
    "lock",
    "notify",
    "of_dossier",
    "possible",
    "preview_adoption",
    "preview_amendment",
    "step_back",
    "steps",
    "unlock",
    "words",
]

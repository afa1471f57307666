"""How sure the ranking is: many weights drawn around the chosen ones, and missing data bounded."""

from clact_model.robustness.law import Law
from clact_model.robustness.outlook import CLASSES, CORE, OUT, Classe, Missing, Outlook, Ranks, Robustness
from clact_model.robustness.study import Subject, run, subject

__all__ = [
    "CLASSES",
    "CORE",
    "OUT",
    "Classe",
    "Law",
    "Missing",
    "Outlook",
    "Ranks",
    "Robustness",
    "Subject",
    "run",
    "subject",
]

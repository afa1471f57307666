"""A call for projects as data: its file, checked, with its expressions as SQL."""

from clact_model.programme.expressions import Expression, LineFact
from clact_model.programme.loading import Catalogue, ProgrammeError, load, load_all, load_one
from clact_model.programme.programme import Programme
from clact_model.programme.schema import (
    ACTION_VERDICTS,
    DOSSIER_VERDICTS,
    EFFECTS,
    Criterion,
    Level,
    ParameterValue,
    Quote,
    Rule,
)

__all__ = [
    "ACTION_VERDICTS",
    "DOSSIER_VERDICTS",
    "EFFECTS",
    "Catalogue",
    "Criterion",
    "Expression",
    "Level",
    "LineFact",
    "ParameterValue",
    "Programme",
    "ProgrammeError",
    "Quote",
    "Rule",
    "load",
    "load_all",
    "load_one",
]

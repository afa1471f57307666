"""A call for projects as data: its file, checked, with its expressions as SQL."""

from clact_model.programme.call import ParameterValue
from clact_model.programme.checks import Fault
from clact_model.programme.differences import Difference, differences
from clact_model.programme.duplicating import (
    DraftError,
    ToReview,
    duplicate,
    next_identifier,
    next_title,
    shifted,
    to_review,
)
from clact_model.programme.expressions import Expression, LineFact
from clact_model.programme.loading import Catalogue, ProgrammeError, load, load_all, load_one
from clact_model.programme.parts import Level, Quote
from clact_model.programme.programme import Programme
from clact_model.programme.rules import ACTION_VERDICTS, DOSSIER_VERDICTS, EFFECTS, Criterion, Rule
from clact_model.programme.saving import Checked, NotSavedError, check_text, save
from clact_model.programme.source_texts import MissingQuote, cited_from, keep_text, missing_quotes, readable

__all__ = [
    "ACTION_VERDICTS",
    "DOSSIER_VERDICTS",
    "EFFECTS",
    "Catalogue",
    "Checked",
    "Criterion",
    "Difference",
    "DraftError",
    "Expression",
    "Fault",
    "Level",
    "LineFact",
    "MissingQuote",
    "NotSavedError",
    "ParameterValue",
    "Programme",
    "ProgrammeError",
    "Quote",
    "Rule",
    "ToReview",
    "check_text",
    "cited_from",
    "differences",
    "duplicate",
    "keep_text",
    "load",
    "load_all",
    "load_one",
    "missing_quotes",
    "next_identifier",
    "next_title",
    "readable",
    "save",
    "shifted",
    "to_review",
]

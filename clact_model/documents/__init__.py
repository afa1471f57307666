"""Workbooks and csv: what leaves the tool, each saying what it contains."""

from collections.abc import Callable, Mapping

from clact_model.documents import decisions
from clact_model.documents.assessment_xlsx import AssessmentSheets, assessment_file_name, assessment_xlsx
from clact_model.documents.context import Context, file_name
from clact_model.documents.outcomes_xlsx import outcomes_file_name, outcomes_xlsx
from clact_model.documents.selection_csv import selection_csv
from clact_model.documents.selection_xlsx import selection_xlsx
from clact_model.documents.target import Target, TargetError
from clact_model.errors import UsageError
from clact_model.selection import Selection

WRITERS: Mapping[str, Callable[[Selection, Context, Target], None]] = {
    "xlsx": selection_xlsx,
    "csv": lambda selection, context, target: selection_csv(selection, target),
}
"""Format → what writes it."""


class FormatError(UsageError):
    """No document is made in that format."""


def export(selection: Selection, context: Context, target: Target, extension: str) -> None:
    """The selection list in a format of WRITERS. Raises FormatError, TargetError."""
    if extension not in WRITERS:
        raise FormatError(f"Le format « {extension} » n'est pas proposé ; au choix : {', '.join(WRITERS)}.")
    WRITERS[extension](selection, context, target)


__all__ = [
    "WRITERS",
    "AssessmentSheets",
    "Context",
    "FormatError",
    "Target",
    "TargetError",
    "assessment_file_name",
    "assessment_xlsx",
    "decisions",
    "export",
    "file_name",
    "outcomes_file_name",
    "outcomes_xlsx",
    "selection_csv",
    "selection_xlsx",
]

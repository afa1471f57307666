"""The steps that fill the demonstration, each an operation of the journal: what tells, at a start, which are done."""

from pathlib import Path
from typing import Final

from clact_model import paths

FOLLOWUP: Final = paths.DEMO_FOLDER / "suivi"
"""What follows the decisions, one file per call and kind, made by ``python -m scripts.make_followup``."""
IMPORT = "importer"
ADOPT, CONFIRM, NOTIFY = DECIDING = ("adopter", "confirmer", "notifier")
FOLLOW = "suivre"
GIVING_AGAIN = ("reaffecter", "confirmer-2", "notifier-2")
MEASURE = "mesurer"


def operation(step: str, programme_id: str) -> str:
    """The id under which a step of a call is written."""
    return f"demo-{programme_id}" if step == IMPORT else f"demo-{step}-{programme_id}"


def indicators_file(programme_id: str) -> Path:
    """The indicators of a call, made by ``python -m scripts.make_followup``."""
    return FOLLOWUP / f"{programme_id}_indicateurs.csv"

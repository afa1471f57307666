"""The steps that fill the demonstration, each an operation of the journal: what tells, at a start, which are done."""

from collections.abc import Collection

IMPORT = "importer"
ADOPT, CONFIRM, NOTIFY = DECIDING = ("adopter", "confirmer", "notifier")
FOLLOW = "suivre"


def operation(step: str, programme_id: str) -> str:
    """The id under which a step of a call is written."""
    return f"demo-{programme_id}" if step == IMPORT else f"demo-{step}-{programme_id}"


def operations(programme_ids: Collection[str], steps: Collection[str]) -> set[str]:
    """The ids of these steps of these calls."""
    return {operation(step, programme_id) for programme_id in programme_ids for step in steps}

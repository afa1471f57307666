"""The day judged: today in the programme's zone, or the day that ``CLACT_AUJOURDHUI`` names."""

import os
from datetime import UTC, date, datetime

from clact_model.errors import UsageError
from clact_model.programme import Programme


def imposed_day() -> date | None:
    """The day of ``CLACT_AUJOURDHUI`` (AAAA-MM-JJ), or None. Raises UsageError when it cannot be read."""
    text = os.environ.get("CLACT_AUJOURDHUI", "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"CLACT_AUJOURDHUI vaut « {text} » : écrivez une date AAAA-MM-JJ.") from error


def today(programme: Programme) -> date:
    """The day on which the programme's dossiers are judged."""
    return imposed_day() or day_of(programme, datetime.now(UTC))


def day_of(programme: Programme, moment: datetime) -> date:
    """The day that a moment (aware) falls on where the call is run: overseas, midnight is not that of Paris."""
    return moment.astimezone(programme.file.zone).date()

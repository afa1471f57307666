"""Until when the base knows a « démarche »: told by the names of the files that its readings made."""

import re
from datetime import datetime, tzinfo

import duckdb

from clact_model.programme import Programme

_MOMENT = "%Y-%m-%d_%H-%M"
_NAME = re.compile(
    r"demarche_(?P<demarche>\d+)_(?P<lu>\d{4}-\d{2}-\d{2}_\d{2}-\d{2})(?:_depuis_(?P<depuis>\d{4}-\d{2}-\d{2}_\d{2}-\d{2}))?"
    r"(?:_partie_\d+_sur_(?P<parties>\d+))?\.json"
)


def file_name(demarche: int, read_at: datetime, since: datetime | None, part: int = 1, parts: int = 1) -> str:
    """``demarche_99123_2026-03-12_09-41.json``: the moment stands as in the names of the platform's exports."""
    name = f"demarche_{demarche}_{read_at.strftime(_MOMENT)}"
    name += f"_depuis_{since.strftime(_MOMENT)}" if since else ""
    return f"{name}{f'_partie_{part}_sur_{parts}' if parts > 1 else ''}.json"


def last_complete(cursor: duckdb.DuckDBPyConnection, programme: Programme, demarche: int) -> datetime | None:
    """The moment up to which every change of the « démarche » was imported; None when it was never read whole.

    An import that was undone, or that refused a dossier, does not count; nor does a reading that left a gap before it.
    """
    rows = cursor.execute(
        """SELECT fichiers, quand FROM importation
           WHERE programme = ? AND annulee_quand IS NULL AND rejetes = 0 ORDER BY quand""",
        [programme.id],
    ).fetchall()
    until: datetime | None = None
    for names, written in rows:
        found = [match for name in names.split("\n") if (match := _NAME.fullmatch(name))]
        found = [match for match in found if int(match["demarche"]) == demarche]
        if not found or len(found) != int(found[0]["parties"] or 1):
            continue
        read_at = _moment(found[0]["lu"], programme.file.zone)
        since = _moment(found[0]["depuis"], programme.file.zone)
        # A name can be given by anyone: none speaks of what is not yet.
        if read_at is None or read_at > written or (since and (until is None or since > until)):
            continue
        until = max(read_at, until or read_at)
    return until


def _moment(text: str | None, zone: tzinfo) -> datetime | None:
    try:
        return datetime.strptime(text, _MOMENT).replace(tzinfo=zone) if text else None
    except ValueError:
        return None

"""The same dossiers under another text of their programme: whose verdict turns."""

from dataclasses import dataclass
from datetime import date

import duckdb

from clact_model import eligibility
from clact_model.programme import Programme


@dataclass(frozen=True, slots=True)
class Turned:
    """One dossier whose verdict is another under the new text: codes of verdicts."""

    numero: str
    raison_sociale: str | None
    avant: str
    apres: str


def turned(cursor: duckdb.DuckDBPyConnection, before: Programme, after: Programme, today: date) -> list[Turned]:
    """The dossiers of ``before`` whose verdict turns under ``after``, judged on the same day; overrides hold in both.

    Writes nothing but temporary tables of the cursor.
    """
    old, new = _verdicts(cursor, before, today), _verdicts(cursor, after, today)
    names = dict(
        cursor.execute("SELECT numero, raison_sociale FROM dossier WHERE programme = ?", [before.id]).fetchall()
    )
    return [Turned(numero, names.get(numero), old[numero], new[numero]) for numero in old if old[numero] != new[numero]]


def _verdicts(cursor: duckdb.DuckDBPyConnection, programme: Programme, today: date) -> dict[str, str]:
    eligibility.judge(cursor, programme, today)
    return dict(cursor.execute("SELECT numero, verdict FROM jugement_dossier ORDER BY ordre").fetchall())

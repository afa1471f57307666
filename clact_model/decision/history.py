"""What was done to the selection: one entry an operation, with every field that it changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from clact_model.decision.writing import JOURNALED, champ
from clact_model.programme import Programme
from clact_model.store import Change

OPERATIONS: Mapping[str, str] = {
    "adopter": "Scénario adopté",
    "amender": "Demande amendée",
    "decider": "Décision",
    "notifier": "Notification",
    "revenir_sur_decision": "Retour en arrière",
    "verrouiller": "Verrouillage",
    "deverrouiller": "Déverrouillage",
    "reaffecter": "Réaffectation",
    "rendre_reaffectation": "Réaffectation rendue",
}
"""Nature of an operation on the selection → what is read on screen."""
FIELDS: Mapping[str, str] = {champ(field): name for field, name in JOURNALED.items()} | {
    champ("comite"): "date du comité",
    champ("enveloppe"): "enveloppe",
    champ("reserve"): "réserve",
    champ("reaffecte"): "réaffecté",
    champ("surprogramme"): "surprogrammé",
    champ("verrou"): "verrou",
}
"""Field in the journal → its name on screen."""


@dataclass(frozen=True)
class Step:
    """One operation. ``quand``: in the programme's zone; ``detail``: its sentence, or the reason written."""

    operation: str
    quand: datetime
    auteur: str
    nature: str
    detail: str
    numero: str | None
    changes: Sequence[Change]


def steps(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> list[Step]:
    """Every operation on the selection, the newest first."""
    rows = cursor.execute(
        """SELECT operation, quand, auteur, nature, detail, numero, ligne, champ, avant, apres FROM journal
           WHERE programme = $programme AND list_contains($natures::VARCHAR[], nature) ORDER BY id""",
        {"programme": programme.id, "natures": list(OPERATIONS)},
    ).fetchall()
    heads = {row[0]: row[:6] for row in rows if row[7] is None}
    changed: dict[str, list[Change]] = {operation: [] for operation in heads}
    for operation, *_, numero, ligne, field, before, after in rows:
        if field is not None:
            changed[operation].append(Change(numero or "", ligne, field, before, after))
    found = [
        Step(operation, quand.astimezone(programme.file.zone), auteur, nature, detail or "", numero, changed[operation])
        for operation, quand, auteur, nature, detail, numero in heads.values()
    ]
    return found[::-1]

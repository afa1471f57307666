"""What was decided as the three lists of a selection: the same columns, with the decision in the place of the proposal."""

from collections.abc import Mapping
from dataclasses import replace

import duckdb

from clact_model import formats, selection
from clact_model.allocation import KeptGrant, Key, Line, Outcome, Result, Standing, Statut
from clact_model.allocation.money import cents
from clact_model.decision.kept import ISSUES, Decision, Held, Issue
from clact_model.programme import Programme
from clact_model.selection import Part, Row, Selection

LISTED: Mapping[Issue, Statut] = {"retenu": "finance", "liste_attente": "liste_attente", "refuse": "refuse"}
HEADER = "Décision"
"""Header of the column that says how far a line has come."""


def lists(cursor: duckdb.DuckDBPyConnection, programme: Programme, held: Held) -> Selection:
    """The three lists of what is proposed, decided and notified, in rank order, with what the base knows of each dossier."""
    found = selection.lists(
        cursor, programme, Result(held.committee.settings, [_outcome(decision) for decision in held.decisions])
    )
    known = {decision.key: decision for decision in held.decisions}
    places = held.waiting_places()
    retenus, attente, non_retenus = (_said(part, known, places) for part in found.parts)
    return replace(found, retenus=retenus, attente=attente, non_retenus=non_retenus, libelle_statut=HEADER)


def words(decision: Decision, place: int | None = None) -> str:
    """``Liste d'attente, 3e place, notifié le 12/06/2025``."""
    parts = [decision.words]
    if decision.issue == "liste_attente" and place is not None:
        parts.append("1re place" if place == 1 else f"{place}e place")
    if decision.notifie_le is not None:
        parts = [ISSUES[decision.issue], *parts[1:], f"notifié le {formats.day(decision.notifie_le)}"]
    elif decision.decide_le is not None:
        parts.append(f"comité du {formats.day(decision.decide_le)}")
    return ", ".join(parts)


def _outcome(decision: Decision) -> Outcome:
    standing: Standing = "conditionnel" if decision.conditionnel else "finançable"
    line = Line(
        numero=decision.numero,
        ligne=decision.ligne,
        position=decision.position,
        score=decision.score,
        requested=decision.demande,
        ceiling=decision.aide_maximale,
        standing=standing,
        rang=decision.rang,
        agents=decision.agents,
    )
    kept = KeptGrant(cents(decision.accorde), LISTED[decision.issue], decision.motif, cents(decision.supplement))
    return Outcome(line, kept)


def _said(part: Part, known: Mapping[Key, Decision], places: Mapping[Key, int]) -> Part:
    return replace(part, rows=[_row(row, known[row.numero, row.ligne], places) for row in part.rows])


def _row(row: Row, decision: Decision, places: Mapping[Key, int]) -> Row:
    return replace(row, statut=words(decision, places.get(decision.key)))

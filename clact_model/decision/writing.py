"""The selection under the writer's lock: taken, changed, journaled and sealed in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from clact_model import formats
from clact_model.decision.kept import ISSUES, STATUTS, Decision, Held, held
from clact_model.decision.refusing import DecisionRefusedError, require_room, require_seen, require_unlocked
from clact_model.programme import Programme
from clact_model.store import Change, Writing, decision_controls

NO_SELECTION = "Aucune décision encore pour ce programme : adoptez d'abord un scénario."
JOURNALED: Mapping[str, str] = {
    "statut": "décision",
    "issue": "sens",
    "accorde": "montant accordé",
    "supplement": "supplément",
    "demande": "montant demandé",
    "aide_maximale": "aide maximale",
    "derogation": "dérogation au plafond",
    "conditionnel": "sous condition",
    "motif": "motif",
    "scenario": "scénario",
    "decide_le": "décidé le",
    "notifie_le": "notifié le",
}
"""Field of a decision → its name on screen. The journal keeps every one that changes, under :func:`champ`."""


def champ(field: str) -> str:
    """The name of a field of a decision in the journal: dossiers have a « statut » of their own."""
    return f"decision_{field}"


def take(writing: Writing, programme: Programme, seen: int | None, *, even_locked: bool = False) -> Held:
    """The selection as it is under the lock, its counter moved: two writes that overlap cannot both commit.

    Raises DecisionRefusedError when there is none, it was changed since ``seen``, or it is locked.
    """
    writing.cursor.execute("UPDATE comite SET version = version + 1 WHERE programme = ?", [programme.id])
    found = held(writing.cursor, programme)
    if found is None:
        raise DecisionRefusedError(NO_SELECTION)
    before = replace(found, committee=replace(found.committee, version=found.committee.version - 1))
    require_seen(before, seen)
    if not even_locked:
        require_unlocked(found)
    return found


def put(writing: Writing, before: Held, changed: Sequence[Decision]) -> None:
    """Write changed decisions, each field in the journal. Raises DecisionRefusedError when the money does not suffice."""
    require_room(before.with_changes(changed))
    replace_rows(writing, [decision.key for decision in changed], changed)
    writing.log_changes(change for decision in changed for change in changes(before.get(decision.key), decision))
    seal(writing)


def set_day(writing: Writing, before: Held, comite_le: date) -> None:
    """The day of the committee whose decisions are written."""
    old = before.committee.comite_le
    if old != comite_le:
        writing.cursor.execute("UPDATE comite SET comite_le = ? WHERE programme = ?", [comite_le, writing.programme])
        day = formats.day(old) if old else None
        writing.log_changes([Change("", None, champ("comite"), day, formats.day(comite_le))])


def seal(writing: Writing) -> None:
    """Keep the control totals of the decisions just written."""
    assert writing.programme is not None
    decision_controls.seal(writing.cursor, writing.programme)


def signed(writing: Writing, decision: Decision, **fields: Any) -> Decision:
    """The decision with other fields, by whoever writes, now."""
    return replace(decision, auteur=writing.auteur, quand=writing.quand, **fields)


def changes(before: Decision | None, after: Decision | None) -> Iterable[Change]:
    """One change per field that differs; None on either side: the line came or went."""
    some = after or before
    assert some is not None
    for field in JOURNALED:
        old, new = _text(before, field), _text(after, field)
        if old != new:
            yield Change(some.numero, some.ligne, champ(field), old, new)


def _text(decision: Decision | None, field: str) -> str | None:
    """A field as a person reads it; None when unknown, or of no decision."""
    if decision is None:
        return None
    value = getattr(decision, field)
    if field == "statut":
        return STATUTS[decision.statut]
    if field == "issue":
        return ISSUES[decision.issue]
    if isinstance(value, bool):
        return formats.yes_no(value)
    if isinstance(value, Decimal):
        return formats.euros(value)
    return formats.day(value) if isinstance(value, date) else value or None


def replace_rows(writing: Writing, keys: Sequence[tuple[str, int | None]], decisions: Sequence[Decision]) -> None:
    """Take the rows of these lines away and put those decisions there. Through Arrow: 10,000 lines take no minute."""
    import pyarrow as pa

    money, cursor = pa.decimal128(14, 2), writing.cursor
    cursor.register(
        "ligne_decidee",
        pa.table(
            {
                "numero": pa.array([numero for numero, _ in keys], pa.string()),
                "ligne": pa.array([ligne or 0 for _, ligne in keys], pa.int32()),
            }
        ),
    )
    cursor.execute(
        "DELETE FROM decision WHERE programme = ? AND (numero, ligne) IN (SELECT (numero, ligne) FROM ligne_decidee)",
        [writing.programme],
    )
    cursor.unregister("ligne_decidee")
    types = {
        "numero": pa.string(),
        "ordre": pa.int32(),
        "statut": pa.string(),
        "issue": pa.string(),
        "accorde": money,
        "supplement": money,
        "demande": money,
        "aide_maximale": money,
        "derogation": pa.bool_(),
        "conditionnel": pa.bool_(),
        "motif": pa.string(),
        "rang": pa.int32(),
        "position": pa.int32(),
        "score": pa.decimal128(9, 4),
        "agents": pa.int64(),
        "scenario": pa.string(),
        "version_programme": pa.string(),
        "version_donnees": pa.int64(),
        "decide_le": pa.date32(),
        "notifie_le": pa.date32(),
        "auteur": pa.string(),
        "quand": pa.timestamp("us", "UTC"),
    }
    columns = {name: pa.array([getattr(d, name) for d in decisions], kind) for name, kind in types.items()}
    columns["ligne"] = pa.array([decision.ligne or 0 for decision in decisions], pa.int32())
    cursor.register("decision_nouvelle", pa.table(columns))
    cursor.execute("INSERT INTO decision BY NAME SELECT ? AS programme, * FROM decision_nouvelle", [writing.programme])
    cursor.unregister("decision_nouvelle")

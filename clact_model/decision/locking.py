"""The selection locked and unlocked, with a reason: while it is locked, nothing in it changes."""

from clact_model.decision.refusing import DecisionRefusedError, require_reason
from clact_model.decision.writing import champ, seal, take
from clact_model.programme import Programme
from clact_model.store import Base, Change


def lock(
    base: Base, programme: Programme, motif: str, *, seen: int | None = None, operation: str | None = None
) -> None:
    """Lock the selection. Raises DecisionRefusedError without a reason, or when it is locked; StaleSelectionError."""
    reason = require_reason(motif)
    with base.write("verrouiller", programme.id, operation) as writing:
        if writing.already_done:
            return
        take(writing, programme, seen)
        writing.cursor.execute(
            "UPDATE comite SET verrouille_par = ?, verrouille_le = ?, motif_verrou = ? WHERE programme = ?",
            [writing.auteur, writing.quand, reason, programme.id],
        )
        writing.log(f"Sélection verrouillée : {reason}")
        writing.log_changes([Change("", None, champ("verrou"), "non", "oui")])
        seal(writing)


def unlock(
    base: Base, programme: Programme, motif: str, *, seen: int | None = None, operation: str | None = None
) -> None:
    """Unlock it. Raises DecisionRefusedError without a reason, or when it is not locked; StaleSelectionError."""
    reason = require_reason(motif)
    with base.write("deverrouiller", programme.id, operation) as writing:
        if writing.already_done:
            return
        if not take(writing, programme, seen, even_locked=True).committee.locked:
            raise DecisionRefusedError("La sélection n'est pas verrouillée : il n'y a rien à déverrouiller.")
        writing.cursor.execute(
            "UPDATE comite SET verrouille_par = NULL, verrouille_le = NULL, motif_verrou = NULL WHERE programme = ?",
            [programme.id],
        )
        writing.log(f"Sélection déverrouillée : {reason}")
        writing.log_changes([Change("", None, champ("verrou"), "oui", "non")])
        seal(writing)

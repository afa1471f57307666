"""What is done to a saved scenario: annotated, copied, renamed, locked, deleted. Its figures never change."""

from clact_model.errors import UsageError
from clact_model.programme import Programme
from clact_model.scenario import guard, notes, rows, shelf
from clact_model.store import Base, Change

LONGEST_REASON = 500


def annotate(base: Base, programme: Programme, nom: str, texte: str, operation: str | None = None) -> None:
    """Add a note, to a locked scenario too. Raises ScenarioNameError, UsageError for an empty or too long note."""
    with base.write("annoter_scenario", programme.id, operation) as writing:
        if writing.already_done:
            return
        name = shelf.require(writing.cursor, programme, nom)
        text = notes.checked(texte)
        writing.log(f"Note sur le scénario « {name} »")
        notes.insert(writing, programme, name, text)


def copy(base: Base, programme: Programme, nom: str, nouveau: str, operation: str | None = None) -> None:
    """The same scenario under another name: its figures with their author and day; a note says who copied it, and when.

    The copy is not locked. Raises ScenarioNameError.
    """
    with base.write("copier_scenario", programme.id, operation) as writing:
        if writing.already_done:
            return
        name = shelf.require(writing.cursor, programme, nom)
        new = shelf.free_name(writing.cursor, programme, nouveau)
        rows.copy(writing.cursor, programme, name, new)
        writing.log(f"Scénario « {name} » copié sous le nom « {new} »")
        notes.insert(writing, programme, new, f"Copie du scénario « {name} ».")


def rename(base: Base, programme: Programme, nom: str, nouveau: str, operation: str | None = None) -> None:
    """Another name for a scenario, with its notes. Raises ScenarioNameError, ScenarioHeldError."""
    with base.write("renommer_scenario", programme.id, operation) as writing:
        if writing.already_done:
            return
        name = shelf.require(writing.cursor, programme, nom)
        new = shelf.free_name(writing.cursor, programme, nouveau)
        guard.check(writing.cursor, programme, name, "renommer")
        rows.rename(writing.cursor, programme, name, new)
        writing.log(f"Scénario « {name} » renommé « {new} »")


def lock(base: Base, programme: Programme, nom: str, motif: str, operation: str | None = None) -> None:
    """From now on the scenario is neither replaced, renamed nor deleted.

    Raises ScenarioNameError, UsageError when it is locked already or no reason is given.
    """
    with base.write("verrouiller_scenario", programme.id, operation) as writing:
        if writing.already_done:
            return
        name = shelf.require(writing.cursor, programme, nom)
        reason = _reason(motif)
        if guard.lock_of(writing.cursor, programme, name):
            raise UsageError(f"Le scénario « {name} » est déjà verrouillé.")
        writing.cursor.execute(
            """UPDATE scenario SET verrouille_par = ?, verrouille_le = ?, verrouille_motif = ?
               WHERE programme = ? AND nom = ?""",
            [writing.auteur, writing.quand, reason, programme.id, name],
        )
        writing.log(f"Scénario « {name} » verrouillé : {reason}")


def unlock(base: Base, programme: Programme, nom: str, motif: str, operation: str | None = None) -> None:
    """The scenario may be changed again; the journal keeps the lock and the reason why it was taken away.

    Raises ScenarioNameError, UsageError when it is not locked or no reason is given.
    """
    with base.write("deverrouiller_scenario", programme.id, operation) as writing:
        if writing.already_done:
            return
        name = shelf.require(writing.cursor, programme, nom)
        reason = _reason(motif)
        former = guard.lock_of(writing.cursor, programme, name)
        if former is None:
            raise UsageError(f"Le scénario « {name} » n'est pas verrouillé.")
        writing.cursor.execute(
            """UPDATE scenario SET verrouille_par = NULL, verrouille_le = NULL, verrouille_motif = NULL
               WHERE programme = ? AND nom = ?""",
            [programme.id, name],
        )
        writing.log(f"Scénario « {name} » déverrouillé : {reason}")
        writing.log_changes([Change("", None, "verrou_scenario", f"{former.auteur} : {former.motif}", None)])


def delete(base: Base, programme: Programme, nom: str, operation: str | None = None) -> None:
    """Take a scenario away; the journal keeps its notes. Raises ScenarioNameError, ScenarioHeldError."""
    with base.write("supprimer_scenario", programme.id, operation) as writing:
        if writing.already_done:
            return
        name = shelf.require(writing.cursor, programme, nom)
        guard.check(writing.cursor, programme, name, "supprimer")
        written = notes.of_scenario(writing.cursor, programme, name)
        rows.forget(writing.cursor, programme, name, notes=True)
        writing.log(f"Scénario « {name} » supprimé")
        writing.log_changes(
            Change("", None, "note_scenario", f"{note.auteur} : {note.texte}", None) for note in written
        )


def _reason(motif: str) -> str:
    reason = " ".join(motif.split())
    if not reason:
        raise UsageError("Donnez un motif : il est inscrit au journal.")
    if len(reason) > LONGEST_REASON:
        raise UsageError(f"Le motif compte {len(reason)} caractères : {LONGEST_REASON} au plus.")
    return reason

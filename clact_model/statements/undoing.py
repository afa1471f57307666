"""An import taken back, whatever it was: one of the follow-up by lines that reverse its own, the others as intake does."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

import duckdb

from clact_model import formats, intake, ledger
from clact_model.intake import Undoing, UndoRefusedError
from clact_model.ledger import Book, Entry, LedgerRefusedError, Movement
from clact_model.programme import Programme
from clact_model.statements.trial import Trial
from clact_model.store import Base, Writing

OF_DOSSIERS = "importer"
"""Nature, in the journal, of the imports that write dossiers and no line of the ledger."""


@dataclass(frozen=True)
class Reversal(Undoing):
    """What undoing an import of the follow-up changes: the lines of the ledger that others reverse."""

    reversed: tuple[Movement, ...] = ()


def preview_undo(cursor: duckdb.DuckDBPyConnection, programme: Programme, importation: str) -> Undoing:
    """What undoing an import would change. Writes nothing. Its lines are reversed on their own days: they never counted.

    Raises UsageError for an unknown import, UndoRefusedError when it cannot be undone.
    """
    if not _of_the_follow_up(cursor, importation):
        return intake.preview_undo(cursor, programme, importation)
    quand, fichiers = intake.written_import(cursor, programme, importation)
    movements = _lines(cursor, programme, importation)
    _refuse_built_on(cursor, programme, movements)
    return _reversal(importation, quand, fichiers, movements)


def undo(base: Base, programme: Programme, importation: str, *, operation: str | None = None) -> Undoing:
    """Take an import back; gives what was changed. The same ``operation`` twice undoes once.

    Raises as :func:`preview_undo` does.
    """
    cursor = base.cursor()
    try:
        of_follow_up = _of_the_follow_up(cursor, importation)
    finally:
        cursor.close()
    if not of_follow_up:
        return intake.undo(base, programme, importation, operation=operation)
    with base.write("annuler_import_suivi", programme.id, operation) as writing:
        if writing.already_done:
            return _as_done(writing.cursor, programme, importation)
        found = preview_undo(writing.cursor, programme, importation)
        assert isinstance(found, Reversal)
        _reverse(writing, found)
        intake.mark_undone(writing, importation)
        writing.log(
            f"Import du {formats.moment(found.quand)} annulé ({', '.join(found.fichiers)}) : {found.notices[0]}"
        )
        return found


def _of_the_follow_up(cursor: duckdb.DuckDBPyConnection, importation: str) -> bool:
    row = cursor.execute("SELECT nature FROM journal WHERE operation = ? ORDER BY id LIMIT 1", [importation]).fetchone()
    return row is not None and row[0] != OF_DOSSIERS


def _lines(cursor: duckdb.DuckDBPyConnection, programme: Programme, importation: str) -> list[Movement]:
    """The lines that the import wrote and that still stand."""
    standing = ledger.standing(ledger.lines(cursor, programme.id))
    return [movement for movement in standing if movement.operation == importation]


def _refuse_built_on(cursor: duckdb.DuckDBPyConnection, programme: Programme, movements: Sequence[Movement]) -> None:
    """Lines on which others stand: those go first."""
    ids = {movement.id for movement in movements}
    everything = ledger.lines(cursor, programme.id, {movement.numero for movement in movements})
    for answer in ledger.standing(everything):
        if answer.sur in ids and answer.id not in ids:
            raise UndoRefusedError(
                f"« {answer.words} » du {formats.day(answer.jour)} (dossier {answer.numero}, {answer.reference or formats.UNKNOWN}) "
                "répond à une dépense de cet import : contre-passez d'abord cette ligne."
            )
    for account in dict.fromkeys(movement.account for movement in movements):
        trial = Trial(m for m in everything if m.account == account)
        for movement in movements:
            if movement.account == account:
                trial.add(_opposite(movement))
        if said := trial.refusal(account):
            raise UndoRefusedError(f"{said} Contre-passez d'abord les lignes qui s'appuient sur cet import.")


def _opposite(movement: Movement) -> Entry:
    said = Entry(**{field.name: getattr(movement, field.name) for field in fields(Entry)})
    opposite = None if movement.montant is None else -movement.montant
    return replace(said, montant=opposite, contrepasse=movement.id)


def _reverse(writing: Writing, found: Reversal) -> None:
    book = Book(writing, {movement.numero for movement in found.reversed})
    for movement in found.reversed:
        book.reverse(movement, movement.jour, "Import annulé")
    try:
        book.close()
    except LedgerRefusedError as refusal:
        raise UndoRefusedError(str(refusal)) from refusal


def _as_done(cursor: duckdb.DuckDBPyConnection, programme: Programme, importation: str) -> Undoing:
    """What the operation reversed, from the lines that it left."""
    quand, fichiers = intake.written_import(cursor, programme, importation, undone=True)
    lines = ledger.lines(cursor, programme.id)
    gone = {m.contrepasse for m in lines}
    found = [m for m in lines if m.operation == importation and m.id in gone]
    return _reversal(importation, quand, fichiers, found)


def _reversal(importation: str, quand: datetime, fichiers: tuple[str, ...], lines: Sequence[Movement]) -> Reversal:
    said = formats.plural(len(lines), "ligne du registre contre-passée", "lignes du registre contre-passées")
    return Reversal(importation, quand, fichiers, (), (), (), (f"{said}.",), tuple(lines))

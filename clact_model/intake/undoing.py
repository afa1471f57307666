"""An import taken back: what it replaced is put back, what it created goes, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from clact_model import formats
from clact_model.errors import ClactError, UsageError
from clact_model.intake import completed
from clact_model.intake.comparison import changes_of_restoring
from clact_model.intake.decided import numbers as decided_numbers
from clact_model.intake.writing import TABLES, ask_to_confirm, keep_previous, touching
from clact_model.programme import Programme
from clact_model.store import Base, Change, Writing

NAMED = 5
"""Dossiers named in a sentence before « et n autres »."""


@dataclass(frozen=True, slots=True)
class _Decided:
    """Something that a person wrote about a dossier, and what to do about it before the dossier goes."""

    table: str
    words: str
    remedy: str
    where: str = "true"


DECIDED = (
    _Decided("derogation", "Une dérogation", "levez-la"),
    _Decided("appreciation", "Une note", "retirez-la"),
    _Decided("demande_piece", "Une demande de pièce en cours", "annulez-la", "etat = 'demandee'"),
    _Decided("mise_de_cote", "Une mise de côté", "levez-la"),
    _Decided("remarque", "Une remarque", "retirez-la", "retiree_le IS NULL"),
    _Decided(
        "mouvement",
        "Une ligne du registre du suivi",
        "contre-passez-la",
        "contrepasse IS NULL AND id NOT IN (SELECT contrepasse FROM mouvement WHERE contrepasse IS NOT NULL)",
    ),
)


class UndoRefusedError(ClactError):
    """The import cannot be undone, or not yet."""


@dataclass(frozen=True)
class Undoing:
    """What undoing an import changes. ``removed``, ``restored``: numbers of dossiers, in the order of the base."""

    importation: str
    quand: datetime
    """When it was written, in the programme's zone."""
    fichiers: tuple[str, ...]
    removed: tuple[str, ...]
    """The dossiers that it created."""
    restored: tuple[str, ...]
    """Those that it replaced."""
    changes: tuple[Change, ...]
    """Of the restored dossiers, field by field: what the base holds → what is put back."""
    notices: tuple[str, ...] = ()
    """What names the removed dossiers and stays, as French sentences: saved scenarios, proposals."""


def preview_undo(cursor: duckdb.DuckDBPyConnection, programme: Programme, importation: str) -> Undoing:
    """What undoing an import would change. Writes nothing.

    Raises UsageError for an unknown import, UndoRefusedError when it is undone already, too old, rewritten by a later
    one, or when something decided hangs on a dossier that would go, or be changed.
    """
    quand, fichiers = written_import(cursor, programme, importation)
    _refuse_rewritten(cursor, programme, importation)
    removed, restored = _touched(cursor, programme, importation)
    _refuse_decided(cursor, programme, removed)
    _refuse_settled(cursor, programme, [*removed, *restored])
    changes = changes_of_restoring(cursor, programme, importation)
    return Undoing(importation, quand, fichiers, removed, restored, changes, _still_named(cursor, programme, removed))


def undo(base: Base, programme: Programme, importation: str, *, operation: str | None = None) -> Undoing:
    """Take an import back; gives what was changed. The same ``operation`` twice undoes once and says the same.

    What the import had written is kept as a previous state. Raises as :func:`preview_undo` does.
    """
    with base.write("annuler_import", programme.id, operation) as writing:
        if writing.already_done:
            return _as_done(writing.cursor, programme, writing.operation)
        found = preview_undo(writing.cursor, programme, importation)
        with touching(writing, [*found.removed, *found.restored]):
            keep_previous(writing)
            _put_back(writing, importation)
        ask_to_confirm(writing, programme, found.changes)
        mark_undone(writing, importation)
        writing.log(_summary(found))
        writing.log_changes(found.changes)
        writing.seal()
        return found


def mark_undone(writing: Writing, importation: str) -> None:
    """Keep who took an import back, and when."""
    writing.cursor.execute(
        "UPDATE importation SET annulee_quand = ?, annulee_par = ? WHERE id = ?",
        [writing.quand, writing.auteur, importation],
    )


def last_import(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> str:
    """The newest import that still holds. Raises UsageError when there is none."""
    row = cursor.execute(
        "SELECT id FROM importation WHERE programme = ? AND annulee_quand IS NULL ORDER BY quand DESC LIMIT 1",
        [programme.id],
    ).fetchone()
    if row is None:
        raise UsageError("Aucun import à annuler dans ce programme.")
    return str(row[0])


def written_import(
    cursor: duckdb.DuckDBPyConnection, programme: Programme, importation: str, *, undone: bool = False
) -> tuple[datetime, tuple[str, ...]]:
    """When an import was written, in the programme's zone, and its files. ``undone``: it may have been taken back.

    Raises UsageError for an unknown import, UndoRefusedError for one that cannot be taken back.
    """
    row = cursor.execute(
        "SELECT quand, fichiers, annulee_quand, empreinte_apres FROM importation WHERE programme = ? AND id = ?",
        [programme.id, importation],
    ).fetchone()
    if row is None:
        raise UsageError(f"L'import « {importation} » n'existe pas dans ce programme : voyez le verbe « historique ».")
    quand, fichiers, undone_on, totals = row
    if undone_on is not None and not undone:
        raise UndoRefusedError(f"Cet import a déjà été annulé le {_moment(undone_on, programme)}.")
    if totals is None:
        raise UndoRefusedError(
            "Cet import date d'une version de l'outil qui ne gardait pas ce qu'il remplaçait : il ne peut pas être annulé. "
            "Importez de nouveau le fichier précédent."
        )
    return quand.astimezone(programme.file.zone), tuple(fichiers.split("\n"))


def _refuse_rewritten(cursor: duckdb.DuckDBPyConnection, programme: Programme, importation: str) -> None:
    rows = cursor.execute(
        """SELECT i.quand, i.fichiers, a.numero
           FROM dossier_avant a JOIN importation i ON i.id = a.remplacee_par
           WHERE a.programme = ? AND a.importation = ? AND i.annulee_quand IS NULL ORDER BY i.quand DESC, a.ordre""",
        [programme.id, importation],
    ).fetchall()
    if rows:
        quand, fichiers, _ = rows[0]
        numeros = [numero for when, _, numero in rows if when == quand]
        raise UndoRefusedError(
            f"L'import du {_moment(quand, programme)} ({fichiers.replace(chr(10), ', ')}) a réécrit depuis "
            f"{_named(numeros)} : annulez-le d'abord."
        )


def _touched(
    cursor: duckdb.DuckDBPyConnection, programme: Programme, importation: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The dossiers that the import created, and those that it replaced."""
    rows = cursor.execute(
        """SELECT d.numero, a.numero IS NOT NULL
           FROM dossier d LEFT JOIN dossier_avant a
             ON a.programme = d.programme AND a.numero = d.numero AND a.remplacee_par = d.importation
           WHERE d.programme = ? AND d.importation = ? ORDER BY d.ordre""",
        [programme.id, importation],
    ).fetchall()
    return _parted(rows)


def _refuse_decided(cursor: duckdb.DuckDBPyConnection, programme: Programme, removed: Sequence[str]) -> None:
    for decided in DECIDED:
        rows = cursor.execute(
            f"""SELECT DISTINCT numero FROM {decided.table}
                WHERE programme = $programme AND list_contains($numeros::VARCHAR[], numero) AND {decided.where}
                ORDER BY numero""",
            {"programme": programme.id, "numeros": list(removed)},
        ).fetchall()
        if rows:
            raise UndoRefusedError(
                f"{decided.words} porte sur {_named([row[0] for row in rows])}, que cet import a fait entrer et que "
                f"l'annulation retirerait : {decided.remedy} d'abord."
            )


def _refuse_settled(cursor: duckdb.DuckDBPyConnection, programme: Programme, numeros: Sequence[str]) -> None:
    """A dossier that the committee decided on is neither removed nor put back as it was."""
    settled = decided_numbers(cursor, programme.id)
    if found := [numero for numero in numeros if numero in settled]:
        raise UndoRefusedError(
            f"Une décision du comité porte sur {_named(found)}, que l'annulation retirerait ou changerait : revenez "
            "d'abord sur elle à la page Sélection."
        )


def _still_named(cursor: duckdb.DuckDBPyConnection, programme: Programme, removed: Sequence[str]) -> tuple[str, ...]:
    parameters = {"programme": programme.id, "numeros": list(removed)}
    scenarios = cursor.execute(
        """SELECT nom, list(DISTINCT numero ORDER BY numero) FROM scenario_ligne
           WHERE programme = $programme AND list_contains($numeros::VARCHAR[], numero) GROUP BY nom ORDER BY nom""",
        parameters,
    ).fetchall()
    proposed = cursor.execute(
        """SELECT DISTINCT numero FROM decision
           WHERE programme = $programme AND list_contains($numeros::VARCHAR[], numero) ORDER BY numero""",
        parameters,
    ).fetchall()
    said = [
        f"Le scénario « {nom} » nomme {_named(numeros)} et garde ses chiffres : refaites-le avant de l'adopter."
        for nom, numeros in scenarios
    ]
    if proposed:
        numeros = [numero for (numero,) in proposed]
        said.append(f"La sélection propose quelque chose pour {_named(numeros)} : adoptez de nouveau un scénario.")
    return tuple(said)


def _put_back(writing: Writing, importation: str) -> None:
    parameters = {"programme": writing.programme, "importation": importation}
    for table in TABLES:
        writing.cursor.execute(
            f"DELETE FROM {table} WHERE programme = $programme AND numero IN (SELECT numero FROM touche)",
            {"programme": writing.programme},
        )
        writing.cursor.execute(
            f"""INSERT INTO {table} BY NAME SELECT * EXCLUDE (remplacee_par, remplacee_quand) FROM {table}_avant
                WHERE programme = $programme AND remplacee_par = $importation""",
            parameters,
        )
    touched = "t.programme = $programme AND t.numero IN (SELECT numero FROM touche)"
    completed.fill(writing.cursor, str(writing.programme), "dossier", touched)


def _as_done(cursor: duckdb.DuckDBPyConnection, programme: Programme, operation: str) -> Undoing:
    """What an operation undid, from what it left."""
    importation, quand, fichiers = cursor.execute(
        """SELECT id, quand, fichiers FROM importation
           WHERE programme = ? AND annulee_quand = (SELECT min(quand) FROM journal WHERE operation = ?)""",
        [programme.id, operation],
    ).fetchall()[0]
    rows = cursor.execute(
        """SELECT d.numero, a.numero IS NOT NULL
           FROM dossier_avant d LEFT JOIN dossier_avant a
             ON a.programme = d.programme AND a.numero = d.numero AND a.remplacee_par = d.importation
           WHERE d.programme = ? AND d.remplacee_par = ? ORDER BY d.ordre""",
        [programme.id, operation],
    ).fetchall()
    changes = cursor.execute(
        "SELECT numero, ligne, champ, avant, apres FROM journal WHERE operation = ? AND champ IS NOT NULL ORDER BY id",
        [operation],
    ).fetchall()
    removed, restored = _parted(rows)
    return Undoing(
        importation,
        quand.astimezone(programme.file.zone),
        tuple(fichiers.split("\n")),
        removed,
        restored,
        tuple(Change(*row) for row in changes),
        _still_named(cursor, programme, removed),
    )


def _parted(rows: Sequence[tuple[str, bool]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Dossiers that had no previous state, and those that had one."""
    return tuple(n for n, before in rows if not before), tuple(n for n, before in rows if before)


def _moment(quand: datetime, programme: Programme) -> str:
    return formats.moment(quand.astimezone(programme.file.zone))


def _named(numeros: Sequence[str]) -> str:
    """``le dossier D1``, ``les dossiers D1, D2 et 3 autres``."""
    names = ", ".join(numeros[:NAMED])
    if len(numeros) == 1:
        return f"le dossier {names}"
    rest = len(numeros) - NAMED
    return f"les dossiers {names}" + (f" et {formats.plural(rest, 'autre')}" if rest > 0 else "")


def _summary(found: Undoing) -> str:
    removed = (
        f" ({', '.join(found.removed[:NAMED])}{'…' if len(found.removed) > NAMED else ''})" if found.removed else ""
    )
    return (
        f"Import du {formats.moment(found.quand)} annulé ({', '.join(found.fichiers)}) : "
        f"{formats.plural(len(found.restored), 'dossier rétabli', 'dossiers rétablis')}, "
        f"{formats.plural(len(found.removed), 'retiré')}{removed}"
    )

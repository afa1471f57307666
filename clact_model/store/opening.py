"""From the files of a base to a connection that can be worked with, and back to one file: where checkpoints happen.

A checkpoint rewrites the base in place; a power cut in its midst can leave a base that does not open. So DuckDB makes
none by itself: each is ours, at opening and at closing, after a copy of what there was. The files are copied while they
are closed, then opened: what opens soundly from these bytes proves that their copy would.
"""

import logging
from pathlib import Path

import duckdb

from clact_model.store import controls, repair, room, safety_copy
from clact_model.store.connection import FAMILY, WAL, BaseBusyError, BaseUnreadableError, beside, connect, pending
from clact_model.store.migrate import migrate
from clact_model.store.repair import Found

_LOG = logging.getLogger(__name__)


def open_sound(path: Path) -> Found:
    """Open the base: repaired when it must be, its log in the base, its tables today's.

    Raises BaseBusyError, BaseUnreadableError, NewerBaseError, ForeignBaseError.
    """
    orphans = () if path.exists() else _set_orphans_aside(path)
    try:
        found = repair.open_repaired(path)
    except OSError as error:
        raise BaseUnreadableError(
            f"La base « {path.name} » est à réparer, et n'a pas pu l'être ({error.strerror or error}) : "
            "faites de la place sur le disque, puis recommencez."
        ) from error
    # At write 0 it may be no base of ours: migrating says so, and nothing is to be written into it.
    if found.state.ecritures and not found.state.faults and pending(path):
        found.connection.close()
        found = Found(_checkpointed(path, found.state), found.state, found.notices)
    try:
        _migrate(found.connection, found.state)
    except BaseException:
        found.connection.close()
        raise
    return Found(found.connection, found.state, (*orphans, *found.notices))


def settle(path: Path) -> None:
    """Bring what the log of the closed base holds into the base, after a copy of both; nothing when the log is empty.

    Nothing either when another process has the base, or the disk is full: the log then waits for the next opening.
    """
    if pending(path):
        try:
            _checkpointed(path).close()
        except (BaseBusyError, BaseUnreadableError) as error:
            _LOG.warning("%s", error)


def _checkpointed(path: Path, judged: controls.State | None = None) -> duckdb.DuckDBPyConnection:
    """A connection to the base, checkpointed if it is certain that the copy holds what is being checkpointed.

    ``judged``: the state in which these files were found a moment ago, not to be looked for twice.
    """
    before = _stamps(path)
    size = sum(size for size, _ in before)
    # The copy, what the base may grow by, and as much again.
    if not room.for_bytes(path, 3 * size):
        _LOG.warning(
            "« %s » reste avec son journal : faites de la place sur le disque (%s Mo).", path.name, 3 * size >> 20
        )
        return connect(path)
    try:
        taken = safety_copy.take(path)
    except OSError as error:
        _LOG.warning("Aucune copie de secours de « %s » (%s) : faites de la place sur le disque.", path.name, error)
        return connect(path)
    try:
        connection = connect(path)
    except BaseException:
        safety_copy.drop(taken)
        raise
    # Every write changes the number: with the same one, these are the data judged.
    same = judged is not None and controls.ecritures(connection) == judged.ecritures
    state = judged if judged is not None and same else controls.state(connection)
    if state.faults or state.ecritures < safety_copy.acknowledged(path) or _stamps(path) != before:
        safety_copy.drop(taken)
        return connection
    safety_copy.keep(path, taken, state.ecritures)
    try:
        connection.execute("CHECKPOINT")
    except duckdb.Error as error:
        # DuckDB refuses everything after a checkpoint that failed. The log still holds all.
        _LOG.warning("La base « %s » n'a pas pu être rangée en un seul fichier : %s", path.name, error)
        connection.close()
        return connect(path)
    return connection


def _stamps(path: Path) -> list[tuple[int, int]]:
    """What changes when another process works on the files: sizes and times, read without opening them."""
    return [
        (stat.st_size, stat.st_mtime_ns)
        for suffix in FAMILY
        if (file := beside(path, suffix)).exists() and (stat := file.stat())
    ]


def _migrate(connection: duckdb.DuckDBPyConnection, state: controls.State) -> None:
    before = controls.columns(connection)
    migrate(connection)
    # Columns that are new change the fingerprint of every row. The totals were right a moment ago: seal them again.
    if before and controls.columns(connection) != before and not state.faults:
        controls.seal_again(connection)


def _set_orphans_aside(path: Path) -> tuple[str, ...]:
    """A base that is no more has left its log or its copy: a new base of the same name must not take them for its own."""
    left = [file for suffix in (WAL, safety_copy.FOLDER) if (file := beside(path, suffix)).exists()]
    kept = [file.replace(repair.dated(file, "sans-base")).name for file in left]
    return tuple(
        f"« {path.name} » n'existait plus : une nouvelle base a été créée, et ce qui restait de l'ancienne est gardé sous « {name} »."
        for name in kept
    )

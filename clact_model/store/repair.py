"""A base that does not open, or not with what was written into it, is put right from what remains, and it is said.

What remains: the base itself, the base with its log cut before the damage, the safety copy. The one that is sound and
has come furthest takes the place; the files found are kept aside under a dated name. Nothing is done to a base that
another process holds, nor on an error whose cause is not the content of the files.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from clact_model import formats
from clact_model.store import controls, safety_copy
from clact_model.store.connection import WAL, BaseBusyError, BaseDamagedError, beside, connect, family
from clact_model.store.controls import State
from clact_model.store.migrate import FOLDER as MIGRATIONS
from clact_model.store.migrate import migrate


@dataclass(frozen=True)
class Found:
    """A base that opened: its connection, its state, and what was done to it, as French sentences."""

    connection: duckdb.DuckDBPyConnection
    state: State
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    path: Path
    state: State
    words: str
    """French: where it comes from."""


def open_repaired(path: Path) -> Found:
    """Open the base, put right first when it must be and can be.

    Raises BaseBusyError; BaseDamagedError when nothing sound remains; BaseUnreadableError when the file is none of ours.
    A base that opens with faults and has no sound copy comes back as it is, with its faults.
    """
    known = safety_copy.acknowledged(path)
    found = _look(path)
    if isinstance(found, Found):
        if _is_sound(found.state, known):
            return found
        found.connection.close()
    with _alone(path):
        return _repair(path, known)


def _look(path: Path) -> Found | BaseDamagedError:
    try:
        connection = connect(path)
    except BaseDamagedError as damage:
        return damage
    try:
        if _is_of_a_later_version(connection):
            # It may keep its totals otherwise: not ours to judge nor to repair. Migrating refuses it, in words.
            migrate(connection)
        return Found(connection, controls.state(connection))
    except BaseException:
        connection.close()
        raise


def _is_of_a_later_version(connection: duckdb.DuckDBPyConnection) -> bool:
    known = [file.stem for file in MIGRATIONS.glob("[0-9]*.sql")]
    tables = "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'migration'"
    if connection.execute(tables).fetchone() == (0,):
        return False
    unknown = "SELECT count(*) FROM migration WHERE NOT list_contains($connues::VARCHAR[], nom)"
    return connection.execute(unknown, {"connues": known}).fetchone() != (0,)


def _is_sound(state: State, known: int) -> bool:
    return not state.faults and state.ecritures >= known


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One process repairs. The lock is one of DuckDB's: whatever ends its holder frees it, on every system."""
    lock = safety_copy.folder(path) / "reparation.duckdb"
    lock.parent.mkdir(parents=True, exist_ok=True)
    try:
        holder = duckdb.connect(str(lock))
    except duckdb.Error as error:
        raise BaseBusyError(
            f"La base « {path.name} » est en cours de réparation par un autre programme : recommencez dans un instant."
        ) from error
    try:
        yield
    finally:
        holder.close()
        lock.unlink(missing_ok=True)


def _repair(path: Path, known: int) -> Found:
    found = _look(path)
    if isinstance(found, Found):
        if _is_sound(found.state, known):  # another process has just done it
            return found
        found.connection.close()
    trial = safety_copy.folder(path) / "essai"
    try:
        best = _best(path, trial, found)
        if best is None:
            return _as_it_is(path, found)
        aside = keep_aside(path, "abimee")
        if best.path != path:
            _put_in_place(best.path, path)
    finally:
        shutil.rmtree(trial, ignore_errors=True)
    safety_copy.restart(path, best.state.ecritures)
    notice = _sentence(path, best, found, known, aside)
    return Found(connect(path), best.state, (notice,))


def _as_it_is(path: Path, found: Found | BaseDamagedError) -> Found:
    if isinstance(found, BaseDamagedError):
        raise found
    return Found(connect(path), found.state)


def _best(path: Path, trial: Path, found: Found | BaseDamagedError) -> _Candidate | None:
    candidates = []
    if isinstance(found, Found):
        candidates.append(_Candidate(path, found.state, "la base telle qu'elle s'ouvre"))
    elif found.sound_bytes is not None:
        candidates += _tried(path, trial / "journal", "la base et le début intact de son journal", found.sound_bytes)
    if copy := safety_copy.find(path):
        words = f"la copie de secours du {formats.moment(copy.quand.astimezone())}"
        candidates += _tried(copy.path, trial / "copie", words)
    sound = [candidate for candidate in candidates if not candidate.state.faults]
    return max(sound, key=lambda candidate: candidate.state.ecritures, default=None)


def _tried(source: Path, scratch: Path, words: str, sound_bytes: int | None = None) -> list[_Candidate]:
    """A copy of these files made one file and judged, its log cut first where it is said; none when it does not open."""
    scratch.mkdir(parents=True)
    target = scratch / "base.duckdb"
    safety_copy.copy_family(source, target)
    if sound_bytes is not None:
        with beside(target, WAL).open("r+b") as log:
            log.truncate(sound_bytes)
    found = _look(target)
    if isinstance(found, BaseDamagedError):
        return []
    # The file that goes into the place needs no log.
    found.connection.execute("CHECKPOINT")
    found.connection.close()
    return [_Candidate(target, found.state, words)]


def _put_in_place(source: Path, path: Path) -> None:
    partial = beside(path, ".partiel")
    safety_copy.copy_family(source, partial)
    replace_base(partial, path)


def replace_base(partial: Path, path: Path) -> None:
    """One closed file, beside the base, takes the place of the base and of its log.

    Cut short between the two, the log does not belong to the base: the next start finds it and repairs again.
    """
    partial.replace(path)
    for stale in family(path):
        if stale != path:
            stale.unlink()


def keep_aside(path: Path, word: str) -> Path:
    """Copy the files of the closed base under a dated name; gives the name of the base among them."""
    aside = dated(path, word)
    safety_copy.copy_family(path, aside)
    return aside


def dated(path: Path, word: str) -> Path:
    """``clact.duckdb`` → ``clact.duckdb.abimee-20261104-101500``, or the next second when that is taken."""
    moment = datetime.now().astimezone()
    while (name := beside(path, f".{word}-{moment:%Y%m%d-%H%M%S}")).exists():
        moment += timedelta(seconds=1)
    return name


def _sentence(path: Path, best: _Candidate, found: Found | BaseDamagedError, known: int, aside: Path) -> str:
    reached = max(known, found.state.ecritures if isinstance(found, Found) else 0)
    wrong = "ne s'ouvrait plus" if isinstance(found, BaseDamagedError) else "ne contenait plus ce qui y a été écrit"
    lost = reached - best.state.ecritures
    missing = (
        f"{formats.plural(lost, 'écriture')} ne s'y {'trouve' if lost == 1 else 'trouvent'} plus : comparez la fin du "
        "journal à ce que vous avez saisi, et refaites ce qui manque."
        if lost > 0
        else "Aucune écriture connue n'y manque ; comparez tout de même la fin du journal à ce que vous avez saisi."
    )
    return (
        f"La base « {path.name} » {wrong}. Elle a été reprise d'après {best.words}. {missing} "
        f"Les fichiers trouvés sont gardés sous « {aside.name} »."
    )

"""One hardened connection to the file of a base, and what is said when it cannot be had."""

import re
from pathlib import Path

import duckdb

from clact_model.errors import ClactError

MEMORY_LIMIT = "3GB"
WAL = ".wal"
FAMILY = ("", WAL, ".wal.checkpoint", ".wal.recovery")
"""What DuckDB 1.5 writes under the name of a base: the base, its write-ahead log, what a checkpoint cut short leaves."""

_SETTINGS = {
    "memory_limit": MEMORY_LIMIT,
    # No checkpoint but ours, which copies first: neither when the log grows, nor in the place of a large log, nor at close.
    "checkpoint_threshold": "1TB",
    "auto_checkpoint_skip_wal_threshold": str(2**62),
}
_ONCE_OPEN = (
    "PRAGMA disable_checkpoint_on_shutdown",
    # The result may depend on neither the server's zone nor what lies around the base.
    "SET GLOBAL TimeZone = 'UTC'",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)
_DAMAGE = re.compile(r"corrupt|not a valid duckdb|could not read enough|replaying wal|serializ|internal error", re.I)
"""What DuckDB says of a file whose content is bad; a missing right or a later version are not that."""


class BaseBusyError(ClactError):
    """Another process holds the base: exit status 3 on the command line."""


class BaseUnreadableError(ClactError):
    """The file is not a base that this tool can open."""


class BaseDamagedError(BaseUnreadableError):
    """The content of the base, or of its write-ahead log, is bad. ``sound_bytes``: how much of the log is good, when known."""

    def __init__(self, sentence: str, sound_bytes: int | None = None) -> None:
        super().__init__(sentence)
        self.sound_bytes = sound_bytes


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """Open the base alone, cut off from every other file. Raises BaseBusyError, BaseDamagedError, BaseUnreadableError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = duckdb.connect(str(path), config=dict(_SETTINGS))
    except duckdb.Error as error:
        raise _in_french(path, error) from error
    for setting in _ONCE_OPEN:
        connection.execute(setting)
    return connection


def family(path: Path) -> list[Path]:
    """The files that make up the base, those that exist."""
    return [file for suffix in FAMILY if (file := beside(path, suffix)).is_file()]


def beside(path: Path, suffix: str) -> Path:
    """``clact.duckdb`` and ``.wal`` → ``clact.duckdb.wal``."""
    return path.with_name(path.name + suffix)


def pending(path: Path) -> bool:
    """True when something is in the write-ahead log that is not in the base yet."""
    wal = beside(path, WAL)
    return wal.exists() and wal.stat().st_size > 0


def is_damage(error: duckdb.Error) -> bool:
    """True when DuckDB found bad content, as opposed to a request that it refuses."""
    return isinstance(error, duckdb.InternalException | duckdb.FatalException) or bool(_DAMAGE.search(str(error)))


def _in_french(path: Path, error: duckdb.Error) -> ClactError:
    message = str(error)
    holder = re.search(r"PID (\d+)", message)
    if "lock" in message.lower() and not is_damage(error):
        who = f" par le processus {holder[1]}" if holder else " par un autre programme"
        return BaseBusyError(
            f"La base « {path.name} » est déjà ouverte{who} : fermez-le (le tableau de bord, sans doute), puis recommencez."
        )
    sentence = f"« {path.name} » n'est pas une base lisible : restaurez une sauvegarde ou indiquez un autre fichier."
    if not is_damage(error):
        return BaseUnreadableError(sentence)
    place = re.search(r"entry at byte position (\d+)", message)
    return BaseDamagedError(sentence, int(place[1]) if place else None)

"""The safety copy: base and write-ahead log as they were before the last checkpoint, in a folder beside the base.

``clact.duckdb.secours/copie/`` holds the files and ``releve.json``, which says what they must be; ``derniere_ecriture``
holds the number of the last write that was acknowledged. DuckDB drops the end of a damaged log without a word: a base
that is behind this number has lost something.
"""

import contextlib
import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from clact_model.store.connection import FAMILY, beside

FOLDER = ".secours"
_NAME = "base.duckdb"


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy whose files were read back: the base after its ``ecritures``-th write."""

    folder: Path
    ecritures: int
    quand: datetime

    @property
    def path(self) -> Path:
        """The base itself; its log lies beside it."""
        return self.folder / _NAME


def folder(path: Path) -> Path:
    """Where the copy of this base lies."""
    return beside(path, FOLDER)


def take(path: Path) -> Path:
    """Copy the closed base, read the copy back; gives a folder to :func:`keep` or :func:`drop`.

    The base must be closed: on POSIX, reading it beside an open connection would release that connection's lock.
    Raises OSError, for one when the disk is full; nothing is left then.
    """
    taken = folder(path) / "partiel"
    shutil.rmtree(taken, ignore_errors=True)
    taken.mkdir(parents=True)
    try:
        prints = copy_family(path, taken / _NAME)
        if prints != {file.name: _sha256(file) for file in taken.iterdir()}:
            raise OSError(f"« {taken} » ne se relit pas comme elle a été écrite.")
        _write_whole(taken / "releve.json", json.dumps(prints))
    except OSError:
        drop(taken)
        raise
    return taken


def keep(path: Path, taken: Path, ecritures: int) -> None:
    """The folder just taken becomes the safety copy of a base found sound at this write."""
    record = {
        "ecritures": ecritures,
        "quand": datetime.now(UTC).isoformat(),
        "fichiers": json.loads((taken / "releve.json").read_text(encoding="utf-8")),
    }
    _write_whole(taken / "releve.json", json.dumps(record))
    kept = folder(path) / "copie"
    shutil.rmtree(kept, ignore_errors=True)
    taken.rename(kept)
    _sync_folder(kept.parent)


def drop(taken: Path) -> None:
    """Leave nothing of a copy that is not to be kept."""
    shutil.rmtree(taken, ignore_errors=True)


def find(path: Path) -> Copy | None:
    """The safety copy of this base, when there is one and each of its files is as it was written."""
    kept = folder(path) / "copie"
    record = _record(kept)
    try:
        if not record or record["fichiers"] != {name: _sha256(kept / name) for name in record["fichiers"]}:
            return None
    except OSError:
        return None
    return Copy(kept, record["ecritures"], datetime.fromisoformat(record["quand"]))


def _record(kept: Path) -> dict[str, Any]:
    try:
        record = json.loads((kept / "releve.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) and {"ecritures", "quand", "fichiers"} <= record.keys() else {}


def acknowledged(path: Path) -> int:
    """The number of the last write known to have been acknowledged; 0 when nothing says it."""
    return max(_last_write(path), int(_record(folder(path) / "copie").get("ecritures", 0)))


def _last_write(path: Path) -> int:
    try:
        return int((folder(path) / "derniere_ecriture").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0


def acknowledge(path: Path, ecritures: int) -> None:
    """Keep the number of the write just committed."""
    # The write is done: a full disk or a power cut here only leaves an older number, which says less and nothing false.
    with contextlib.suppress(OSError):
        folder(path).mkdir(exist_ok=True)
        partial = folder(path) / "derniere_ecriture.partiel"
        partial.write_text(str(ecritures), encoding="ascii")
        partial.replace(folder(path) / "derniere_ecriture")


def restart(path: Path, ecritures: int) -> None:
    """Count again from this write: the base was repaired, and what it lost has been said."""
    if find(path) is None:
        forget(path)
    acknowledge(path, ecritures)


def forget(path: Path) -> None:
    """Remove the copy: another base takes this name, or personal data are to be purged from it."""
    shutil.rmtree(folder(path), ignore_errors=True)


def copy_family(source: Path, target: Path) -> dict[str, str]:
    """Copy a closed base and its log under another name, down to the disk; gives the SHA-256 of each file read."""
    prints = {}
    for suffix in FAMILY:
        if (file := beside(source, suffix)).is_file():
            copied = beside(target, suffix)
            prints[copied.name] = _copy(file, copied)
    _sync_folder(target.parent)
    return prints


def _copy(source: Path, target: Path) -> str:
    digest = hashlib.sha256()
    with source.open("rb") as read, target.open("wb") as written:
        while block := read.read(1 << 20):
            digest.update(block)
            written.write(block)
        written.flush()
        os.fsync(written.fileno())
    return digest.hexdigest()


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _write_whole(file: Path, text: str) -> None:
    with file.open("w", encoding="utf-8") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())


def _sync_folder(place: Path) -> None:
    # A name is on the disk once its folder is. Windows has no such call and needs none.
    if os.name == "posix":
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

"""A register's file as it is handed over: on disk or in memory, packed or not, read piece by piece within limits."""

import gzip
import hashlib
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, cast

from clact_model.errors import UsageError
from clact_model.intake.progress import Progress, silent
from clact_model.reading import FileRefusedError, UploadedFile
from clact_model.reading.limits import FILE_BYTES

PACKED_BYTES = 120 * 1024**2
"""The national register is some 50 MB packed, 45 MB in its old form."""
UNPACKED_BYTES = 1_500 * 1024**2
RATIO = 150
"""A register packs 15 times smaller; what unpacks to much more is made to fill the disk or the memory."""
_WITHOUT_RATIO = 8 * 1024**2
PIECE_BYTES = 16 * 1024**2
"""The most that one record of a register may take."""
PIECE = 64 * 1024
LINE_BYTES = 1024**2
DEEPEST = 1_000
"""Brackets open at once: a register has ten. The reader of JSON slows down by their square."""
GZIP = b"\x1f\x8b"


@dataclass(frozen=True)
class ReferenceFile:
    """One file. Its name comes from outside: only shown, and never a path."""

    name: str
    size: int
    opened: Callable[[], IO[bytes]]

    @classmethod
    def from_path(cls, path: Path) -> "ReferenceFile":
        """The file at ``path``, read as it is needed. Raises UsageError when it cannot be read."""
        try:
            with path.open("rb"):
                return cls(path.name, path.stat().st_size, lambda: path.open("rb"))
        except OSError as error:
            raise UsageError(f"« {path} » ne peut pas être lu : vérifiez le nom et les droits du fichier.") from error

    @classmethod
    def from_bytes(cls, name: str, content: bytes) -> "ReferenceFile":
        return cls(name, len(content), lambda: io.BytesIO(content))

    @property
    def shown_name(self) -> str:
        return UploadedFile(self.name, b"").shown_name

    @cached_property
    def sha256(self) -> str:
        with self.opened() as stream:
            return hashlib.file_digest(cast("io.BufferedReader", stream), "sha256").hexdigest()

    @cached_property
    def start(self) -> bytes:
        """Its first bytes, unpacked. Raises FileRefusedError when it cannot be unpacked."""
        with unpacked(self) as stream:
            return stream.read(4096)

    def whole(self) -> UploadedFile:
        """All of it, for the readers of spreadsheets, which refuse what is too large for them."""
        with self.opened() as stream:
            return UploadedFile(self.name, stream.read(FILE_BYTES + 1))


class Unpacked(io.RawIOBase):
    """The bytes of a file, unpacked when they are packed, counted on the way."""

    def __init__(self, packed: IO[bytes], size: int, step: str, progress: Progress) -> None:
        self._packed, self._size, self._step, self._progress = packed, size, step, progress
        is_packed = packed.read(2) == GZIP
        packed.seek(0)
        self._source: IO[bytes] = cast("IO[bytes]", gzip.GzipFile(fileobj=packed)) if is_packed else packed
        self._given = self._at_last_record = self._open_brackets = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """Raises FileRefusedError for a damaged archive, and for one that holds more than a register does."""
        try:
            piece = self._source.read(len(buffer))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise FileRefusedError(
                "L'archive .gz est incomplète ou abîmée : téléchargez le fichier de nouveau."
            ) from error
        buffer[: len(piece)] = piece
        self._given += len(piece)
        opened = piece.count(b"{") + piece.count(b"[") - piece.count(b"}") - piece.count(b"]")
        self._open_brackets = max(0, self._open_brackets + opened)
        self._check()
        self._progress(self._step, min(1.0, self._packed.tell() / max(1, self._size)))
        return len(piece)

    def record_read(self) -> None:
        """A record is complete: the next one is counted from here."""
        self._at_last_record = self._given

    def _check(self) -> None:
        much = self._given > _WITHOUT_RATIO and self._given > RATIO * max(1, self._packed.tell())
        if much or self._given > UNPACKED_BYTES:
            raise FileRefusedError(
                f"L'archive contient beaucoup plus qu'un référentiel ({self._given // 1024**2} Mo déjà dépaquetés) : "
                "elle n'est pas lue. Téléchargez le fichier à sa source officielle."
            )
        if self._given - self._at_last_record > PIECE_BYTES or self._open_brackets > DEEPEST:
            raise FileRefusedError(
                f"Le fichier contient un enregistrement de plus de {PIECE_BYTES // 1024**2} Mo, ou imbriqué sans fin : "
                "il n'est pas un référentiel."
            )


@contextmanager
def unpacked(file: ReferenceFile, step: str = "Lecture", progress: Progress = silent) -> Iterator[Unpacked]:
    """The bytes of the file, to be read in pieces. Raises FileRefusedError for a file too large."""
    if file.size > PACKED_BYTES:
        raise FileRefusedError(
            f"Le fichier est trop volumineux : plus de {PACKED_BYTES // 1024**2} Mo. Chargez-le sous sa forme .gz, ou réduit à la région."
        )
    with closing(file.opened()) as packed:
        yield Unpacked(packed, file.size, step, progress)


def lines(stream: Unpacked) -> Iterator[bytes]:
    """Line by line. Raises FileRefusedError for one that never ends."""
    buffered = io.BufferedReader(stream, LINE_BYTES)
    while line := buffered.readline(LINE_BYTES + 1):
        if len(line) > LINE_BYTES:
            raise FileRefusedError("Le fichier contient une ligne de plus de 1 Mo : il n'est pas un référentiel.")
        stream.record_read()
        yield line

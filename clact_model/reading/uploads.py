"""Files as they are handed over: a name that is only shown, and bytes."""

import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from clact_model.errors import UsageError
from clact_model.reading.limits import FILE_BYTES

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class UploadedFile:
    """One file to import. Its name comes from outside: never a path, shown through :attr:`shown_name`."""

    name: str
    content: bytes

    @classmethod
    def from_path(cls, path: "Path") -> "UploadedFile":
        """The file at ``path``; no more of it is read than is needed to refuse it. Raises UsageError without one."""
        try:
            with path.open("rb") as stream:
                return cls(path.name, stream.read(FILE_BYTES + 1))
        except OSError as error:
            raise UsageError(f"« {path} » ne peut pas être lu : vérifiez le nom et les droits du fichier.") from error

    @cached_property
    def sha256(self) -> str:
        import hashlib

        return hashlib.sha256(self.content).hexdigest()

    @property
    def shown_name(self) -> str:
        """The last part of the name, on one line, without control characters."""
        last = self.name.replace("\\", "/").rsplit("/", 1)[-1]
        return "".join(c for c in last if unicodedata.category(c)[0] != "C").strip()[:120] or "fichier"

    @property
    def extension(self) -> str:
        """``xlsx``: what the name claims, which only serves the wording of a refusal."""
        return self.shown_name.rpartition(".")[2].lower()

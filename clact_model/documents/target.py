"""A document made in memory, handed over whole."""

from pathlib import Path
from typing import BinaryIO

from clact_model.errors import ClactError

Target = Path | BinaryIO


class TargetError(ClactError):
    """The document cannot be written there."""


def deliver(content: bytes, target: Target) -> None:
    """Write the document to a path or an open binary file. Raises TargetError."""
    if not isinstance(target, Path):
        target.write(content)
        return
    try:
        target.write_bytes(content)
    except OSError as error:
        raise TargetError(
            f"« {target.name} » ne peut pas être écrit : vérifiez le dossier et les droits, et fermez le fichier s'il est ouvert."
        ) from error

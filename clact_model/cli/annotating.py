"""``--annoter DOSSIER``: copies of the imported files, with what is said of them on their cells."""

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from clact_model.errors import UsageError
from clact_model.intake import Report, UploadedFile


def folder(arguments: Namespace) -> Path | None:
    """The folder that was asked for. Raises UsageError when there is none of that name."""
    if not arguments.annoter:
        return None
    path = Path(arguments.annoter)
    if not path.is_dir():
        raise UsageError(f"Le dossier « {path} » n'existe pas : créez-le, ou donnez-en un autre à --annoter.")
    return path


def write(target: Path, files: Sequence[UploadedFile], report: Report) -> None:
    """A copy of each file of which something is said, under a name of ours; its path goes to standard error.

    The import is done by then: a copy that cannot be written is said, and its answer still comes.
    """
    from clact_model.documents.marked import about, copy_name, marked_copy

    for file in {file.sha256: file for file in files}.values():
        if about(file, report.anomalies):
            try:
                path = _written(target, copy_name(file.shown_name), marked_copy(file, report.anomalies))
                print(f"Fichier annoté : {path}", file=sys.stderr)
            except OSError:
                print(
                    f"Erreur : « {target} » ne se laisse pas écrire : vérifiez ses droits et la place.", file=sys.stderr
                )


def _written(target: Path, name: str, content: bytes) -> Path:
    """The path of the new file: what is there is never written over."""
    for path in _paths(target, name):
        try:
            with path.open("xb") as stream:
                stream.write(content)
        except FileExistsError:
            continue
        return path
    raise AssertionError("there is always one more number")


def _paths(target: Path, name: str) -> Iterator[Path]:
    stem, _, extension = name.rpartition(".")
    yield target / name
    yield from (target / f"{stem}_{number}.{extension}" for number in count(2))

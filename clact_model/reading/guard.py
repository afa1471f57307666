"""The door: each file is read in a process of its own, which may die of it (decision 0010)."""

import signal
from collections.abc import Sequence

from clact_model.reading import answer, children
from clact_model.reading.limits import FILE_BYTES, FileRefusedError
from clact_model.reading.sheet import Content
from clact_model.reading.uploads import UploadedFile

AT_ONCE = 4
"""Files read side by side."""
_TOO_LONG = [-getattr(signal, name) for name in ("SIGXCPU", "SIGALRM", "SIGKILL") if hasattr(signal, name)]


def read(file: UploadedFile) -> Content:
    """The sheets of one file. Raises FileRefusedError, with one French sentence, when nothing of it can be taken."""
    if len(file.content) > FILE_BYTES:
        raise FileRefusedError(f"Le fichier est trop volumineux : plus de {FILE_BYTES // 1024**2} Mo. Découpez-le.")
    child = children.taken()
    try:
        said, status = children.asked(child, file.extension[:8].encode(errors="replace") + b"\n" + file.content)
    finally:
        children.prepare()
    return understood(said, status, file.shown_name)


def understood(said: bytes, status: int, fichier: str) -> Content:
    """The answer of a child that ended with this status. Raises the refusal that it gives, or one that says why it gives none."""
    try:
        if status == 0:
            return answer.understood(said, fichier)
    except ValueError:
        pass
    why = (
        "elle prenait trop de temps"
        if status in _TOO_LONG
        else "elle demandait trop de mémoire, ou le fichier est abîmé"
    )
    raise FileRefusedError(
        f"La lecture de « {fichier} » a été arrêtée : {why}. Copiez les seules données utiles, en valeurs, dans un "
        "classeur neuf, puis importez-le."
    )


def read_all(files: Sequence[UploadedFile]) -> list[Content | FileRefusedError]:
    """The sheets of each file, or its refusal; several are read side by side."""
    if len(files) < 2:
        return [_outcome(file) for file in files]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(_outcome, files))


def _outcome(file: UploadedFile) -> Content | FileRefusedError:
    try:
        return read(file)
    except FileRefusedError as refusal:
        return refusal

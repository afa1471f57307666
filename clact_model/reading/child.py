"""The process in which a file is read: it starts, reads one file under limits, answers, and ends.

A file can make a library use all the memory, run for ever, or abort the process: it is this one that ends. It imports
little, for it starts anew at each file, and nothing of one file is left when the next one comes.
"""

import gc
import os
import signal
import sys
from contextlib import suppress

from clact_model.reading import answer, kinds
from clact_model.reading.limits import FILE_BYTES, UNPACKED_BYTES, FileRefusedError
from clact_model.reading.sheet import Content

try:
    import resource
except ImportError:  # Windows: there, the parent's wait alone ends the child.
    resource = None  # type: ignore[assignment]

WALL_SECONDS = 60
"""The child ends itself then, even without a parent to stop it."""
_MEMORY = 192 * 1024**2
_MEMORY_EACH_BYTE = 5
"""Memory allowed: what Python and the libraries take, and so much for each byte of the file and of what it unpacks to."""
_CPU_SECONDS = 2
_BYTES_A_SECOND = 4 * 1024**2
"""A fifth of the speed measured on a quiet machine: a sound file must pass on a busy one."""


def main() -> None:
    """Read what the standard input gives, the extension of a file and its bytes; write what it holds, or why it is refused."""
    gc.disable()  # Nothing here lives long enough to be worth collecting.
    from clact_model.reading import archive, workbook  # noqa: F401 while it waits: most files are workbooks

    extension, file = sys.stdin.buffer.readline().strip().decode(), sys.stdin.buffer.read()
    said, sys.stdout = sys.stdout.buffer, sys.stderr
    if hasattr(signal, "alarm"):
        signal.alarm(WALL_SECONDS)
    allow(memory=len(file), work=len(file))
    try:
        said.write(answer.content(_read(file, extension)))
    except FileRefusedError as refused:
        said.write(answer.refusal(refused))
    said.flush()
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(0)  # What was read needs no taking apart.


def _read(file: bytes, extension: str) -> Content:
    if not kinds.is_archive(file):
        if file.lstrip().startswith(b"{"):
            from clact_model.reading import platform_answer

            if platform_answer.is_answer(file):
                return platform_answer.read("", file)
        kinds.refuse_what_is_no_table(file, extension)
        from clact_model.reading import delimited

        return Content("", (delimited.read("", file),))
    from clact_model.reading import workbook
    from clact_model.reading.archive import Archive

    archive = Archive(file)
    allow(memory=len(file), work=archive.declared)
    findings = workbook.look_through(archive)
    allow(memory=len(file) + archive.unpacked, work=archive.unpacked)
    return workbook.read("", file, findings)


def allow(memory: int, work: int) -> None:
    """Limit memory and processor to what a sound file takes that holds, and makes read, so many bytes. Not on Windows."""
    if resource is not None:
        _limit(resource.RLIMIT_AS, _allowed(memory), _allowed(FILE_BYTES + UNPACKED_BYTES))
        _limit(resource.RLIMIT_CPU, _CPU_SECONDS + work // _BYTES_A_SECOND, WALL_SECONDS)
        _limit(resource.RLIMIT_CORE, 0, 0)


def _allowed(size: int) -> int:
    return _MEMORY + _MEMORY_EACH_BYTE * size


def _limit(kind: int, soft: int, hard: int) -> None:
    allowed = resource.getrlimit(kind)[1]
    hard = hard if allowed == resource.RLIM_INFINITY else min(hard, allowed)
    with suppress(ValueError, OSError):  # Some systems refuse a limit that they do not keep.
        resource.setrlimit(kind, (min(soft, hard), hard))

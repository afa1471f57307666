"""The processes in which files are read: started, asked once, ended. One waits ahead, so that a file need not."""

import atexit
import os
import sys
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from subprocess import Popen

WAIT_SECONDS = 60.0
ANSWER_BYTES = 512 * 1024**2
_READER = "import sys; sys.path += sys.argv[1:]; from clact_model.reading import child; child.main()"
_NEEDED = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""What a system may need to start Python at all."""
_waiting: "list[Popen[bytes]]" = []
_lock = Lock()


def start(program: str = _READER) -> "Popen[bytes]":
    """A new child that runs ``program``. It has no environment, no file of ours open, nothing of the user's settings."""
    import subprocess
    from pathlib import Path

    project = str(Path(__file__).resolve().parents[2])
    return subprocess.Popen(
        # -I, -S: our own paths come last, after the library's.
        [sys.executable, "-I", "-S", "-c", program, project, *filter(None, sys.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in _NEEDED if name in os.environ},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def asked(child: "Popen[bytes]", question: bytes, seconds: float = WAIT_SECONDS) -> tuple[bytes, int]:
    """What the child answers and its exit status: negative, the signal that ended it. It is gone on return."""
    from threading import Timer

    late = Timer(seconds, child.kill)
    late.start()
    try:
        assert child.stdin and child.stdout
        with suppress(OSError):  # It may end before it has read all.
            child.stdin.write(question)
            child.stdin.close()
        said = child.stdout.read(ANSWER_BYTES)
        if child.stdout.read(1):
            child.kill()
        return said, child.wait()
    finally:
        late.cancel()
        end(child)


def prepare() -> None:
    """Start a child ahead of the next file, unless one waits already."""
    with _lock:
        if not _waiting:
            _waiting.append(start())


def taken() -> "Popen[bytes]":
    """The child that waits, or else a new one."""
    with _lock:
        waiting = _waiting.pop() if _waiting else None
    if waiting is not None and waiting.poll() is None:
        return waiting
    return start()


def end(child: "Popen[bytes]") -> None:
    """End a child, whatever it does, and leave nothing of it."""
    child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()


@atexit.register
def end_waiting() -> None:
    """No child outlives its parent: one that is killed closes the pipe on which the child waits, which ends it too."""
    with _lock:
        while _waiting:
            end(_waiting.pop())


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_waiting.clear)  # A child belongs to one parent.

"""Whether the disk has room. Asked before writing: what DuckDB does on a full disk goes from an error to the end of the process."""

import shutil
from pathlib import Path

MARGIN = 16 << 20
"""Bytes left free for what else the machine writes, and for the log of an ordinary write."""


def for_bytes(path: Path, needed: int = 0) -> bool:
    """True when the disk of this base takes so many bytes and keeps its margin."""
    return shutil.disk_usage(path.parent).free >= needed + MARGIN

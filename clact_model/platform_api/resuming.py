"""The pages read so far, kept beside the base until the reading is complete: after a cut, they are not asked for again."""

import contextlib
import json
import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

KEPT_FOR = timedelta(hours=12)
"""Beyond, the pages are too old to be completed by newer ones."""


class KeptPages:
    """The pages of one reading. ``asked``: what it asks; pages kept for another question are not taken."""

    def __init__(self, path: Path, asked: Mapping[str, object], now: datetime) -> None:
        self._path = path
        self.started = now
        self.pages: list[dict[str, Any]] = []
        header, pages = _kept(path)
        if header is not None and header["asked"] == asked:
            started = datetime.fromisoformat(header["started"])
            if timedelta(0) <= now - started <= KEPT_FOR:
                self.started, self.pages = started, pages
        # Written anew: what a cut left of a last page must not stand before the next one.
        self._path.unlink(missing_ok=True)
        self._write({"asked": dict(asked), "started": self.started.isoformat()})
        for page in self.pages:
            self._write(page)

    def add(self, page: dict[str, Any]) -> None:
        """Keep one more page."""
        self.pages.append(page)
        self._write(page)

    def forget(self) -> None:
        """The reading is complete."""
        self._path.unlink(missing_ok=True)

    def _write(self, line: Mapping[str, Any]) -> None:
        # Dossiers name people: the file is for its owner alone. A full disk only costs the resuming.
        with contextlib.suppress(OSError):
            opened = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with os.fdopen(opened, "a", encoding="utf-8") as stream:
                stream.write(json.dumps(line) + "\n")


def _kept(path: Path) -> tuple[dict[str, Any] | None, list[dict[str, Any]]]:
    """The first line and the whole pages after it; None when there is nothing that can be used."""
    try:
        header, *pages = map(json.loads, _whole_lines(path))
        return (header, pages) if {"asked", "started"} <= header.keys() else (None, [])
    except (OSError, ValueError, AttributeError, RecursionError):
        return None, []


def _whole_lines(path: Path) -> list[str]:
    """The lines that were written to their end."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return lines[:-1]

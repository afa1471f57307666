"""Servers of Streamlit and the browser that looks at them. Memory is read in /proc: Linux only."""

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import bases
from benchmarks.measuring import MissingToolError
from clact_model import paths
from tests.conftest import NO_BROWSER, browser_path
from tests.navigateur.conftest import ARGUMENTS

DASHBOARD = (sys.executable, "-m", "streamlit", "run", str(paths.ROOT / "app.py"), "--server.port", "0")
HELLO = (
    *(sys.executable, "-m", "streamlit", "hello", "--server.port", "0", "--server.address", "localhost"),
    *("--server.headless", "true", "--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none"),
)


@dataclass(frozen=True)
class Server:
    """A running server; ``started``: when its process was asked for (``time.time``)."""

    url: str
    process: subprocess.Popen[str]
    started: float

    def memory(self) -> float:
        """Resident memory of the process and those it started, in MB; pages that they share count for each."""
        return sum(_resident(pid) for pid in _family(self.process.pid))


@contextmanager
def serving(command: Sequence[str], folder: Path, base: Path | None = None) -> Iterator[Server]:
    """A server that has said its address."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CLACT_", "STREAMLIT_"))}
    if base:
        environment |= {"CLACT_BASE": str(base), "CLACT_AUJOURDHUI": bases.today().isoformat()}
    started = time.time()
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        assert process.stdout
        address = next((found[0] for line in process.stdout if (found := re.search(r"http://localhost:\d+", line))), "")
        assert address, "the server did not start"
        # The pipe is read to the end: a full one would stop the server.
        threading.Thread(target=process.stdout.read, daemon=True).start()
        yield Server(address, process, started)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium as the tests open it. Raises MissingToolError."""
    found = browser_path()
    if found is None:
        raise MissingToolError(NO_BROWSER)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield opened
        opened.close()


@contextmanager
def page(opened: Browser) -> Iterator[Page]:
    """A page that remembers nothing of those before."""
    context = opened.new_context(locale="fr-FR", timezone_id="Europe/Paris", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [pid, *(found for child in children for found in _family(int(child)))]


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    held = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(held[1]) / 1024 if held else 0.0

"""What tests share: the real server, and which browser there is."""

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from clact_model import demo
from clact_model.store import Base

ROOT = Path(__file__).resolve().parent.parent
NO_BROWSER = "aucun navigateur : indiquez-le par CLACT_CHROMIUM, ou installez « chromium »"
_CLACT_VARIABLES = ("CLACT_BASE", "CLACT_AUJOURDHUI", "CLACT_UTILISATEUR")


def browser_path() -> str | None:
    """The browser of the tests: ``CLACT_CHROMIUM``, else ``chromium`` on the path."""
    return os.environ.get("CLACT_CHROMIUM") or shutil.which("chromium")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser; without one the test is skipped, or fails where ``CLACT_NAVIGATEUR=exige``."""
    found = browser_path()
    if found:
        return found
    if os.environ.get("CLACT_NAVIGATEUR") == "exige":
        pytest.fail(NO_BROWSER, pytrace=False)
    pytest.skip(NO_BROWSER)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for all the tests that a missing browser left out."""
    skipped = [report for report in terminalreporter.getreports("skipped") if NO_BROWSER in str(report.longrepr)]
    if skipped:
        terminalreporter.write_line(f"Tests en navigateur non exécutés ({len(skipped)}) : {NO_BROWSER}.")


@dataclass
class Server:
    """A running dashboard: its address, and what it has written to its log."""

    url: str
    process: subprocess.Popen[str]
    log: list[str] = field(default_factory=list)

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()


Start = Callable[..., Server]


@pytest.fixture(scope="session")
def start() -> Iterator[Start]:
    """Starts the dashboard as `make run` does, on a free port: ``start(base, folder, CLACT_AUJOURDHUI=…)``."""
    servers: list[Server] = []

    def start_server(base: Path | None, folder: Path = ROOT, **variables: str) -> Server:
        # Whatever is set where the tests run is not part of them.
        environment = {name: value for name, value in os.environ.items() if name not in _CLACT_VARIABLES} | variables
        if base:
            environment["CLACT_BASE"] = str(base)
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(folder / "app.py"), "--server.port", "0"],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        server = Server("", process)
        servers.append(server)
        assert process.stdout
        for line in process.stdout:
            server.log.append(line)
            if address := re.search(r"http://localhost:\d+", line):
                server.url = address[0]
                break
        else:
            pytest.fail(f"the server did not start:\n{''.join(server.log)}")
        # The pipe is read to the end: a full one would stop the server.
        threading.Thread(target=server.log.extend, args=(process.stdout,), daemon=True).start()
        return server

    yield start_server
    for server in servers:
        server.stop()


@pytest.fixture(scope="session")
def received(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base that holds the dossiers of every call of the demonstration, taken in once for all the processes of a run.

    Copy it: two processes cannot open one base, and what a test writes is its own.
    """
    folder = tmp_path_factory.getbasetemp()
    shared = (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "recus.duckdb"
    if shared.exists():
        return shared
    base = Base(folder / "recus_en_cours.duckdb")
    demo.ensure_received(base)
    base.close()
    # In one step: another process sees all of it, or makes its own.
    return base.path.replace(shared)


def fresh_clone(folder: Path) -> Path:
    """The project as a stranger gets it, compiled: no base yet, so that the demo opens."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("pages", "clact_model", "data", ".streamlit"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("*.duckdb*", "*.wal"))
    shutil.copy(ROOT / "app.py", folder)
    return folder


@pytest.fixture(scope="session")
def empty_site(start: Start, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """The dashboard on an empty base. Shared: for tests that write nothing."""
    return start(tmp_path_factory.mktemp("vide") / "vide.duckdb")


@pytest.fixture(scope="session")
def demo_site(start: Start, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """The dashboard of a fresh clone, on the demo. Shared: for tests that write nothing."""
    return start(None, fresh_clone(tmp_path_factory.mktemp("clone")))

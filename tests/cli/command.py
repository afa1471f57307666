"""Runs a verb of the command line and reads its one JSON document."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from clact_model.cli.main import main

BASE = "essai.duckdb"
_VERBS = """
import contextlib, io, json, sys
from clact_model.cli.main import main
for verb in json.loads(sys.argv[1]):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        status = main(verb)
    assert status == 0, (verb, out.getvalue())
    print(json.dumps(json.loads(out.getvalue())))
"""


def in_a_process(folder: Path, variables: Mapping[str, str], *verbs: Sequence[str]) -> list[Any]:
    """The document of each verb, run one after the other by one process of its own, on the tool that lies in ``folder``."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CLACT_")} | variables
    asked = json.dumps([[verb[0], "--json", *verb[1:]] for verb in verbs])
    command = [sys.executable, "-X", "utf8", "-c", _VERBS, asked]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def imported(folder: Path, programme: str, *workbooks: Path) -> Path:
    """A folder with a base into which the command line has taken these workbooks: for :meth:`Command.beginning_with`."""
    for workbook in workbooks:
        main(["importer", str(workbook), "--programme", programme, "--base", str(folder / BASE), "--accepter"])
    return folder


class Answer(NamedTuple):
    """What a verb gave."""

    status: int
    document: Any
    errors: str


class Command:
    """The command line on one base."""

    def __init__(self, base: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.base = base
        self._capsys = capsys
        self._monkeypatch = monkeypatch
        monkeypatch.delenv("CLACT_BASE", raising=False)
        monkeypatch.delenv("CLACT_AUJOURDHUI", raising=False)

    def beginning_with(self, folder: Path) -> "Command":
        """Work on a copy of the base of that folder, with all that lies beside it."""
        shutil.copytree(folder, self.base.parent, dirs_exist_ok=True)
        return self

    def on(self, day: str) -> "Command":
        """Judge on that day."""
        self._monkeypatch.setenv("CLACT_AUJOURDHUI", day)
        return self

    def __call__(self, verb: str, *arguments: object) -> Answer:
        """Run ``verb --json``; the base is added where the verb takes one."""
        base = [] if verb in ("programmes", "modele") else ["--base", str(self.base)]
        self._capsys.readouterr()
        try:
            status = main([verb, "--json", *base, *map(str, arguments)])
        except SystemExit as stop:
            status = int(str(stop.code))
        out, errors = self._capsys.readouterr()
        return Answer(status, json.loads(out) if out else None, errors)

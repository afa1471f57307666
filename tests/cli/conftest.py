"""The command line on an empty base."""

from pathlib import Path

import pytest

from tests.cli.command import BASE, Command


@pytest.fixture
def clact(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    return Command(tmp_path / BASE, capsys, monkeypatch)

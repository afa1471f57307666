"""A platform that answers on this computer, and a base to read it into."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from clact_model.programme import Programme, load_all
from clact_model.store import Base
from tests.platform_api import server


@pytest.fixture(scope="session")
def programme() -> Programme:
    return load_all().get("hauts_de_france_2022")


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    opened = Base(tmp_path / "base.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def platform(monkeypatch: pytest.MonkeyPatch) -> Iterator[server.Platform]:
    """The platform, its address and a token in the environment."""
    with server.running(server.Platform()) as running:
        monkeypatch.setenv("CLACT_DS_URL", running.address)
        monkeypatch.setenv("CLACT_JETON_DS", server.TOKEN)
        yield running

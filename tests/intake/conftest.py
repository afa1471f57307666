"""A base of its own for each test, and a real programme."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from clact_model.programme import Programme, load_all
from clact_model.store import Base


@pytest.fixture(scope="session")
def programme() -> Programme:
    return load_all().get("hauts_de_france_2022")


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    opened = Base(tmp_path / "base.duckdb")
    yield opened
    opened.close()

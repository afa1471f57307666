"""The demonstration of every call, in one base that the tests of this folder share: none of them writes to it."""

from pathlib import Path

import pytest

from clact_model import demo
from clact_model.store import Base


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    path: Path = tmp_path_factory.mktemp("essai") / "demo.duckdb"
    found = Base(path)
    demo.ensure_received(found)
    return found

"""A base of grants for each test, and one for tests that write nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from clact_model.store import Base
from tests.statements.builders import followed


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    opened = followed(tmp_path)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    opened = followed(tmp_path_factory.mktemp("suivi"))
    yield opened
    opened.close()

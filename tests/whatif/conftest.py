"""The demonstration of every call, in one base that the tests of this folder share: none of them writes to it."""

import shutil
from pathlib import Path

import pytest

from clact_model.store import Base


@pytest.fixture(scope="session")
def base(received: Path, tmp_path_factory: pytest.TempPathFactory) -> Base:
    return Base(Path(shutil.copy(received, tmp_path_factory.mktemp("essai"))))

"""A base that holds two dossiers, the first with two lines."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from clact_model.store import Base
from tests.facts import put
from tests.pages.walk import programme


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Base]:
    monkeypatch.setenv("CLACT_UTILISATEUR", "Camille Essai")
    opened = Base(tmp_path / "essai.duckdb")
    put(opened, programme(), {"numero": "1", "raison_sociale": "CH d'essai"}, [{"intitule": "A"}, {"intitule": "B"}])
    put(opened, programme(), {"numero": "2"}, [])
    yield opened
    opened.close()

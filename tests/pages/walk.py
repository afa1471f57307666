"""A page of the dashboard, run without a browser on a base of one's own."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from streamlit.testing.v1 import AppTest

from clact_model import intake, paths
from clact_model.programme import Programme, load_all
from clact_model.store import Base
from clact_model.store.connection import WAL, beside

PROGRAMME = "normandie_2025"
DAY = date(2025, 5, 15)
Open = Callable[..., AppTest]


@cache
def programme() -> Programme:
    """The programme that the tests of screens work on: it grades, defers and completes."""
    return load_all().programmes[PROGRAMME]


@cache
def _filled() -> Path:
    path = Path(mkdtemp()) / "remplie.duckdb"
    base = Base(path)
    files = [intake.UploadedFile.from_path(paths.DEMO_FOLDER / f"{PROGRAMME}.xlsx")]
    intake.write(base, programme(), intake.preview(base, programme(), files), operation="remplir")
    base.close()
    return path


def filled_copy(folder: Path) -> Path:
    """A base of its own that holds the demonstration of the programme."""
    return Path(shutil.copy(_filled(), folder / "remplie.duckdb"))


@pytest.fixture
def filled() -> Iterator[Path]:
    """The demonstration of the programme, shared so that it is judged once: for tests that write nothing."""
    shared = _filled()
    log = beside(shared, WAL)
    before = log.exists() and log.stat().st_size
    yield shared
    assert (log.exists() and log.stat().st_size) == before, "this test writes: give it a base of its own, `written`"


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """The same, for a test that writes."""
    return filled_copy(tmp_path)


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    return tmp_path / "vide.duckdb"


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Open:
    """``open_page(base, "instruction/dossiers.py", verdict="Recevable")``: the page at that address."""

    def run(base: Path, page: str, **address: str) -> AppTest:
        monkeypatch.setenv("CLACT_BASE", str(base))
        monkeypatch.setenv("CLACT_AUJOURDHUI", DAY.isoformat())
        monkeypatch.setenv("CLACT_UTILISATEUR", "Camille Essai")
        test = AppTest.from_file(str(paths.ROOT / "app.py"), default_timeout=60)
        # Before the first run: the dashboard would be computed for nothing.
        test.switch_page(f"pages/{page}")
        for name, value in {"programme": programme().titre, **address}.items():
            test.query_params[name] = value
        test.run()
        sane(test)
        return test

    return run


def sane(test: AppTest) -> None:
    """No exception, no incident."""
    assert not test.exception, [found.value for found in test.exception]
    assert not [found.value for found in test.error if "Incident" in found.value]


def words(test: AppTest) -> str:
    """All that a reader finds in the body of the page."""
    blocks = (*test.main.markdown, *test.main.caption, *test.main.info, *test.main.success, *test.main.warning)
    return "\n".join(
        str(found.value)
        for found in (*test.main.title, *test.main.subheader, *blocks, *test.main.error, *test.main.text)
    )

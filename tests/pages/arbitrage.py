"""The pages of the section Arbitrage, run without a browser, on a base of a test."""

import shutil
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from streamlit.testing.v1 import AppTest

from clact_model import intake, paths
from clact_model.programme import Programme, load_all
from clact_model.store import Base

PROGRAMME = "guadeloupe_2023"
"""A call whose text gives no envelope, with a priority field."""
DAY = date(2023, 11, 20)


@cache
def programme() -> Programme:
    """The call of PROGRAMME, as its file says it."""
    return load_all().programmes[PROGRAMME]


def empty(folder: Path) -> Path:
    """A base without a dossier."""
    path = folder / "vide.duckdb"
    Base(path).close()
    return path


@cache
def _filled() -> Path:
    path = Path(mkdtemp()) / "pleine.duckdb"
    base = Base(path)
    report = intake.preview(base, programme(), [intake.UploadedFile.from_path(paths.DEMO_FOLDER / f"{PROGRAMME}.xlsx")])
    intake.write(base, programme(), report)
    base.close()
    return path


def filled(folder: Path) -> Path:
    """A base of its own that holds the demo of PROGRAMME."""
    return Path(shutil.copy(_filled(), folder))


def opened(page: str, base: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """A page on that base, run once, with PROGRAMME chosen in the sidebar."""
    monkeypatch.setenv("CLACT_BASE", str(base))
    monkeypatch.setenv("CLACT_AUJOURDHUI", DAY.isoformat())
    monkeypatch.setenv("CLACT_UTILISATEUR", "Analyste d'essai")
    app = AppTest.from_file(str(paths.ROOT / "app.py"), default_timeout=60)
    app.session_state["programme"] = PROGRAMME
    app.switch_page(f"pages/arbitrage/{page}.py")
    return run(app)


def run(app: AppTest) -> AppTest:
    """Run the page; an exception that it let through fails the test."""
    app.run()
    assert not app.exception, app.exception[0].message
    return app


def figures(app: AppTest) -> dict[str, str]:
    """Label → value of the headline figures."""
    return {metric.label: metric.value for metric in app.metric}

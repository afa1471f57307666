"""Where the project, its data and the base lie. Defaults start at the project's root."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
PROGRAMMES = DATA / "programmes"
SOURCES = DATA / "sources"
DICTIONARY = DATA / "dictionnaire.csv"
VALUE_LABELS = DATA / "valeurs.csv"
OTHER_WRITINGS = DATA / "ecritures.csv"
FOLLOW_UP_FILES = DATA / "fichiers_suivi.csv"
DEMO_FOLDER = DATA / "demo"
DEMO_BASE = DATA / "demo.duckdb"
FOLLOWED_DEMO_BASE = DATA / "demo_suivi.duckdb"
DEFAULT_BASE = DATA / "clact.duckdb"


def configured_base() -> Path | None:
    """The base named by ``CLACT_BASE`` (a relative path starts at the project's root), or None."""
    named = os.environ.get("CLACT_BASE", "").strip()
    return (ROOT / named).resolve() if named else None


def base_path() -> Path:
    """The base that the command line works on when ``--base`` is not given."""
    return configured_base() or DEFAULT_BASE

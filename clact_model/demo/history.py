"""The programmes that only the demonstration has: earlier calls whose text is not among our sources, invented and said so."""

from pathlib import Path

from clact_model import paths
from clact_model.programme import Catalogue, load_all

HISTORY = paths.DEMO_FOLDER / "historique"


def with_history(shipped: Catalogue, sources: Path = paths.SOURCES) -> Catalogue:
    """The programmes given, then those of the demonstration alone."""
    earlier = load_all(HISTORY, sources)
    return Catalogue({**shipped.programmes, **earlier.programmes}, (*shipped.faults, *earlier.faults))

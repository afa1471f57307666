"""What the first page needs, loaded while the browser of the first visitor loads Streamlit's own page."""

import importlib
import threading

MODULES = (
    "pandas",
    "pages.components.campaign.dashboard",
    "pages.components.judged",
    "pages.components.sidebar",
    "plotly.graph_objects",
)


def start() -> None:
    """Load in the background: the server answers meanwhile, and a page that comes sooner waits for what it lacks."""
    threading.Thread(target=_load, name="prechargement", daemon=True).start()


def _load() -> None:
    for module in MODULES:
        importlib.import_module(module)

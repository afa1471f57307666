"""What `.streamlit/config.toml` promises, read by Streamlit itself."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from streamlit import config

FILE = Path(__file__).parent.parent / ".streamlit" / "config.toml"
PROMISED = {
    "server.address": "localhost",
    "server.headless": True,
    "server.allowedHosts": ["localhost", "127.0.0.1"],
    "server.enableCORS": True,
    "server.enableXsrfProtection": True,
    "server.maxUploadSize": 20,
    "server.fileWatcherType": "none",
    "server.enableStaticServing": False,
    "server.enableAgentApi": False,
    "global.disableWidgetStateDuplicationWarning": True,
    "browser.gatherUsageStats": False,
    "client.toolbarMode": "viewer",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.disableDataExport": True,
    "runner.postScriptGC": False,
}


def _options(table: dict[str, Any], above: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in table.items():
        found |= _options(value, f"{above}{name}.") if isinstance(value, dict) else {f"{above}{name}": value}
    return found


OPTIONS = _options(tomllib.loads(FILE.read_text(encoding="utf-8")))


@pytest.mark.parametrize(("option", "value"), PROMISED.items())
def test_the_option_has_the_promised_value(option: str, value: object) -> None:
    assert OPTIONS[option] == value


def test_every_option_is_one_that_this_streamlit_knows() -> None:
    # An option that Streamlit does not know is ignored with a warning: the promise would be empty.
    assert not set(OPTIONS) - set(config.get_config_options())


def test_no_port_is_fixed() -> None:
    assert "server.port" not in OPTIONS


def test_the_theme_fetches_nothing() -> None:
    assert "http" not in str({name: value for name, value in OPTIONS.items() if name.startswith("theme")})


def test_there_are_enough_colours_for_plotly() -> None:
    # Streamlit 1.67 replaces ten places of its plotly theme; with fewer colours all of them are lost.
    assert len(OPTIONS["theme.chartCategoricalColors"]) >= 10
    assert len(set(OPTIONS["theme.chartCategoricalColors"])) == len(OPTIONS["theme.chartCategoricalColors"])


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("background", ["theme.backgroundColor", "theme.secondaryBackgroundColor"])
@pytest.mark.parametrize("text", ["theme.textColor", "theme.primaryColor", "theme.linkColor"])
def test_text_stands_out_from_its_background(text: str, background: str) -> None:
    assert _contrast(OPTIONS[text], OPTIONS[background]) >= 4.5


@pytest.mark.parametrize("colour", OPTIONS["theme.chartCategoricalColors"])
def test_a_bar_stands_out_from_the_page(colour: str) -> None:
    assert _contrast(colour, OPTIONS["theme.backgroundColor"]) >= 3

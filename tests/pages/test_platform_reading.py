"""The import screen reads the platform where the server holds a token, and only there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.walk import Open, empty, open_page, sane, words  # noqa: F401
from tests.platform_api import server

PAGE = "campagne/importer.py"


@pytest.fixture
def platform(monkeypatch: pytest.MonkeyPatch) -> Iterator[server.Platform]:
    with server.running(server.Platform(page=100)) as running:
        monkeypatch.setenv("CLACT_DS_URL", running.address)
        monkeypatch.setenv("CLACT_JETON_DS", server.TOKEN)
        yield running


def _read(test: AppTest, number: int = server.DEMARCHE) -> AppTest:
    test.main.number_input(key="plateforme_demarche").set_value(number).run()
    test.main.button(key="plateforme_lire").click().run()
    sane(test)
    return test


def test_without_a_token_nothing_is_offered(
    open_page: Open,  # noqa: F811
    empty: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CLACT_JETON_DS", raising=False)
    assert not open_page(empty, PAGE).main.number_input


def test_what_was_read_is_shown_then_written_as_a_file_is(
    open_page: Open,  # noqa: F811
    empty: Path,  # noqa: F811
    platform: server.Platform,
) -> None:
    test = _read(open_page(empty, PAGE))
    assert {metric.label: metric.value for metric in test.main.metric}["Nouveaux"] == "60"
    assert server.TOKEN not in words(test)
    for box in test.main.checkbox:
        if box.label.startswith("J'ai lu"):
            box.check()
    test.run()
    test.main.button(key="import_ecrire").click().run()
    sane(test)
    assert "C'est écrit" in words(test)
    # The next reading asks only for what changed.
    _read(test)
    assert [asked["since"] is None for asked in platform.asked] == [True, False]


def test_a_refusal_is_said_and_the_files_dropped_stay_possible(
    open_page: Open,  # noqa: F811
    empty: Path,  # noqa: F811
    platform: server.Platform,
) -> None:
    test = _read(open_page(empty, PAGE), 1)
    assert "ne connaît pas la démarche 1" in words(test)
    assert test.main.file_uploader

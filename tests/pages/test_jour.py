"""The day judged, chosen in the sidebar: every page follows it, links carry it, the environment goes before it."""

from datetime import date
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from clact_model import paths
from tests.pages.walk import DAY, Open, empty, filled, open_page, programme, sane, words  # noqa: F401

OTHER_DAY = date(2025, 7, 3)
FOOT = "jour jugé : {:%d/%m/%Y}"


def opened(base: Path, monkeypatch: pytest.MonkeyPatch, **address: str) -> AppTest:
    """The dashboard without CLACT_AUJOURDHUI."""
    monkeypatch.setenv("CLACT_BASE", str(base))
    test = AppTest.from_file(str(paths.ROOT / "app.py"), default_timeout=60)
    for name, value in {"programme": programme().titre, **address}.items():
        test.query_params[name] = value
    test.run()
    sane(test)
    return test


def address(test: AppTest) -> str:
    """The day in the address; empty when there is none."""
    found = test.query_params.get("jour", [""])
    return found if isinstance(found, str) else found[0]


def test_without_a_choice_it_is_today_and_the_address_says_nothing(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811  # fmt: skip
    test = opened(filled, monkeypatch)
    assert FOOT.format(test.sidebar.date_input[0].value) in words(test)
    assert address(test) == ""
    assert "et non à aujourd'hui" not in words(test)


def test_a_day_chosen_is_judged_said_and_kept_in_the_address(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811  # fmt: skip
    test = opened(filled, monkeypatch)
    test.sidebar.date_input[0].set_value(OTHER_DAY).run()
    sane(test)
    assert FOOT.format(OTHER_DAY) in words(test)
    assert "**3 juillet 2025**, et non à aujourd'hui" in words(test)
    assert address(test) == OTHER_DAY.isoformat()


def test_every_link_carries_the_day(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    test = opened(filled, monkeypatch, jour=OTHER_DAY.isoformat())
    links = test.get("page_link")
    assert links
    assert {tuple(parse_qs(link.proto.query_string)["jour"]) for link in links} == {(OTHER_DAY.isoformat(),)}


def test_one_click_goes_back_to_today(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    test = opened(filled, monkeypatch, jour=OTHER_DAY.isoformat())
    next(button for button in test.main.button if button.label == "Revenir à aujourd'hui").click().run()
    sane(test)
    assert address(test) == ""
    assert FOOT.format(OTHER_DAY) not in words(test)


def test_another_programme_is_judged_on_its_own_day(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    test = opened(filled, monkeypatch, jour=OTHER_DAY.isoformat())
    test.sidebar.selectbox[0].select("grand_est_2024").run()
    sane(test)
    assert address(test) == ""


def test_what_is_no_day_is_left_aside(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    test = opened(filled, monkeypatch, jour="31/02/2025")
    assert "et non à aujourd'hui" not in words(test)


def test_the_day_of_the_environment_goes_first_and_locks_the_choice(open_page: Open, filled: Path) -> None:  # noqa: F811
    test = open_page(filled, "instruction/dossiers.py", jour=OTHER_DAY.isoformat())
    field = test.sidebar.date_input[0]
    assert (field.value, field.disabled) == (DAY, True)
    assert any("CLACT_AUJOURDHUI" in caption.value for caption in test.sidebar.caption)
    assert FOOT.format(DAY) in words(test)


def test_it_is_chosen_on_an_empty_base_too(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    test = opened(empty, monkeypatch, jour=OTHER_DAY.isoformat())
    assert FOOT.format(OTHER_DAY) in words(test)


def test_an_empty_day_is_written_in_french_on_every_page(open_page: Open, empty: Path) -> None:  # noqa: F811
    app = open_page(empty, "instruction/dossiers.py")
    styles = "".join(found.proto.body for found in app.get("html"))
    assert all(f'content: "{word}"' in styles for word in ("jj", "mm", "aaaa"))

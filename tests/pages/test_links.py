"""Links: each names its programme, so that a new tab opens the same call."""

from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from clact_model import paths
from clact_model.programme import load_all
from tests.pages.walk import Open, empty, filled, open_page, programme, sane  # noqa: F401

OTHER = next(one for one in load_all().programmes.values() if one.id != programme().id)
PAGES = (
    "campagne/tableau_de_bord.py",
    "instruction/dossiers.py",
    "instruction/fiche_dossier.py",
    "instruction/recevabilite.py",
)


@pytest.mark.parametrize("page", PAGES)
def test_every_link_names_its_programme(page: str, open_page: Open, filled: Path) -> None:  # noqa: F811
    links = open_page(filled, page).get("page_link")
    assert links
    assert {tuple(parse_qs(link.proto.query_string)["appel"]) for link in links} == {(programme().id,)}


def test_a_link_opened_in_a_new_tab_opens_its_programme(
    filled: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CLACT_BASE", str(filled))
    test = AppTest.from_file(str(paths.ROOT / "app.py"), default_timeout=60)
    test.query_params["appel"] = programme().id
    test.run()
    sane(test)
    assert test.sidebar.selectbox[0].value == programme().id
    assert test.query_params["programme"] == programme().titre
    assert "appel" not in test.query_params


def test_the_programme_chosen_here_goes_before_that_of_a_link(open_page: Open, filled: Path) -> None:  # noqa: F811
    test = open_page(filled, PAGES[0])
    test.sidebar.selectbox[0].select(OTHER.id).run()
    test.query_params["appel"] = programme().id
    test.run()
    assert test.sidebar.selectbox[0].value == OTHER.id

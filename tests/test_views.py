"""Saved views: filters under a name, never overwritten in silence."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from clact_model import views
from clact_model.overview import Filters
from clact_model.programme import load_all
from clact_model.store import Base, entries
from tests.pages.walk import programme

PROGRAMME = programme()
FILTERS = Filters(texte="chute", verdict=("recevable", "sursis"), instructeur=("", "Dominique"))


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    opened = Base(tmp_path / "vues.duckdb")
    yield opened
    opened.close()


def test_a_view_comes_back_as_it_was_saved(base: Base) -> None:
    views.save(base, PROGRAMME, "  À  relancer ", FILTERS)
    (view,) = views.of_programme(base.cursor(), PROGRAMME)
    assert (view.nom, view.filtres) == ("À relancer", FILTERS)


def test_a_taken_name_is_asked_about_and_replaced_only_when_that_is_said(base: Base) -> None:
    views.save(base, PROGRAMME, "À relancer", FILTERS)
    with pytest.raises(views.ViewTakenError, match="existe déjà"):
        views.save(base, PROGRAMME, "À relancer", Filters())
    assert views.of_programme(base.cursor(), PROGRAMME)[0].filtres == FILTERS
    views.save(base, PROGRAMME, "À relancer", Filters(secteur=("sanitaire",)), replace=True)
    (view,) = views.of_programme(base.cursor(), PROGRAMME)
    assert view.filtres == Filters(secteur=("sanitaire",))
    assert entries(base.cursor(), PROGRAMME.id)[0].detail == "Vue « À relancer » remplacée"


def test_a_view_belongs_to_its_programme(base: Base) -> None:
    views.save(base, PROGRAMME, "À relancer", FILTERS)
    other = next(one for one in load_all().programmes.values() if one.id != PROGRAMME.id)
    assert views.of_programme(base.cursor(), other) == []


def test_a_deleted_view_is_gone_and_cannot_be_deleted_again(base: Base) -> None:
    views.save(base, PROGRAMME, "À relancer", FILTERS)
    views.delete(base, PROGRAMME, "À relancer")
    assert views.of_programme(base.cursor(), PROGRAMME) == []
    with pytest.raises(views.ViewNameError, match="Aucune vue"):
        views.delete(base, PROGRAMME, "À relancer")


@pytest.mark.parametrize("nom", ["", "  ", "x" * 61, "a\x07b"])
def test_a_name_that_is_none_is_refused(base: Base, nom: str) -> None:
    with pytest.raises(views.ViewNameError, match="1 à 60 caractères"):
        views.save(base, PROGRAMME, nom, FILTERS)


def test_a_filter_that_the_tool_no_longer_has_is_left_out(base: Base) -> None:
    views.save(base, PROGRAMME, "Ancienne", FILTERS)
    base.cursor().execute("""UPDATE vue SET filtres = '{"verdict": ["sursis"], "couleur": ["rouge"]}'""")
    assert views.of_programme(base.cursor(), PROGRAMME)[0].filtres == Filters(verdict=("sursis",))


def test_the_same_press_twice_saves_once(base: Base) -> None:
    for _ in range(2):
        views.save(base, PROGRAMME, "À relancer", FILTERS, operation="clic")
    assert len(entries(base.cursor(), PROGRAMME.id)) == 1

"""The four programmes that the tool ships."""

import pytest

from clact_model import paths
from clact_model.programme import Programme, load_all
from clact_model.programme.checks import quotes

CATALOGUE = load_all()
each_programme = pytest.mark.parametrize("programme", CATALOGUE.programmes.values(), ids=lambda p: p.id)


def one_space(text: str) -> str:
    return " ".join(text.split())


def test_the_four_calls_load_without_a_fault() -> None:
    assert CATALOGUE.faults == ()
    assert set(CATALOGUE.programmes) == {"grand_est_2024", "normandie_2025", "guadeloupe_2023", "hauts_de_france_2022"}


@each_programme
def test_every_quote_stands_in_its_source(programme: Programme) -> None:
    found = list(quotes(programme.file))
    assert len(found) > len(programme.file.regle)
    for place, quote in found:
        text = (paths.SOURCES / quote.source).read_text(encoding="utf-8")
        assert one_space(quote.texte) in one_space(text), place


@each_programme
def test_every_rule_says_what_it_stops_and_quotes_its_text(programme: Programme) -> None:
    for rule in programme.file.regle:
        assert rule.citation
        assert rule.message.endswith(".")


@each_programme
def test_criteria_weigh_the_same_until_the_analyst_says_otherwise(programme: Programme) -> None:
    assert len(set(programme.weights().values())) == 1


@each_programme
def test_a_theme_serves_an_axis_and_a_stake_of_the_compass(programme: Programme) -> None:
    for theme in programme.file.thematique:
        assert theme.axe
        assert theme.enjeu_has

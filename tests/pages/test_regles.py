"""The programme read aloud."""

from pathlib import Path

import pytest

from clact_model import paths
from pages.components.text import plain
from tests.pages.walk import Open, empty, filled, open_page, programme, words  # noqa: F401

PAGE = "campagne/regles.py"


@pytest.mark.parametrize("base", ["empty", "filled"])
def test_every_rule_is_read_with_its_quote_and_its_source(
    base: str,
    open_page: Open,  # noqa: F811
    request: pytest.FixtureRequest,
) -> None:
    said = words(open_page(request.getfixturevalue(base), PAGE))
    source = plain(programme().file.source[0].titre)
    for rule in programme().file.regle:
        assert f"Règle {rule.id}" in said
    assert said.count(source) >= len(programme().file.regle)
    assert "Notre lecture" in said


def test_a_rule_says_how_many_it_stops(open_page: Open, filled: Path) -> None:  # noqa: F811
    assert "dit non à 4 dossiers" in words(open_page(filled, PAGE))


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("Aide et paramètres", "Taux maximal de l\\'aide : **50\u202f%**"),
        ("Priorités", "Prévention primaire ou secondaire"),
        ("Calendrier et suivi", "Par année de réalisation"),
        ("Points ouverts", "Les outils de GRH sont exclus"),
        ("Textes", "aucun fichier fautif"),
    ],
)
def test_every_part_of_the_programme_is_read(part: str, said: str, open_page: Open, empty: Path) -> None:  # noqa: F811
    assert said in words(open_page(empty, PAGE, partie=part))


def test_a_quote_can_be_found_in_the_text_in_full(open_page: Open, empty: Path) -> None:  # noqa: F811
    test = open_page(empty, PAGE, partie="Textes")
    text = (paths.SOURCES / programme().file.source[0].fichier).read_text(encoding="utf-8")
    assert text.strip() in {found.value.strip() for found in test.main.text}

"""Pairs of dossiers are shown with their reasons, compared, and settled on the screen."""

from pathlib import Path

from clact_model import duplicates
from clact_model.programme import load_one
from clact_model.store import Base
from tests.pages.walk import PROGRAMME, Open, empty, filled, open_page, sane, words, written  # noqa: F401

PAGE = "instruction/doublons.py"


def test_without_a_dossier_the_way_to_the_import_is_shown(open_page: Open, empty: Path) -> None:  # noqa: F811
    assert "Aucun dossier n'est encore importé" in words(open_page(empty, PAGE))


def test_the_pairs_are_listed_with_their_reasons(open_page: Open, filled: Path) -> None:  # noqa: F811
    test = open_page(filled, PAGE)
    sane(test)
    shown = test.dataframe[0].value
    assert len(shown) > 0
    assert shown["raisons"].str.contains("Même SIRET|Même FINESS|Même entité|Même intitulé|Noms? ").all()


def test_what_was_settled_is_listed_apart_and_can_be_taken_back(open_page: Open, written: Path) -> None:  # noqa: F811
    programme = load_one(PROGRAMME)
    base = Base(written)
    pair = duplicates.pairs(base.cursor(), programme)[0]
    duplicates.settle_distinct(base, programme, pair.premier, pair.second, "Deux sites")
    base.close()
    test = open_page(written, PAGE)
    sane(test)
    settled = test.dataframe[-1].value
    assert settled[["premier", "second", "decision", "motif"]].to_numpy().tolist() == [
        [pair.premier, pair.second, "Deux dossiers différents", "Deux sites"]
    ]
    assert "1 paire tranchée" in words(test)

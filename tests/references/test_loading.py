"""A register is loaded once, by date, and what it does not give stays."""

from datetime import date

import pytest

from clact_model import references
from clact_model.references import OlderReferenceError
from clact_model.store import Base, entries
from tests.references import builders


def _sites(base: Base) -> list[tuple[object, ...]]:
    return (
        base.cursor().execute("SELECT finess, raison_sociale, siret, ouvert FROM etablissement ORDER BY 1").fetchall()
    )


def test_a_newer_extraction_replaces_what_it_holds_and_leaves_the_rest(base: Base) -> None:
    lines = builders.etalab_line(), builders.etalab_line(finess=builders.OTHER, nom="CH DE LENS")
    references.load(base, builders.read("e.csv", builders.etalab(*lines)))
    newer = builders.entity(builders.site(nom="CHU DE LILLE", siret=None))
    assert references.load(base, builders.new_register(newer)) == "charge"
    assert _sites(base) == [
        (builders.SITE, "CHU DE LILLE", None, True),
        (builders.OTHER, "CH DE LENS", builders.SITE_SIRET, None),
    ]
    assert [one.extrait_le for one in references.loaded(base.cursor())] == [date(2026, 9, 11), date(2026, 5, 12)]


def test_an_older_extraction_is_asked_about_then_loaded_on_a_word(base: Base) -> None:
    references.load(base, builders.new_register())
    older = builders.read("e.csv", builders.etalab(builders.etalab_line(nom="ANCIEN NOM")))
    with pytest.raises(OlderReferenceError, match=r"12/05/2026.*11/09/2026"):
        references.load(base, older)
    assert _sites(base)[0][1] == "CH DE LILLE"
    assert references.load(base, older, accept=True) == "charge"
    assert _sites(base)[0][1] == "ANCIEN NOM"


def test_a_light_list_changes_only_the_columns_that_it_has(base: Base) -> None:
    references.load(base, builders.new_register())
    references.load(base, builders.read("liste_20261001.csv", "FINESS;Commune\n590000014;Lomme\n"))
    row = base.cursor().execute("SELECT raison_sociale, siret, commune FROM etablissement").fetchone()
    assert row == ("CH DE LILLE", builders.SITE_SIRET, "Lomme")


def test_a_list_of_groups_keeps_the_names_of_the_entities_and_the_reverse(base: Base) -> None:
    groups = "DENOMINATION GHT;CODE GHT;FINESS\nLille Métropole;R-01;590780193\n"
    references.load(base, builders.read("ght.csv", groups))
    references.load(base, builders.new_register())
    row = base.cursor().execute("SELECT raison_sociale, ght FROM entite_juridique").fetchone()
    assert row == ("CHU", "Lille Métropole")


def test_the_same_file_is_loaded_once(base: Base) -> None:
    assert references.load(base, builders.new_register()) == "charge"
    writes = len(entries(base.cursor()))
    assert references.load(base, builders.new_register()) == "deja_charge"
    assert len(entries(base.cursor())) == writes


def test_the_same_operation_twice_writes_once(base: Base) -> None:
    for _ in range(2):
        references.load(base, builders.new_register(), accept=True, operation="charger-1")
    assert [entry.nature for entry in entries(base.cursor())] == ["charger_reference"]


def test_loading_a_register_leaves_verdicts_as_they_were_computed(base: Base) -> None:
    before = base.version()
    references.load(base, builders.new_register())
    assert base.version() == before

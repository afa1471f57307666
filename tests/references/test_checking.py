"""Each difference between a dossier and the register is shown, and writing alone makes none."""

from typing import Any

import pytest

from clact_model import references
from clact_model.programme import Programme
from clact_model.references.names import look_alike
from clact_model.store import Base
from tests import facts
from tests.references import builders

AGREEING = {
    "numero": "D1",
    "raison_sociale": "Centre hospitalier de Lille",
    "finess": builders.SITE,
    "siret": builders.SITE_SIRET,
    "departement": "59",
    "statut": "public",
    "secteur": "sanitaire",
    "ght": "Lille Métropole",
    "finess_juridique": builders.ENTITY,
}


def _check(base: Base, programme: Programme, *entities: Any, **changes: Any) -> list[tuple[str, str]]:
    facts.put(base, programme, {**AGREEING, **changes}, [])
    given = entities or (builders.entity(),)
    references.load(base, builders.new_register(*given, ght={"GHT de Lille-Métropole": ["1"]}))
    return [(one.champ, one.genre) for one in references.check(base.cursor(), programme)]


def test_without_a_register_nothing_differs(base: Base, programme: Programme) -> None:
    facts.put(base, programme, {**AGREEING, "finess": "590000022"}, [])
    assert references.check(base.cursor(), programme) == []


def test_a_dossier_that_agrees_has_no_difference(base: Base, programme: Programme) -> None:
    assert _check(base, programme) == []


@pytest.mark.parametrize(
    ("changes", "difference"),
    [
        ({"raison_sociale": "Clinique des Tilleuls"}, ("raison_sociale", "nom")),
        ({"departement": "62"}, ("departement", "valeur")),
        ({"statut": "prive_lucratif"}, ("statut", "valeur")),
        ({"secteur": "medico_social"}, ("secteur", "valeur")),
        ({"ght": "Artois"}, ("ght", "valeur")),
        ({"ght": "Hors GHT"}, ("ght", "valeur")),
        ({"finess_juridique": builders.OTHER}, ("finess_juridique", "valeur")),
        ({"siret": builders.OTHER_SIRET}, ("siret", "valeur")),
        ({"finess": "590000022", "siret": None, "finess_juridique": None}, ("finess", "inconnu")),
        ({"finess": "590000015"}, ("finess", "cle")),
        ({"finess": builders.ENTITY}, ("finess", "entite")),
        ({"finess": None, "siret": None}, ("finess", "entite")),
    ],
)
def test_each_difference_is_shown_alone(
    changes: dict[str, Any], difference: tuple[str, str], base: Base, programme: Programme
) -> None:
    assert _check(base, programme, **changes) == [difference]


def test_an_empty_field_is_no_difference(base: Base, programme: Programme) -> None:
    empty = dict.fromkeys(["raison_sociale", "siret", "departement", "statut", "secteur", "ght", "finess_juridique"])
    assert _check(base, programme, **empty) == []


def test_a_closed_establishment_is_said_with_its_day(base: Base, programme: Programme) -> None:
    assert _check(base, programme, builders.entity(builders.site(ferme_le="2025-12-31"))) == [("finess", "ferme")]
    (found,) = references.check(base.cursor(), programme)
    assert "31/12/2025" in found.phrase


def test_the_number_of_an_entity_names_its_establishments(base: Base, programme: Programme) -> None:
    sites = builders.site(), builders.site(builders.OTHER, builders.OTHER_SIRET, nom="USLD DE LILLE")
    _check(base, programme, builders.entity(*sites), finess=builders.ENTITY, siret=None)
    (found,) = references.check(base.cursor(), programme)
    assert f"{builders.SITE} CH DE LILLE, {builders.OTHER} USLD DE LILLE" in found.phrase


def test_an_unknown_number_is_found_by_the_siret(base: Base, programme: Programme) -> None:
    _check(base, programme, finess="590000022")
    (found,) = references.check(base.cursor(), programme)
    assert (found.genre, found.referentiel, found.certitude) == ("inconnu", builders.SITE, "siret")


def test_a_siret_of_two_establishments_finds_none(base: Base, programme: Programme) -> None:
    sites = builders.site(), builders.site(builders.OTHER)
    facts.put(base, programme, {"numero": "D1", "siret": builders.SITE_SIRET, "departement": "62"}, [])
    references.load(base, builders.new_register(builders.entity(*sites)))
    assert references.check(base.cursor(), programme) == []
    assert references.proposals(base.cursor(), programme) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CH DE COMPIÈGNE", "Centre Hospitalier de Compiegne"),
        ("Fondation Hopale", "HOPALE (FONDATION)"),
        ("C.H. ST QUENTIN", "Centre hospitalier de Saint-Quentin"),
        ("EHPAD Les Tilleuls", "RESIDENCE LES TILLEULS"),
        ("CHU Lille", "CHU DE LILLE"),
        ("Centre hospitalier", "CENTRE HOSPITALIER"),
    ],
)
def test_the_same_name_otherwise_written_is_no_difference(one: str, other: str) -> None:
    assert look_alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Centre hospitalier de Lens", "Centre hospitalier de Lille"),
        ("EHPAD Les Tilleuls", "EHPAD Les Acacias"),
        ("Clinique du Parc", "Polyclinique Vauban"),
    ],
)
def test_two_establishments_of_one_kind_are_two(one: str, other: str) -> None:
    assert not look_alike(one, other)

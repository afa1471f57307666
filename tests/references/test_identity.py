"""An establishment keeps one identity over the years and the calls."""

from clact_model import references
from clact_model.programme import Programme, load_all
from clact_model.store import Base
from tests import facts
from tests.references import builders


def _links(base: Base, programme: Programme, numero: str) -> list[tuple[str, str, str]]:
    found = references.same_establishment(base.cursor(), programme, numero)
    return [(one.programme, one.numero, one.lien) for one in found]


def test_the_same_number_ties_dossiers_of_every_call(base: Base, programme: Programme) -> None:
    other = load_all().get("normandie_2025")
    facts.put(base, programme, {"numero": "A", "finess": builders.SITE}, [])
    facts.put(
        base, other, {"numero": "A", "finess": builders.SITE}, [{"montant_demande": 100}, {"montant_demande": 50}]
    )
    facts.put(base, other, {"numero": "B", "finess": builders.OTHER}, [])
    assert _links(base, programme, "A") == [(other.id, "A", "etablissement")]
    (found,) = references.same_establishment(base.cursor(), programme, "A")
    assert found.demande == 150


def test_a_finess_and_a_siret_are_tied_by_the_register(base: Base, programme: Programme) -> None:
    facts.put(base, programme, {"numero": "A", "finess": builders.SITE}, [])
    facts.put(base, programme, {"numero": "B", "siret": builders.SITE_SIRET}, [])
    assert _links(base, programme, "A") == []
    references.load(base, builders.new_register())
    assert _links(base, programme, "A") == [(programme.id, "B", "etablissement")]


def test_two_sites_of_one_entity_are_tied_at_its_level(base: Base, programme: Programme) -> None:
    references.load(base, builders.new_register(builders.entity(builders.site(), builders.site(builders.OTHER, None))))
    facts.put(base, programme, {"numero": "A", "finess": builders.SITE}, [])
    facts.put(base, programme, {"numero": "B", "finess": builders.OTHER}, [])
    facts.put(base, programme, {"numero": "C", "finess": builders.ENTITY}, [])
    assert _links(base, programme, "A") == [(programme.id, "B", "entite"), (programme.id, "C", "entite")]


def test_two_dossiers_that_nothing_identifies_are_not_the_same(base: Base, programme: Programme) -> None:
    for numero in "AB":
        facts.put(base, programme, {"numero": numero}, [])
    assert _links(base, programme, "A") == []

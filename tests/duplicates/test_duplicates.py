"""Dossiers that may be one: each pair with its reason, settled once by a person."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clact_model import dossiers, duplicates, eligibility
from clact_model.errors import UsageError
from clact_model.programme import load_one
from clact_model.store import Base, entries
from tests import facts
from tests.decision.builders import put_decision

PROGRAMME = load_one("hauts_de_france_2022")


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    opened = Base(tmp_path / "base.duckdb")
    yield opened
    opened.close()


def put(base: Base, numero: str, intitule: str = "", montant: str = "100.00", **dossier: Any) -> None:
    facts.put(
        base, PROGRAMME, {"numero": numero, **dossier}, [{"intitule": intitule or numero, "montant_demande": montant}]
    )


def found(base: Base) -> dict[tuple[str, str], tuple[str, ...]]:
    return {(pair.premier, pair.second): pair.raisons for pair in duplicates.pairs(base.cursor(), PROGRAMME)}


def test_the_same_identifiers_make_a_pair_with_its_reasons(base: Base) -> None:
    put(base, "A1", finess="590000014", siret="26417776700011")
    put(base, "A2", finess="590000014", siret="26417776700011")
    put(base, "A3", siret="26417776700029")
    pairs = found(base)
    assert pairs["A1", "A2"][:2] == ("Même SIRET (26417776700011)", "Même FINESS (590000014)")
    assert pairs["A1", "A3"] == ("Même entité juridique (SIREN 264177767)",)


def test_the_same_title_and_amount_in_one_departement_make_a_pair(base: Base) -> None:
    put(base, "A1", "Achat de rails", departement="59")
    put(base, "A2", "achat de RAILS", departement="59")
    put(base, "A3", "Achat de rails", departement="62")
    put(base, "A4", "Achat de rails", "100.01", departement="59")
    assert set(found(base)) == {("A1", "A2")}


def test_names_that_differ_by_a_letter_make_a_pair_and_others_do_not(base: Base) -> None:
    put(base, "A1", raison_sociale="EHPAD Les Tilleuls", departement="59")
    put(base, "A2", raison_sociale="Ehpad les Tilleul", departement="59")
    put(base, "A3", raison_sociale="EHPAD Les Acacias", departement="59")
    assert set(found(base)) == {("A1", "A2")}
    assert found(base)["A1", "A2"] == ("Noms presque égaux (« EHPAD Les Tilleuls », « Ehpad les Tilleul »)",)


def test_a_pair_said_to_be_two_dossiers_no_longer_waits_and_is_remembered(base: Base) -> None:
    put(base, "A1", finess="590000014")
    put(base, "A2", finess="590000014")
    duplicates.settle_distinct(base, PROGRAMME, "A2", "A1", "Deux unités")
    (pair,) = duplicates.pairs(base.cursor(), PROGRAMME)
    assert pair.settled is not None
    assert (pair.settled.decision, pair.settled.motif) == ("distincts", "Deux unités")
    with pytest.raises(UsageError, match="déjà été tranchés"):
        duplicates.settle_distinct(base, PROGRAMME, "A1", "A2", "encore")


def test_a_double_is_set_aside_no_longer_judged_and_can_be_taken_back(base: Base) -> None:
    put(base, "A1", finess="590000014")
    put(base, "A2", finess="590000014")
    duplicates.settle_double(base, PROGRAMME, "A1", "A2", "Envoyé deux fois", operation="op-1")
    duplicates.settle_double(base, PROGRAMME, "A1", "A2", "Envoyé deux fois", operation="op-1")
    assert judged(base) == ["A1"]
    assert [one.motif for one in dossiers.set_aside(base.cursor(), PROGRAMME)] == ["Doublon de A1 : Envoyé deux fois"]
    assert any(entry.champ == "mise_de_cote" for entry in entries(base.cursor(), PROGRAMME.id, "A2"))
    duplicates.reopen(base, PROGRAMME, "A1", "A2")
    assert judged(base) == ["A1", "A2"]
    assert duplicates.pairs(base.cursor(), PROGRAMME)[0].settled is None


def test_a_dossier_withdrawn_by_its_establishment_is_set_aside_with_a_reason(base: Base) -> None:
    put(base, "A1", finess="590000014")
    with pytest.raises(UsageError, match="motif"):
        duplicates.set_aside(base, PROGRAMME, "A1", " ")
    duplicates.set_aside(base, PROGRAMME, "A1", "Retiré par courrier du 3 mai")
    assert judged(base) == []
    duplicates.put_back(base, PROGRAMME, "A1")
    assert judged(base) == ["A1"]
    with pytest.raises(UsageError, match="pas été mis de côté"):
        duplicates.put_back(base, PROGRAMME, "A1")


def test_a_dossier_that_is_not_there_cannot_be_settled(base: Base) -> None:
    put(base, "A1", finess="590000014")
    with pytest.raises(UsageError, match="« A9 » n'est pas dans la base"):
        duplicates.settle_double(base, PROGRAMME, "A1", "A9", "motif")
    assert duplicates.pairs(base.cursor(), PROGRAMME) == []


def judged(base: Base) -> list[str]:
    cursor = base.cursor()
    return [one.numero for one in eligibility.judged(eligibility.judge(cursor, PROGRAMME, date(2022, 6, 1)))]


@settings(max_examples=15, deadline=None)
@given(order=st.permutations(["A1", "A2", "A3", "A4"]))
def test_the_order_of_the_dossiers_changes_no_pair(order: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    base = Base(tmp_path_factory.mktemp("doublons") / "base.duckdb")
    names = {"A1": "CH Test", "A2": "C.H. Test", "A3": "CH Test", "A4": "Clinique"}
    for numero in order:
        put(base, numero, "Rails", raison_sociale=names[numero], departement="59")
    lines = "Même intitulé et même montant (« Rails », 100,00\u00a0€)"
    every = {("A1", "A2"), ("A1", "A3"), ("A1", "A4"), ("A2", "A3"), ("A2", "A4"), ("A3", "A4")}
    assert {pair for pair, reasons in found(base).items() if lines in reasons} == every
    assert ("A1", "A3") in found(base)
    assert "Même nom" in found(base)["A1", "A3"]
    base.close()


def test_a_decided_dossier_is_not_set_aside(base: Base) -> None:
    put(base, "A1", finess="590000014")
    put(base, "A2", finess="590000014")
    put_decision(base, PROGRAMME, "A1", "refuse")
    put_decision(base, PROGRAMME, "A2", "propose")
    for attempt in (
        lambda: duplicates.set_aside(base, PROGRAMME, "A1", "Retiré"),
        lambda: duplicates.settle_double(base, PROGRAMME, "A2", "A1", "Envoyé deux fois"),
    ):
        with pytest.raises(UsageError, match="A1 est déjà décidé"):
            attempt()
    assert judged(base) == ["A1", "A2"]
    duplicates.set_aside(base, PROGRAMME, "A2", "Retiré")
    assert judged(base) == ["A1"]

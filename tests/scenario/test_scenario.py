"""A simulation kept under a name is found again as it was."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from clact_model import scenario, store
from clact_model.scenario import Basis, ScenarioDamagedError, ScenarioNameError
from tests.allocation.campaign import TODAY, campaign, dossier

DOSSIERS = (
    dossier("1"),
    dossier("2", actions=[{"agents_concernes": 300}, {}]),
    dossier("3", "RIB inconnu"),
    dossier("4", "déposé le 11 mai à 0 h 00"),
)


@pytest.fixture
def call(tmp_path):
    return campaign(tmp_path, *DOSSIERS)


def basis(call) -> Basis:
    return Basis(TODAY, call.programme.version, call.base.version(), {"agents": Decimal("2.5")}, {"taux": "0.40"})


@pytest.mark.parametrize("unite", ["dossier", "action"])
def test_a_scenario_is_read_back_as_it_was_saved(call, unite):
    result = call.run("50000", unite=unite, reserve=Decimal(5000), inclure=frozenset({"a_verifier"}))
    kept = basis(call)
    scenario.save(call.base, call.programme, "Comité de mars", result, kept)
    found = scenario.load(call.base.cursor(), call.programme, "Comité de mars")
    assert found.result.to_json() == result.to_json()
    assert (found.settings, found.basis, found.nom) == (result.settings, kept, "Comité de mars")
    assert found.basis.aujourdhui == date(2024, 6, 15)


def test_a_taken_name_is_refused_and_the_scenario_stays(call):
    scenario.save(call.base, call.programme, "Mars", call.run("50000"), basis(call))
    with pytest.raises(ScenarioNameError, match="Un scénario « Mars » existe déjà"):
        scenario.save(call.base, call.programme, " Mars ", call.run("10000"), basis(call))
    assert scenario.load(call.base.cursor(), call.programme, "Mars").result.enveloppe == 50000


def test_a_scenario_is_replaced_only_on_demand_and_leaves_no_line_behind(call):
    scenario.save(call.base, call.programme, "Mars", call.run("50000", unite="action"), basis(call))
    by_dossier = call.run("10000")
    scenario.save(call.base, call.programme, "Mars", by_dossier, basis(call), replace=True)
    assert scenario.load(call.base.cursor(), call.programme, "Mars").result.to_json() == by_dossier.to_json()
    assert scenario.names(call.base.cursor(), call.programme) == ["Mars"]


def test_each_saving_leaves_a_line_in_the_journal(call):
    scenario.save(call.base, call.programme, "Mars", call.run("50000"), basis(call))
    entry = store.entries(call.base.cursor(), call.programme.id)[0]
    assert entry.nature == "enregistrer_scenario"
    assert "Scénario « Mars » enregistré : classement_continu par dossier, enveloppe 50" in (entry.detail or "")


def test_an_operation_done_twice_is_done_once(call):
    for _ in range(2):
        scenario.save(call.base, call.programme, "Mars", call.run("50000"), basis(call), operation="clic-1")
    assert len([e for e in store.entries(call.base.cursor()) if e.nature == "enregistrer_scenario"]) == 1


def test_scenarios_of_another_programme_are_not_seen(call):
    scenario.save(call.base, call.programme, "Mars", call.run("50000"), basis(call))
    other = replace(call.programme, file=call.programme.file.model_copy(update={"id": "autre_2026"}))
    assert scenario.names(call.base.cursor(), other) == []
    with pytest.raises(ScenarioNameError, match="Aucun scénario « Mars » pour ce programme ; enregistrés : aucun"):
        scenario.load(call.base.cursor(), other, "Mars")


@pytest.mark.parametrize("nom", ["", "   ", "x" * 81, "a\x00b", "a\u202eb"])
def test_a_name_that_cannot_be_shown_is_refused(call, nom):
    with pytest.raises(ScenarioNameError, match="1 à 80 caractères"):
        scenario.save(call.base, call.programme, nom, call.run("50000"), basis(call))


@pytest.mark.parametrize(
    "harm", ["UPDATE scenario_ligne SET accorde = accorde / 2", "DELETE FROM scenario_ligne WHERE accorde > 0"]
)
def test_a_damaged_scenario_is_not_shown(call, harm):
    scenario.save(call.base, call.programme, "Mars", call.run("50000"), basis(call))
    with call.base.write("essai") as writing:
        writing.cursor.execute(harm)
    with pytest.raises(ScenarioDamagedError, match="ne contient plus ce qui y a été écrit"):
        scenario.load(call.base.cursor(), call.programme, "Mars")


def test_a_simulation_that_is_not_saved_writes_nothing(call):
    before = call.base.version()
    call.run("50000")
    assert call.base.version() == before
    assert scenario.names(call.base.cursor(), call.programme) == []

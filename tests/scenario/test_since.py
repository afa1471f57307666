"""A saved scenario knows whether its dossiers have changed since."""

from decimal import Decimal

from clact_model import eligibility, scenario, scoring
from clact_model.scenario import Basis
from clact_model.scenario.since import operations_since
from tests.allocation.campaign import TODAY, campaign, dossier


def _saved(call):
    basis = Basis(TODAY, call.programme.version, call.base.version())
    scenario.save(call.base, call.programme, "Mars", call.run("50000"), basis)
    return scenario.load(call.base.cursor(), call.programme, "Mars")


def test_nothing_is_said_while_nothing_has_changed(tmp_path):
    call = campaign(tmp_path, dossier("1"))
    assert operations_since(call.base.cursor(), call.programme, _saved(call)) == []


def test_another_scenario_and_a_grid_change_no_dossier(tmp_path):
    call = campaign(tmp_path, dossier("1"))
    kept = _saved(call)
    scenario.save(call.base, call.programme, "Avril", call.run("10000"), kept.basis)
    scoring.save_grid(call.base, call.programme, "Essai", {"agents": Decimal(2)})
    assert operations_since(call.base.cursor(), call.programme, kept) == []


def test_an_override_is_told_with_its_dossier(tmp_path):
    call = campaign(tmp_path, dossier("1"))
    kept = _saved(call)
    eligibility.override(call.base, call.programme, TODAY, "1", "irrecevable", "Retiré par l'établissement.")
    (told,) = operations_since(call.base.cursor(), call.programme, kept)
    assert "dossier 1" in told

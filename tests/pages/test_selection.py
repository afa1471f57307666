"""Sélection: the lists of a saved scenario, and what has changed since."""

from decimal import Decimal
from pathlib import Path

import pytest

from clact_model import allocation, eligibility, scenario, simulation
from clact_model.allocation import Settings
from clact_model.store import Base
from tests.pages import arbitrage
from tests.pages.arbitrage import DAY, figures


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """The demo, with one saved scenario of 1 000 000 €."""
    path = arbitrage.filled(tmp_path)
    opened, programme = Base(path), arbitrage.programme()
    ready = simulation.prepare(opened.cursor(), programme, DAY)
    result = allocation.run(ready.lines, Settings(Decimal(1_000_000), reserve=Decimal(50_000)))
    scenario.save(opened, programme, "Comité de juin", result, ready.basis)
    opened.close()
    return path


def test_an_empty_base_says_what_to_do(tmp_path, monkeypatch):
    app = arbitrage.opened("selection", arbitrage.empty(tmp_path), monkeypatch)
    assert "Aucun dossier" in app.info[0].value


def test_without_a_scenario_the_way_leads_to_the_envelope(tmp_path, monkeypatch):
    app = arbitrage.opened("selection", arbitrage.filled(tmp_path), monkeypatch)
    assert "essayez une enveloppe" in app.info[0].value


def test_the_three_lists_hold_every_request_and_their_totals_the_grants(base, monkeypatch):
    app = arbitrage.opened("selection", base, monkeypatch)
    totals, *lists = (table.value for table in app.dataframe)
    assert totals["liste"].tolist() == ["Sélection", "Liste d'attente", "Non retenus"]
    assert totals["dossiers"].tolist() == [len(table) for table in lists[:3]]
    assert totals["accorde"].tolist() == [table["accorde"].sum() for table in lists[:3]]
    assert figures(app)["Réserve"].replace("\u202f", " ") == "50 000,00\u00a0€"


def test_a_scenario_on_the_same_data_warns_of_nothing(base, monkeypatch):
    app = arbitrage.opened("selection", base, monkeypatch)
    assert not app.warning
    assert any("Enregistré le" in caption.value for caption in app.caption)


def test_a_dossier_changed_since_is_told(base, monkeypatch):
    opened = Base(base)
    numero = opened.cursor().execute("SELECT min(numero) FROM dossier").fetchone()[0]
    eligibility.override(opened, arbitrage.programme(), DAY, numero, "irrecevable", "Retrait de l'établissement.")
    opened.close()
    app = arbitrage.opened("selection", base, monkeypatch)
    assert "Les données ont changé depuis" in app.warning[0].value


def test_the_context_names_programme_version_data_and_settings(base, monkeypatch):
    app = arbitrage.opened("selection", base, monkeypatch)
    facts = dict(zip(app.dataframe[-1].value["fait"], app.dataframe[-1].value["valeur"], strict=True))
    assert facts["Version du programme"] == arbitrage.programme().version
    assert facts["Scénario"] == "Comité de juin"
    assert "Version des données" in facts
    assert "Grand nombre d'agents" in facts["Poids des critères"]

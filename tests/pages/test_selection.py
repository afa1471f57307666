"""Sélection: the lists of a saved scenario, and what has changed since."""

import shutil
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from clact_model import allocation, decision, eligibility, scenario, simulation
from clact_model.allocation import Settings
from clact_model.store import Base
from pages.components import base as screens
from tests.pages import arbitrage
from tests.pages.arbitrage import DAY, figures


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, with one saved scenario of 1 000 000 €, judged once for the tests that only look."""
    path = arbitrage.filled(tmp_path_factory.mktemp("selection"))
    opened, programme = Base(path), arbitrage.programme()
    ready = simulation.prepare(opened.cursor(), programme, DAY)
    result = allocation.run(ready.lines, Settings(Decimal(1_000_000), reserve=Decimal(50_000)))
    scenario.save(opened, programme, "Comité de juin", result, ready.basis)
    opened.close()
    return path


@pytest.fixture
def base(saved: Path, tmp_path: Path) -> Path:
    """A copy of its own."""
    return Path(shutil.copy(saved, tmp_path))


def test_an_empty_base_says_what_to_do(tmp_path, monkeypatch):
    app = arbitrage.opened("selection", arbitrage.empty(tmp_path), monkeypatch)
    assert "Aucun dossier" in app.info[0].value


def test_without_a_scenario_the_way_leads_to_the_envelope(tmp_path, monkeypatch):
    app = arbitrage.opened("selection", arbitrage.filled(tmp_path), monkeypatch)
    assert "essayez une enveloppe" in app.info[0].value


def test_the_three_lists_hold_every_request_and_their_totals_the_grants(saved, monkeypatch):
    app = arbitrage.opened("selection", saved, monkeypatch)
    totals, *lists = (table.value for table in app.dataframe)
    assert totals["liste"].tolist() == ["Sélection", "Liste d'attente", "Non retenus"]
    assert totals["dossiers"].tolist() == [len(table) for table in lists[:3]]
    assert totals["accorde"].tolist() == [table["accorde"].sum() for table in lists[:3]]
    assert figures(app)["Réserve"].replace("\u202f", " ") == "50 000,00\u00a0€"


def test_a_scenario_on_the_same_data_warns_of_nothing(saved, monkeypatch):
    app = arbitrage.opened("selection", saved, monkeypatch)
    assert not app.warning
    assert any("Enregistré le" in caption.value for caption in app.caption)


def test_a_dossier_changed_since_is_told(base, monkeypatch):
    opened = Base(base)
    numero = opened.cursor().execute("SELECT min(numero) FROM dossier").fetchone()[0]
    eligibility.override(opened, arbitrage.programme(), DAY, numero, "irrecevable", "Retrait de l'établissement.")
    opened.close()
    app = arbitrage.opened("selection", base, monkeypatch)
    assert "Les données ont changé depuis" in app.warning[0].value


def test_the_context_names_programme_version_data_and_settings(saved, monkeypatch):
    app = arbitrage.opened("selection", saved, monkeypatch)
    facts = dict(zip(app.dataframe[-1].value["fait"], app.dataframe[-1].value["valeur"], strict=True))
    assert facts["Version du programme"] == arbitrage.programme().version
    assert facts["Scénario"] == "Comité de juin"
    assert "Version des données" in facts
    assert "Grand nombre d'agents" in facts["Poids des critères"]


def adopted(base, monkeypatch):
    """The page after the scenario was adopted there."""
    app = arbitrage.opened("selection", base, monkeypatch)
    app.button(key="adopter").click()
    arbitrage.run(app)
    assert "Rien n'est encore écrit" in app.markdown[0].value
    app.button(key="adopter_confirmer").click()
    return arbitrage.run(app)


def committee_day(base, monkeypatch):
    app = arbitrage.opened("selection", base, monkeypatch)
    return next(one for one in app.date_input if one.label == "Jour du comité").value


def said(app) -> str:
    return " ".join(box.value for box in (*app.success, *app.error, *app.warning, *app.info)).replace("\u202f", " ")


def test_adopting_is_shown_before_it_is_written_and_then_lists_the_decisions(base, monkeypatch):
    app = adopted(base, monkeypatch)
    assert "Scénario adopté" in said(app)
    decisions = app.dataframe[0].value
    assert set(decisions["statut"].str.split(",").str[0]) == {
        "Proposé : retenu",
        "Proposé : liste d'attente",
        "Proposé : refusé",
    }
    assert figures(app)["Demandes décidées"] == f"0 sur {len(decisions)}"
    held = decision.held(screens.opened().cursor(), arbitrage.programme())
    assert held is not None
    assert held.proposed == decisions["accorde"].sum()
    assert held.left >= 0


def test_one_request_ticked_is_counted_as_one(base, monkeypatch):
    app = adopted(base, monkeypatch)
    app.session_state["decisions_Toutes_1"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app = arbitrage.run(app)
    assert app.button(key="confirmer").label == "Confirmer (1 cochée)"
    assert any("1 demande cochée : les boutons ne portent que sur elle." in one.value for one in app.caption)


def test_the_committee_confirms_all_then_locks_and_nothing_more_can_be_done(base, monkeypatch):
    app = adopted(base, monkeypatch)
    app.button(key="confirmer").click()
    arbitrage.run(app)
    assert "décisions prises au comité du 20 novembre 2023" in said(app)
    app.button(key="verrouiller_confirmer").click()
    arbitrage.run(app)
    # In the menu itself, which would cover it.
    assert [len(menu.error) for menu in app.get("popover") if menu.error] == [1]
    next(field for field in app.text_input if field.label == "Motif").input("Comité clos")
    app.button(key="verrouiller_confirmer").click()
    arbitrage.run(app)
    assert "Sélection verrouillée" in said(app)
    assert not {"confirmer", "notifier"} & {button.key for button in app.button}
    assert not app.error


def test_the_scenarios_stay_in_reach_and_adopting_again_asks(base, monkeypatch):
    app = adopted(base, monkeypatch)
    app.button(key="confirmer").click()
    arbitrage.run(app)
    app.segmented_control(key="vue_selection").set_value("Scénarios")
    arbitrage.run(app)
    app.button(key="adopter").click()
    arbitrage.run(app)
    assert "sont déjà décidées" in said(app)
    assert app.button(key="adopter_confirmer").disabled


def test_a_screen_that_is_behind_writes_nothing_and_shows_what_there_is(base, monkeypatch):
    app = adopted(base, monkeypatch)
    opened, programme = screens.opened(), arbitrage.programme()
    first = decision.held(opened.cursor(), programme).decisions[0]
    decision.amend(opened, programme, DAY, first.key, decision.Wish("refuse"), "Ailleurs")
    app.button(key="confirmer").click()
    arbitrage.run(app)
    assert "La sélection a changé depuis" in said(app)
    assert figures(app)["Demandes décidées"].startswith("0 sur")


def test_once_letters_are_out_the_day_of_the_next_decisions_is_that_judged(base, monkeypatch):
    adopted(base, monkeypatch)
    opened, programme = screens.opened(), arbitrage.programme()
    first, second = [d.key for d in decision.held(opened.cursor(), programme).decisions if d.issue == "retenu"][:2]
    earlier = DAY - timedelta(days=5)
    decision.confirm(opened, programme, DAY, [first], earlier)
    assert committee_day(base, monkeypatch) == earlier
    decision.notify(opened, programme, DAY, [first], earlier)
    assert committee_day(base, monkeypatch) == DAY
    decision.confirm(opened, programme, DAY, [second], DAY)
    kept = {d.key: d.decide_le for d in decision.held(opened.cursor(), programme).decisions}
    assert (kept[first], kept[second]) == (earlier, DAY)


def test_the_fiche_says_that_its_dossier_is_decided(base, monkeypatch):
    adopted(base, monkeypatch).button(key="confirmer").click().run()
    app = arbitrage.opened("selection", base, monkeypatch)
    numero = app.dataframe[0].value["demande_id"][0]
    app.switch_page("pages/instruction/fiche_dossier.py")
    app.query_params["numero"] = numero
    arbitrage.run(app)
    assert "un import ne change plus ce dossier" in said(app)


def test_the_dashboard_shows_the_parts_of_the_selection(base, monkeypatch):
    app = adopted(base, monkeypatch)
    app.switch_page("pages/campagne/tableau_de_bord.py")
    arbitrage.run(app)
    assert any(
        "D'après la sélection en cours, adoptée depuis le scénario « Comité de juin »" in t.value for t in app.text
    )

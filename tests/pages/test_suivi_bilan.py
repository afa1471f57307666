"""Réaffectation and Bilan et impact, with what was granted and freed, and without anything."""

from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from clact_model import decision, impact, paths, tracking
from clact_model.impact import Indicator, Yearly
from clact_model.store import Base
from clact_model.tracking import Free
from pages.components import base as screens
from tests.impact.builders import LATER, funded_two
from tests.pages import arbitrage
from tests.pages.arbitrage import figures, run


@pytest.fixture
def granted(tmp_path: Path) -> Path:
    """Two grants of 20 000 €, the first freed; 5 000 € left of the envelope; everyone measured in 2025."""
    base, programme = funded_two(tmp_path)
    tracking.record(base, programme, LATER, [Free("1", LATER, "Projet réduit")])
    impact.record(
        base, programme, LATER, (), [Yearly(str(n), 2025, 100, Decimal("0.08"), None, 3) for n in range(1, 6)]
    )
    base.close()
    return tmp_path / "essai.duckdb"


def opened(page: str, base: Path, monkeypatch, **address: str) -> AppTest:
    monkeypatch.setenv("CLACT_BASE", str(base))
    monkeypatch.setenv("CLACT_AUJOURDHUI", LATER.isoformat())
    monkeypatch.setenv("CLACT_UTILISATEUR", "Analyste d'essai")
    app = AppTest.from_file(str(paths.ROOT / "app.py"), default_timeout=60)
    app.session_state["programme"] = "grand_est_2024"
    app.query_params.update(address)
    app.switch_page(f"pages/suivi/{page}.py")
    return run(app)


def said(app: AppTest) -> str:
    return (
        " ".join(box.value for box in (*app.success, *app.error, *app.warning, *app.info))
        .replace("\u202f", " ")
        .replace("\\", "")
    )


def plain(value: str) -> str:
    return value.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize("page", ["reaffectation", "bilan_et_impact"])
def test_an_empty_base_says_what_comes_first(tmp_path, monkeypatch, page):
    app = opened(page, arbitrage.empty(tmp_path), monkeypatch)
    assert "Rien n'est encore décidé" in said(app) or "Aucun dossier" in said(app)


def test_freed_money_is_offered_shown_and_given_to_the_first_that_waits(granted, monkeypatch):
    app = opened("reaffectation", granted, monkeypatch)
    shown = {name: plain(value) for name, value in figures(app).items()}
    assert shown["Libéré (€)"] == "20 000,00 €"
    assert shown["À réaffecter (€)"] == "25 000,00 €"
    app.button(key="reaffecter").click()
    run(app)
    assert any("Réaffecter 20" in box.value and "Rien n'est encore écrit" in box.value for box in app.markdown)
    app.button(key="reaffecter_confirmer").click()
    run(app)
    assert "Réaffecté : ces demandes sont des propositions" in said(app)
    held = decision.held(screens.opened().cursor(), screens.catalogue().programmes["grand_est_2024"])
    assert held is not None
    assert (held.committee.reaffecte, held.proposed) == (15000, 20000)
    assert {name: plain(value) for name, value in figures(app).items()}["À réaffecter (€)"] == "5 000,00 €"


def test_over_programming_says_its_risk(granted, monkeypatch):
    app = opened("reaffectation", granted, monkeypatch)
    app.slider(key="surprogrammation_grand_est_2024").set_value(150)
    run(app)
    assert "seraient accordés avant d'être revenus" in said(app)


def test_the_outcome_ties_to_the_ledger_and_splits(granted, monkeypatch):
    app = opened("bilan_et_impact", granted, monkeypatch)
    shown = {name: plain(value) for name, value in figures(app).items()}
    assert shown["Dossiers aidés"] == "2 sur 7"
    assert (shown["Accordé"], shown["Libéré"], shown["Reste à venir"]) == ("40 000,00 €", "20 000,00 €", "20 000,00 €")
    table = app.dataframe[-1].value
    assert table["accorde"].tolist()[0] == sum(table["accorde"].tolist()[1:])


def test_a_late_measure_waits_on_the_dashboard_and_leads_to_its_list(granted, monkeypatch):
    base = Base(granted)
    call = screens.catalogue().programmes["grand_est_2024"]
    promised = [
        Indicator("1", "Agents formés", cible=Decimal(25)),
        Indicator("2", "Départs", valeur_12=Decimal(3), valeur_24=Decimal(2)),
    ]
    impact.record(base, call, LATER, promised)
    base.close()
    app = opened("bilan_et_impact", granted, monkeypatch, bilan="Indicateurs", indicateurs_liste="En retard")
    assert app.dataframe[0].value["nom"].tolist() == ["Agents formés"]
    app.switch_page("pages/campagne/tableau_de_bord.py")
    run(app)
    (link,) = [one.proto for one in app.get("page_link") if "Mesures d'indicateurs" in one.proto.label]
    assert link.label == "**Mesures d'indicateurs en retard : 2**"
    assert ("bilan=Indicateurs" in link.query_string, "indicateurs_liste=En+retard" in link.query_string) == (
        True,
        True,
    )


def test_an_indicator_is_entered_on_screen(granted, monkeypatch):
    app = opened("bilan_et_impact", granted, monkeypatch, bilan="Indicateurs")
    assert "Aucun indicateur n'est encore inscrit" in said(app)
    by_label = {field.label: field for field in app.text_input}
    by_label["Nom, comme dans la convention"].set_value("Agents formés")
    by_label["Valeur de référence"].set_value("10")
    by_label["Cible"].set_value("25 x")
    app.button(key="indicateur_nouveau_enregistrer").click()
    run(app)
    assert "« Cible » : « 25 x » n'est pas un nombre" in said(app)
    {field.label: field for field in app.text_input}["Cible"].set_value("25,5")
    app.button(key="indicateur_nouveau_enregistrer").click()
    run(app)
    assert "Indicateur enregistré." in said(app)
    (kept,) = impact.indicators(screens.opened().cursor(), screens.catalogue().programmes["grand_est_2024"])
    assert (kept.nom, kept.valeur_reference, kept.cible) == ("Agents formés", 10, Decimal("25.5"))
    assert figures(app)["Promis"] == "1"


def test_too_few_are_compared_with_a_warning(granted, monkeypatch):
    app = opened("bilan_et_impact", granted, monkeypatch, bilan="Avant et après")
    assert "Trop peu d'établissements" in said(app)
    assert "n'est pas la preuve d'un effet" in said(app)


def test_the_years_of_the_region_are_there(granted, monkeypatch):
    app = opened("bilan_et_impact", granted, monkeypatch, bilan="Années")
    assert app.dataframe[0].value["annee"].tolist() == ["2024"]

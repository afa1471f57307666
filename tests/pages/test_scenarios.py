"""Scénarios: the list, one scenario, two to four side by side, whom the money reaches, run again."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from clact_model import allocation, eligibility, equity, formats, scenario, simulation
from clact_model.allocation import Settings
from clact_model.scenario import Scenario
from clact_model.store import Base
from pages.components import base as screens
from pages.components import text
from tests.pages import arbitrage
from tests.pages.arbitrage import DAY, PROGRAMME, figures, run

SETTINGS = {
    "Comité de juin": Settings(Decimal(1_000_000), reserve=Decimal(50_000)),
    "Moitié": Settings(Decimal(500_000), strategie="dernier_reduit", part_utile=Decimal("0.3")),
    "Par projet": Settings(Decimal(1_000_000), unite="action"),
    "Tout": Settings(Decimal(20_000_000), inclure=frozenset({"a_verifier"})),
}


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo with four scenarios, the last saved « Comité de juin »."""
    path = arbitrage.filled(tmp_path_factory.mktemp("scenarios"))
    base, programme = Base(path), arbitrage.programme()
    for nom in reversed(SETTINGS):
        settings = SETTINGS[nom]
        ready = simulation.prepare(base.cursor(), programme, DAY, settings.unite, settings.inclure)
        result = allocation.run(ready.lines, settings)
        scenario.save(base, programme, nom, result, ready.basis, note=f"Note de {nom}")
    base.close()
    return path


@pytest.fixture
def some(four: Path, tmp_path: Path):
    """A base of one's own with the first so many of the four."""

    def keep(count: int) -> Path:
        path = Path(shutil.copy(four, tmp_path / "copie.duckdb"))
        base = Base(path)
        for nom in list(SETTINGS)[count:]:
            scenario.delete(base, arbitrage.programme(), nom)
        base.close()
        return path

    return keep


def opened(base: Path, monkeypatch: pytest.MonkeyPatch, view: str | None = None) -> AppTest:
    app = arbitrage.opened("scenarios", base, monkeypatch)
    if view:
        app.segmented_control(key="volet").set_value(view)
        run(app)
    return app


def table(app: AppTest, alt: str):
    return next(found.value for found in app.dataframe if alt in found.proto.alt)


def button(app: AppTest, label: str):
    return next(found for found in app.button if found.label == label)


def test_an_empty_base_says_where_to_go(tmp_path, monkeypatch):
    app = arbitrage.opened("scenarios", arbitrage.empty(tmp_path), monkeypatch)
    assert "Aucun scénario n'est enregistré" in app.info[0].value


def test_without_a_scenario_the_way_leads_to_the_envelope(some, monkeypatch):
    app = opened(some(0), monkeypatch)
    assert "essayez une enveloppe" in app.info[0].value


def test_one_scenario_cannot_be_compared_but_is_shown_whole(some, monkeypatch):
    app = opened(some(1), monkeypatch)
    assert figures(app)["Accordé"] == formats.euros(kept("Comité de juin").result.granted)
    (link,) = [one.proto for one in app.main.get("page_link") if "Sélection" in one.proto.label]
    assert "scenario=Comit%C3%A9+de+juin&vue_selection=Sc%C3%A9narios" in link.query_string
    app.segmented_control(key="volet").set_value("Comparer")
    assert "un second" in run(app).info[0].value


def kept(nom: str) -> Scenario:
    """A scenario of the base that the page has open."""
    return scenario.load(screens.opened().cursor(), arbitrage.programme(), nom)


@pytest.mark.parametrize("count", [2, 4])
def test_scenarios_side_by_side(some, monkeypatch, count):
    app = opened(some(count), monkeypatch, "Comparer")
    app.multiselect(key="comparer").set_value(list(SETTINGS)[:count])
    run(app)
    marks = table(app, "Repères")
    assert marks.shape == (14, count + 1)
    assert "Accordé" in marks["repere"].tolist()
    assert len(table(app, "Données : De")) == 6
    totals = table(app, "par département, et écarts")
    assert f"accorde_{count - 1}" in totals.columns
    assert any("Sortants" in tab.label for tab in app.tabs)


def test_the_same_money_to_the_same_requests_is_said(some, monkeypatch):
    app = opened(some(1), monkeypatch)
    scenario.copy(screens.opened(), arbitrage.programme(), "Comité de juin", "Copie")
    app.segmented_control(key="volet").set_value("Comparer")
    run(app)
    assert "les mêmes montants" in app.success[0].value


def test_each_view_of_equity_says_what_it_rests_on(four, monkeypatch):
    app = opened(four, monkeypatch, "Équité")
    for champ in ("departement", "statut", "taille", "secteur", "anteriorite"):
        app.segmented_control(key="equite").set_value(champ)
        run(app)
        shown = table(app, f"Équité par {equity.CHAMPS[champ].lower()}")
        assert shown["repose"].str.contains("sur").all()
        columns = list(shown.columns)
        assert columns.index("par_agent") < columns.index("part_accorde"), "out of a screen of 1280 points otherwise"
        assert shown["dossiers"].sum() == len(kept("Comité de juin").result.lines)
    assert any("n'est ni une faute ni un mérite" in caption.value for caption in app.caption)


def test_a_note_a_lock_a_copy_and_a_name_are_written(some, monkeypatch):
    app = opened(some(1), monkeypatch)
    app.text_area[0].set_value("La direction préfère celui-ci.")
    button(app, "Ajouter la note").click()
    run(app)
    assert any("La direction préfère" in found.value for found in app.markdown)
    next(field for field in app.text_input if field.label == "Motif").set_value("Séance du 12 juin")
    button(app, "Verrouiller").click()
    run(app)
    assert any("Verrouillé" in found.value for found in app.info)
    assert not [found for found in app.button if found.label == "Supprimer le scénario"]
    next(field for field in app.text_input if field.label == "Nouveau nom").set_value("Variante")
    button(app, "Copier").click()
    run(app)
    assert app.selectbox(key="ouvert").value == "Variante"
    button(app, "Supprimer le scénario").click()
    run(app)
    assert app.selectbox(key="ouvert").options == ["Comité de juin"]


def test_a_scenario_is_opened_in_the_envelope_with_its_settings(some, monkeypatch):
    app = opened(some(2), monkeypatch)
    app.selectbox(key="ouvert").set_value("Moitié")
    run(app)
    button(app, "Ouvrir dans Enveloppe").click()
    run(app)
    assert app.title[0].value == "Enveloppe"
    assert app.selectbox(key=f"strategie_{PROGRAMME}").value == "dernier_reduit"
    assert app.slider(key=f"part_utile_{PROGRAMME}").value == 30
    assert app.text_input(key=f"enveloppe_{PROGRAMME}").value.replace("\u202f", " ") == "500 000"


def test_a_parameter_that_a_scenario_changed_is_said_not_to_be_taken_up_with_the_way_to_try_it(some, monkeypatch):
    path = some(1)
    base, programme = Base(path), arbitrage.programme()
    ready = simulation.prepare(base.cursor(), programme, DAY, parameters={"taux": Decimal("0.3")})
    scenario.save(base, programme, "Taux", allocation.run(ready.lines, Settings(Decimal(500_000))), ready.basis)
    base.close()
    app = opened(path, monkeypatch)
    assert app.selectbox(key="ouvert").value == "Taux"
    assert f"Ce scénario change « {text.plain(programme.file.parametres['taux'].libelle)} »" in app.warning[0].value
    assert any(text.plain("Taux maximal de l'aide : 30") in one.value for one in app.caption)
    assert "Règles à l'essai" in [link.proto.label for link in app.main.get("page_link")]
    app.selectbox(key="ouvert").set_value("Comité de juin")
    run(app)
    assert not any("Ce scénario change" in one.value for one in app.warning)


def test_run_again_nothing_changed_then_an_override(some, monkeypatch):
    app = opened(some(1), monkeypatch, "Rejouer aujourd'hui")
    assert "les mêmes montants" in app.success[0].value
    numero = kept("Comité de juin").result.funded[0].line.numero
    eligibility.override(screens.opened(), arbitrage.programme(), DAY, numero, "irrecevable", "Retrait demandé.")
    run(app)
    changes = table(app, "changerait aujourd")
    assert changes.set_index("numero").loc[numero, "change"] == "Sortirait"
    assert any("1 opération" in found.value for found in app.markdown)

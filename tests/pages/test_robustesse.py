"""Priorités, the draws: noyau, limite, hors, under the settings of the simulation under way."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from clact_model import allocation, robustness, simulation
from clact_model.allocation import Settings
from clact_model.robustness import CLASSES, Law, Robustness
from pages.components import base as screens
from pages.components.arbitration.simulations import UnderWay
from tests.pages import arbitrage
from tests.pages.arbitrage import DAY, PROGRAMME, figures, programme, run

ENVELOPE = Decimal(900_000)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return arbitrage.filled(tmp_path_factory.mktemp("robustesse"))


def opened(base: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings | None = None, **address: str) -> AppTest:
    """The page on its tab, as after a look at Enveloppe with these settings."""
    app = arbitrage.opened("priorites", base, monkeypatch)
    app.query_params["lecture"] = "Robustesse"
    for name, value in address.items():
        app.query_params[name] = value
    if settings is not None:
        app.session_state[f"enveloppe_{PROGRAMME}_lu"] = settings.enveloppe
        app.session_state["simulations"] = {PROGRAMME: UnderWay(settings, {})}
    return run(app)


def expected(settings: Settings, law: Law) -> Robustness:
    """What the model says of the base that the page has open."""
    cursor = screens.opened().cursor()
    prepared = simulation.prepare(cursor, programme(), DAY, settings.unite, settings.inclure)
    return robustness.run(robustness.subject(cursor, programme(), settings.unite, prepared), settings, law)


def counts(found: Robustness, word: str) -> dict[str, str]:
    numbers = {classe.capitalize(): len(found.of(classe)) for classe in CLASSES}
    return {name: f"{number} {word}{'s' if number > 1 else ''}" for name, number in numbers.items()}


def table(app: AppTest):
    return app.dataframe[0].value


def test_an_empty_base_says_what_to_do(tmp_path, monkeypatch):
    app = opened(arbitrage.empty(tmp_path), monkeypatch)
    assert "Aucun dossier" in app.info[0].value


def test_an_envelope_that_the_call_does_not_give_is_asked_for(base, monkeypatch):
    app = opened(base, monkeypatch)
    assert "saisissez un montant" in app.info[0].value
    assert not figures(app)


def test_the_figures_the_table_and_the_sentence_are_those_of_the_model(base, monkeypatch):
    settings = Settings(ENVELOPE)
    app = opened(base, monkeypatch, settings)
    found = expected(settings, Law())
    assert figures(app) == counts(found, "dossier")
    assert table(app)["numero"].tolist() == [line.today.line.numero for line in found.lines]
    assert table(app)["part"].tolist() == [float(line.share) for line in found.lines]
    assert any(found.law.sentence in caption.value for caption in app.caption)
    outside = f"{len(found.out_of_the_running)} demandes"
    assert any("non finançables" in caption.value and outside in caption.value for caption in app.caption)


def test_a_class_is_chosen_in_the_address(base, monkeypatch):
    app = opened(base, monkeypatch, Settings(ENVELOPE), classe="Limite")
    assert set(table(app)["classe"]) == {"Limite"}


def test_the_settings_of_the_simulation_under_way_are_followed(base, monkeypatch):
    tried = Settings(ENVELOPE, reserve=Decimal(50_000), strategie="classement", unite="action")
    app = opened(base, monkeypatch, tried)
    word = programme().line_word
    assert figures(app) == counts(expected(tried, Law()), word)
    assert "ligne" in table(app).columns
    assert any("classement strict" in c.value and "réserve de 50" in c.value for c in app.caption)


def test_another_envelope_spread_or_seed_is_another_question(base, monkeypatch):
    app = opened(base, monkeypatch, Settings(ENVELOPE))
    app.text_input(key=f"enveloppe_{PROGRAMME}").set_value("400 000")
    app.slider(key=f"ecart_{PROGRAMME}").set_value(90)
    app.number_input(key=f"graine_{PROGRAMME}").set_value(7)
    app.button_group(key=f"tirages_{PROGRAMME}").select(1000)
    run(app)
    law = Law(1000, Decimal("0.9"), 7)
    assert figures(app) == counts(expected(Settings(Decimal(400_000)), law), "dossier")


def test_without_a_spread_nothing_depends_on_the_weights(base, monkeypatch):
    app = opened(base, monkeypatch, Settings(ENVELOPE))
    app.slider(key=f"ecart_{PROGRAMME}").set_value(0)
    run(app)
    assert figures(app)["Limite"] == "0 dossier"
    assert set(table(app)["part"]) == {0.0, 1.0}


def test_a_dossier_forced_in_that_has_left_the_base_is_said_in_a_sentence(base, monkeypatch):
    app = opened(base, monkeypatch, Settings(ENVELOPE, forced_in=frozenset({("PARTI", None)})))
    assert "PARTI" in app.error[0].value


@pytest.mark.parametrize("strategie", sorted(set(allocation.STRATEGIES) - {"optimum"}))
def test_every_strategy_has_its_answer_and_says_when_there_are_fewer_draws(base, monkeypatch, strategie):
    chosen = replace(Settings(ENVELOPE), strategie=strategie)
    fewer = [info.value for info in opened(base, monkeypatch, chosen).info if "au lieu de" in info.value]
    assert len(fewer) == (0 if strategie in ("classement", "classement_continu", "dernier_reduit") else 1)

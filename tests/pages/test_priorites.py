"""Priorités: weights chosen, the ranking they give, what they change."""

from decimal import Decimal
from pathlib import Path

import pytest

from clact_model import scoring
from clact_model.store import Base
from tests.pages import arbitrage
from tests.pages.arbitrage import figures, run


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return arbitrage.filled(tmp_path_factory.mktemp("priorites"))


def test_an_empty_base_says_what_to_do(tmp_path, monkeypatch):
    app = arbitrage.opened("priorites", arbitrage.empty(tmp_path), monkeypatch)
    assert "Aucun dossier" in app.info[0].value
    assert len(app.slider) == len(arbitrage.programme().file.critere)


def test_the_weights_are_equal_until_someone_chooses_and_it_says_so(base, monkeypatch):
    app = arbitrage.opened("priorites", base, monkeypatch)
    said = [caption.value for caption in app.caption]
    assert any("ne donne pas de poids" in text for text in said)
    assert any("Poids égaux" in text for text in said)
    assert {slider.value for slider in app.slider} == {1.0}
    assert figures(app)["Montés"] == "▲ 0"


def test_another_weight_moves_dossiers_and_stands_in_the_address(base, monkeypatch):
    app = arbitrage.opened("priorites", base, monkeypatch)
    app.slider[1].set_value(4.0)
    run(app)
    assert figures(app)["Montés"] != "▲ 0"
    assert any("non enregistrés" in c.value for c in app.caption)
    assert app.query_params["poids"] == "agents:4"


def test_a_bookmark_brings_its_weights(base, monkeypatch):
    monkeypatch.setenv("CLACT_BASE", str(base))
    monkeypatch.setenv("CLACT_AUJOURDHUI", arbitrage.DAY.isoformat())
    app = arbitrage.AppTest.from_file(str(arbitrage.paths.ROOT / "app.py"), default_timeout=60)
    app.session_state["programme"] = arbitrage.PROGRAMME
    app.query_params["poids"] = "agents:3"
    app.switch_page("pages/arbitrage/priorites.py")
    run(app)
    assert app.slider(key=f"poids_{arbitrage.PROGRAMME}_agents").value == 3.0


def test_weights_that_are_all_nothing_are_refused_in_a_sentence(base, monkeypatch):
    app = arbitrage.opened("priorites", base, monkeypatch)
    for slider in app.slider:
        slider.set_value(0.0)
    run(app)
    assert "Tous les poids sont nuls" in app.error[0].value


def test_a_grid_kept_under_a_name_is_chosen_and_left_again(tmp_path, monkeypatch):
    path = arbitrage.filled(tmp_path)
    kept = Base(path)
    scoring.save_grid(kept, arbitrage.programme(), "Comité", {"agents": Decimal("2.5")})
    kept.close()
    app = arbitrage.opened("priorites", path, monkeypatch)
    grid = app.selectbox(key=f"grille_{arbitrage.PROGRAMME}")
    grid.select("Comité")
    run(app)
    assert app.slider(key=f"poids_{arbitrage.PROGRAMME}_agents").value == 2.5
    assert any("Grille « Comité »" in caption.value.replace("\\", "") for caption in app.caption)
    next(button for button in app.button if button.label == "Rétablir les poids égaux").click()
    run(app)
    assert {slider.value for slider in app.slider} == {1.0}


def test_the_ranking_puts_the_priority_field_first(base, monkeypatch):
    app = arbitrage.opened("priorites", base, monkeypatch)
    inside = app.dataframe[0].value["prioritaire"].tolist()
    assert inside == sorted(inside, reverse=True)
    assert {"oui", "non"} <= set(inside)


def test_the_points_of_a_row_add_up_to_its_score(base, monkeypatch):
    app = arbitrage.opened("priorites", base, monkeypatch)
    table = app.dataframe[0].value
    points = table[[name for name in table.columns if name.startswith("critere_")]].sum(axis=1)
    assert (points - table["score"]).abs().max() < 0.03

"""Enveloppe: the amount, the answer, and what cannot be followed."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from clact_model import scenario
from pages.components import base as screens
from tests.pages import arbitrage
from tests.pages.arbitrage import PROGRAMME, figures, run


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return arbitrage.filled(tmp_path_factory.mktemp("enveloppe"))


def with_envelope(base: Path, monkeypatch: pytest.MonkeyPatch, amount: str = "1 000 000,00") -> AppTest:
    app = arbitrage.opened("enveloppe", base, monkeypatch)
    app.text_input(key=f"enveloppe_{PROGRAMME}").set_value(amount)
    return run(app)


def test_an_empty_base_says_what_to_do(tmp_path, monkeypatch):
    app = arbitrage.opened("enveloppe", arbitrage.empty(tmp_path), monkeypatch)
    assert "Aucun dossier" in app.info[0].value


def test_an_envelope_that_the_call_does_not_give_is_asked_for(base, monkeypatch):
    app = arbitrage.opened("enveloppe", base, monkeypatch)
    assert "saisissez un montant" in app.info[0].value
    assert not figures(app)


def test_the_slider_and_the_exact_amount_follow_each_other(base, monkeypatch):
    app = with_envelope(base, monkeypatch)
    slider = app.slider(key=f"curseur_{PROGRAMME}")
    assert slider.value == 1_000_000
    slider.set_value(900_000)
    run(app)
    exact = app.text_input(key=f"enveloppe_{PROGRAMME}")
    assert exact.value.replace("\u202f", " ") == "900 000"
    exact.set_value("912 345,67")
    run(app)
    assert app.slider(key=f"curseur_{PROGRAMME}").value == 910_000
    assert app.text_input(key=f"enveloppe_{PROGRAMME}").value.replace("\u202f", " ") == "912 345,67"


def test_an_amount_that_is_none_is_refused_and_the_last_one_stands(base, monkeypatch):
    app = with_envelope(base, monkeypatch)
    before = figures(app)
    app.text_input(key=f"enveloppe_{PROGRAMME}").set_value("beaucoup")
    run(app)
    assert "montant" in app.error[0].value
    assert figures(app) == before


def test_a_reserve_above_the_envelope_is_said_in_a_sentence(base, monkeypatch):
    app = with_envelope(base, monkeypatch)
    app.text_input(key=f"reserve_{PROGRAMME}").set_value("2 000 000")
    run(app)
    assert "dépasse l" in app.error[0].value


def test_what_is_forced_in_and_does_not_fit_is_said_in_a_sentence(base, monkeypatch):
    app = with_envelope(base, monkeypatch, "1 000")
    forced = app.multiselect(key=f"force_{PROGRAMME}_dossier")
    forced.set_value([option.split(" · ")[0] for option in forced.options[:20]])
    run(app)
    assert "d'office" in app.error[0].value.replace("\\", "")


def test_who_is_funded_is_a_table_of_at_most_fifty_rows(base, monkeypatch):
    app = with_envelope(base, monkeypatch)
    table = app.dataframe[0].value
    assert 0 < len(table) <= 50
    assert set(table["statut"]) <= {"Financé", "Financé en partie"}
    assert table["raison"].str.contains("accordés").all()


def test_by_line_the_screen_uses_the_word_of_the_call(base, monkeypatch):
    app = with_envelope(base, monkeypatch)
    app.segmented_control(key=f"unite_{PROGRAMME}").set_value("action")
    run(app)
    assert "Projets financés" in figures(app)


def test_the_simulation_is_kept_under_a_name_and_replaced_only_on_demand(tmp_path, monkeypatch):
    path = arbitrage.filled(tmp_path)
    app = with_envelope(path, monkeypatch)
    _save(app, "Comité de juin")
    assert "enregistré" in app.success[0].value
    _save(app, "Comité de juin")
    assert "existe déjà" in app.error[0].value
    next(box for box in app.checkbox if "Remplacer" in box.label).check()
    _save(app, "Comité de juin")
    assert not app.error
    assert scenario.names(screens.opened().cursor(), arbitrage.programme()) == ["Comité de juin"]


def test_the_weights_of_priorites_are_those_of_the_envelope(base, monkeypatch):
    app = with_envelope(base, monkeypatch)
    before = app.dataframe[0].value["numero"].tolist()
    app.switch_page("pages/arbitrage/priorites.py")
    run(app)
    app.slider(key=f"poids_{PROGRAMME}_agents").set_value(5.0)
    run(app)
    app.switch_page("pages/arbitrage/enveloppe.py")
    run(app)
    assert any("Poids choisis à l" in caption.value for caption in app.caption)
    assert app.dataframe[0].value["numero"].tolist() != before


def _save(app: AppTest, name: str) -> None:
    next(field for field in app.text_input if field.label == "Nom du scénario").set_value(name)
    next(button for button in app.button if button.label == "Enregistrer").click()
    run(app)


def _study(app: AppTest, study: str) -> AppTest:
    app.segmented_control(key=f"etude_{PROGRAMME}").set_value(study)
    return run(app)


def test_the_followed_request_shows_why_and_the_three_changes(base, monkeypatch):
    app = with_envelope(base, monkeypatch, "300 000,00")
    labels = app.selectbox(key=f"suivi_{PROGRAMME}_dossier").options
    answers = set()
    for chosen in labels[:30]:
        app.selectbox(key=f"suivi_{PROGRAMME}_dossier").set_value(chosen.split(" · ")[0])
        run(app)
        if "Enveloppe en plus" in figures(app):
            answers.add(figures(app)["Enveloppe en plus"])
            assert any("Toutes choses égales par ailleurs" in block.value for block in app.markdown)
            break
    assert answers and all(answer.startswith("+") and "€" in answer for answer in answers)


def test_a_slow_search_waits_until_it_is_asked_for(base, monkeypatch):
    app = with_envelope(base, monkeypatch, "300 000,00")
    app.selectbox(key=f"strategie_{PROGRAMME}").set_value("optimum")
    run(app)
    for chosen in app.selectbox(key=f"suivi_{PROGRAMME}_dossier").options:
        app.selectbox(key=f"suivi_{PROGRAMME}_dossier").set_value(chosen.split(" · ")[0])
        run(app)
        if any("meilleur total" in block.value for block in app.markdown):
            break
    assert "Enveloppe en plus" not in figures(app)
    app.toggle(key=f"chercher_{PROGRAMME}").set_value(True)
    run(app)
    assert "soit" in " ".join(block.value for block in app.markdown)


@pytest.mark.parametrize(
    ("study", "words"),
    [
        ("Courbe de l'enveloppe", "où la liste des financés change"),
        ("Pression", "Pression recevable"),
        ("Inversions", "alors que des demandes moins bien"),
    ],
)
def test_a_study_is_shown_only_when_it_is_opened(base, monkeypatch, study, words):
    app = with_envelope(base, monkeypatch, "300 000,00")
    assert not any(words in caption.value for caption in app.caption)
    _study(app, study)
    assert any(words in caption.value for caption in app.caption)
    assert len(app.dataframe) > 1


def test_the_price_of_the_reserve_is_shown_and_of_nothing_when_nothing_is_set(base, monkeypatch):
    app = _study(with_envelope(base, monkeypatch, "300 000,00"), "Prix des contraintes")
    assert "Rien ne pèse" in app.info[0].value
    app.text_input(key=f"reserve_{PROGRAMME}").set_value("60 000")
    run(app)
    assert app.dataframe[-1].value["libelle"].tolist()[0].startswith("Réserve de 60")

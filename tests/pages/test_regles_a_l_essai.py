"""Règles à l'essai: changes made, ordered and taken back, another call, and the draft that is opened on Règles."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from clact_model.whatif import RuleOff
from tests.pages import arbitrage
from tests.pages.arbitrage import PROGRAMME, figures, run

PAGE = "regles_a_l_essai"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return arbitrage.filled(tmp_path_factory.mktemp("essai"))


@pytest.fixture
def app(base: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page with an envelope given, which the text of the call does not give."""
    found = arbitrage.opened(PAGE, base, monkeypatch)
    found.text_input(key=f"essai_depart_{PROGRAMME}").set_value("600 000")
    return run(found)


def try_rate(app: AppTest, percent: float = 30.0) -> AppTest:
    app.selectbox(key=f"essai_parametre_{PROGRAMME}").set_value("taux")
    run(app)
    app.number_input(key=f"essai_valeur_{PROGRAMME}_taux").set_value(percent)
    run(app)
    app.button(key=f"essai_ajouter_{PROGRAMME}").click()
    return run(app)


def suspend(app: AppTest, *rules: str) -> AppTest:
    app.segmented_control(key=f"essai_nature_{PROGRAMME}").set_value("sans_regle")
    run(app)
    app.multiselect(key=f"essai_regles_{PROGRAMME}").set_value(list(rules))
    run(app)
    app.button(key=f"essai_ajouter_{PROGRAMME}").click()
    return run(app)


def steps(app: AppTest) -> list[str]:
    return list(next(table.value for table in app.dataframe if "pas" in table.value.columns)["pas"])


def part(app: AppTest, name: str) -> AppTest:
    app.session_state["essai"] = name
    return run(app)


def test_an_empty_base_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = arbitrage.opened(PAGE, arbitrage.empty(tmp_path), monkeypatch)
    assert "Aucun dossier" in app.info[0].value


def test_an_envelope_that_the_call_does_not_give_is_asked_for(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = arbitrage.opened(PAGE, base, monkeypatch)
    assert "saisissez un montant" in app.info[0].value
    assert not app.tabs


def test_before_any_change_the_page_asks_for_one(app: AppTest) -> None:
    assert "Choisissez un changement" in app.info[0].value
    assert app.button(key=f"essai_ajouter_{PROGRAMME}").disabled


def test_a_change_is_tried_told_and_taken_back(app: AppTest) -> None:
    try_rate(app)
    shown = figures(app)
    assert shown["Aide possible"] != "—"
    assert [name.split(" : ")[0] for name in steps(app)] == ["Départ", "1. Taux maximal de l'aide", "Arrivée"]
    moved = app.dataframe[-1].value
    assert {"accorde_avant", "accorde_apres", "verdict", "aide_apres"} <= set(moved.columns)
    assert (moved["ecart"] != 0).all()
    assert app.button(key=f"essai_ajouter_{PROGRAMME}").disabled, "the value tried is today's value now"
    app.button(key=f"essai_retirer_parametre_taux_{PROGRAMME}").click()
    run(app)
    assert not figures(app)


def test_changes_are_put_in_another_order_and_end_the_same(app: AppTest) -> None:
    try_rate(app)
    suspend(app, "gp-delai", "gp-nombre-projets")
    before, ended = steps(app), figures(app)
    assert [name[:2] for name in before[1:-1]] == ["1.", "2.", "3."]
    app.button(key=f"essai_descendre_parametre_taux_{PROGRAMME}").click()
    run(app)
    after = steps(app)
    assert [name[3:] for name in after[1:3]] == [before[2][3:], before[1][3:]]
    assert figures(app) == ended
    assert not app.multiselect(key=f"essai_regles_{PROGRAMME}").value, "a rule that is off is chosen no more"
    assert not any("gp-delai" in option for option in app.multiselect(key=f"essai_regles_{PROGRAMME}").options)


def test_the_simulation_under_way_is_what_changes_start_from(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = arbitrage.opened("enveloppe", base, monkeypatch)
    app.text_input(key=f"enveloppe_{PROGRAMME}").set_value("412 000")
    run(app)
    app.segmented_control(key=f"unite_{PROGRAMME}").set_value("action")
    run(app)
    app.switch_page(f"pages/arbitrage/{PAGE}.py")
    run(app)
    said = " ".join(caption.value.replace("\u202f", " ") for caption in app.caption)
    assert "simulation en cours" in said
    assert "412 000" in said
    assert "par projet" in said
    try_rate(app)
    assert "ligne" in app.dataframe[-1].value.columns


def test_a_change_that_the_programme_no_longer_admits_is_taken_back_and_said(app: AppTest) -> None:
    app.session_state["regles_a_l_essai"] = {PROGRAMME: [RuleOff("disparue"), RuleOff("gp-delai")]}
    run(app)
    assert len(steps(app)) == 3
    assert "pas de règle" in app.warning[0].value
    run(app)
    assert not app.warning


def test_an_envelope_below_its_reserve_is_refused_in_a_sentence(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = arbitrage.opened("enveloppe", base, monkeypatch)
    app.text_input(key=f"enveloppe_{PROGRAMME}").set_value("412 000")
    app.text_input(key=f"reserve_{PROGRAMME}").set_value("200 000")
    run(app)
    app.switch_page(f"pages/arbitrage/{PAGE}.py")
    run(app)
    app.segmented_control(key=f"essai_nature_{PROGRAMME}").set_value("enveloppe")
    run(app)
    app.text_input(key=f"essai_montant_{PROGRAMME}").set_value("100 000")
    run(app)
    app.button(key=f"essai_ajouter_{PROGRAMME}").click()
    run(app)
    assert "dépasse" in app.warning[0].value
    assert not figures(app)


def test_another_programme_is_tried_and_its_rules_left_out(app: AppTest) -> None:
    part(app, "Sous un autre programme")
    app.selectbox(key=f"essai_ailleurs_{PROGRAMME}").set_value("normandie_2025")
    run(app)
    assert figures(app)["Recevables"] == "0"
    rules = next(table.value for table in app.dataframe if "inconnu" in table.value.columns)
    assert rules.set_index("id").loc["no-etablissement", "oui"] == 0
    app.button(key=f"essai_proposer_{PROGRAMME}_normandie_2025").click()
    run(app)
    assert int(figures(app)["Recevables"]) > 0
    assert any("Les dérogations ne sont pas reprises" in caption.value for caption in app.caption)


def test_the_changes_are_kept_as_a_draft_that_opens_on_regles(app: AppTest) -> None:
    part(app, "Garder comme brouillon")
    assert "Essayez d'abord" in app.info[0].value
    part(app, "Changements")
    try_rate(app)
    suspend(app, "gp-plafond")
    part(app, "Garder comme brouillon")
    app.text_input(key=f"essai_id_{PROGRAMME}").set_value("normandie_2025")
    _keep(app)
    assert "existe déjà" in app.error[0].value
    app.text_input(key=f"essai_id_{PROGRAMME}").set_value("essai_2024")
    _keep(app)
    draft = app.session_state["brouillon"]
    assert draft.identifier == "essai_2024"
    assert "Valeur à l'essai" in draft.text
    assert 'id = "gp-plafond"' not in draft.text


def _keep(app: AppTest) -> None:
    next(button for button in app.button if button.label == "Garder ces changements comme brouillon").click()
    run(app)

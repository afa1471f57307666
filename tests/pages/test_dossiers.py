"""The list of dossiers: its filters live in the address."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from clact_model import views
from clact_model.overview import Filters
from clact_model.store import Base
from tests.pages.walk import Open, empty, filled, open_page, programme, sane, words, written  # noqa: F401

PAGE = "instruction/dossiers.py"


def test_an_empty_base_says_what_to_do(open_page: Open, empty: Path) -> None:  # noqa: F811
    assert "Aucun dossier n'est encore importé" in words(open_page(empty, PAGE))


def test_without_a_filter_every_dossier_is_shown(open_page: Open, filled: Path) -> None:  # noqa: F811
    test = open_page(filled, PAGE)
    assert test.metric[0].value == "96"
    assert len(test.dataframe[0].value) == 96


def test_a_filter_of_the_address_is_applied_and_the_totals_follow(open_page: Open, filled: Path) -> None:  # noqa: F811
    test = open_page(filled, PAGE, verdict="À compléter")
    table = test.dataframe[0].value
    assert set(table["verdict"]) == {"◔ À compléter"}
    assert [metric.value for metric in test.metric][:2] == [str(len(table)), "0"]


def test_a_filter_chosen_on_screen_is_applied(open_page: Open, filled: Path) -> None:  # noqa: F811
    test = open_page(filled, PAGE)
    test.multiselect(key="verdict").select("irrecevable").run()
    assert set(test.dataframe[0].value["verdict"]) == {"✖ Irrecevable"}


def test_the_search_looks_into_titles(open_page: Open, filled: Path) -> None:  # noqa: F811
    test = open_page(filled, PAGE, texte="CHUTES de plain-pied")
    assert "NOR25-0101" in list(test.dataframe[0].value["numero"])


def test_filters_that_leave_nothing_say_so(open_page: Open, filled: Path) -> None:  # noqa: F811
    assert "Aucun dossier ne passe tous ces filtres" in words(open_page(filled, PAGE, texte="introuvable"))


def test_the_contact_is_never_shown(open_page: Open, filled: Path) -> None:  # noqa: F811
    test = open_page(filled, PAGE)
    assert "courriel_contact" not in test.dataframe[0].value.columns
    assert not test.dataframe[0].value.astype(str).apply(lambda column: column.str.contains("@")).any().any()


def _press(test: AppTest, label: str) -> AppTest:
    next(button for button in test.main.button if button.label == label).click().run()
    sane(test)
    return test


def _save(test: AppTest, nom: str) -> AppTest:
    next(field for field in test.main.text_input if field.label == "Nom de la vue").set_value(nom)
    return _press(test, "Enregistrer la vue")


def test_a_saved_view_brings_its_filters_back_into_the_address(open_page: Open, written: Path) -> None:  # noqa: F811
    test = _save(open_page(written, PAGE, verdict="À compléter"), "À relancer")
    assert "Vue « À relancer » enregistrée" in words(test)
    test.multiselect(key="verdict").set_value([]).run()
    test.multiselect(key="secteur").select("sanitaire").run()
    _press(test, "À relancer")
    assert set(test.dataframe[0].value["verdict"]) == {"◔ À compléter"}
    assert test.multiselect(key="secteur").value == []
    assert test.query_params["verdict"] == "À compléter"
    assert "secteur" not in test.query_params


def test_a_taken_name_is_asked_about_before_it_is_replaced(open_page: Open, written: Path) -> None:  # noqa: F811
    test = _save(open_page(written, PAGE, verdict="À compléter"), "À relancer")
    test.multiselect(key="verdict").set_value(["irrecevable"]).run()
    _save(test, "À relancer")
    assert "existe déjà" in words(test) and "La remplacer" in words(test)
    _press(test, "Garder l'ancienne")
    assert "existe déjà" not in words(test) and "Verdict : À compléter" in words(test).replace("\\", "")
    _save(test, "À relancer")
    _press(test, "Remplacer la vue")
    assert "remplacée" in words(test) and "Verdict : Irrecevable" in words(test).replace("\\", "")


def test_a_view_is_deleted(open_page: Open, written: Path) -> None:  # noqa: F811
    test = _press(_save(open_page(written, PAGE), "Tout"), "Supprimer")
    assert "Vue « Tout » supprimée" in words(test)
    assert "Aucune vue n'est encore enregistrée" in words(test)


def test_a_view_on_what_no_dossier_has_any_more_shows_none_rather_than_all(open_page: Open, written: Path) -> None:  # noqa: F811
    base = Base(written)
    views.save(base, programme(), "De Dominique", Filters(instructeur=("Dominique",)))
    base.close()
    test = _press(open_page(written, PAGE), "De Dominique")
    assert "Aucun dossier ne passe tous ces filtres" in words(test)


def test_confiding_dossiers_wants_some_picked(open_page: Open, filled: Path) -> None:  # noqa: F811
    test = open_page(filled, PAGE)
    test.toggle(key="confier").set_value(True).run()
    sane(test)
    assert "Cochez dans la liste les dossiers à confier" in words(test)


def test_a_score_is_read_to_two_decimals_as_on_every_screen(open_page: Open, filled: Path) -> None:  # noqa: F811
    scores = [score for score in open_page(filled, PAGE).dataframe[0].value["score"] if score == score]
    assert len(scores) > 10
    assert scores == [round(score, 2) for score in scores]

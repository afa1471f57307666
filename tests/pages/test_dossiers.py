"""The list of dossiers: its filters live in the address."""

from pathlib import Path

from tests.pages.walk import Open, empty, filled, open_page, words  # noqa: F401

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

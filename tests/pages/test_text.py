"""Text from dossiers stays text."""

import pytest

from pages.components.text import plain, sentence

JOINER = "\u2060"


@pytest.mark.parametrize("unknown", [None, "", "  \n "])
def test_the_unknown_is_a_dash(unknown: str | None) -> None:
    assert plain(unknown) == "—"


def test_every_mark_of_markdown_loses_its_meaning() -> None:
    marks = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
    assert plain(marks).replace(JOINER, "") == "".join(f"\\{mark}" for mark in marks)


@pytest.mark.parametrize("late", ["https://exemple.fr", ":material/home:", ":smile:", "www.exemple.fr", "a@exemple.fr"])
def test_what_is_read_in_the_finished_text_is_broken_up(late: str) -> None:
    assert JOINER in plain(late)
    assert plain(late).replace(JOINER, "").replace("\\", "") == late


def test_lines_stay_lines_and_none_becomes_code() -> None:
    assert plain("un\n    deux") == "un  \ndeux"


def test_french_text_is_left_as_it_is() -> None:
    assert plain("Rails de transfert à l'étage") == "Rails de transfert à l\\'étage"


def test_a_sentence_breaks_no_line_at_a_mark_of_french_punctuation() -> None:
    assert sentence("« A » : 3 % ?").replace("\\", "") == "«\u00a0A\u00a0»\u00a0: 3\u00a0%\u00a0?"

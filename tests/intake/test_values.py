"""Yes and no, the unknown, codes, texts: what one cell is read as, and what is refused rather than guessed."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clact_model.fields import Value, dictionary
from clact_model.intake.values import (
    Cell,
    Read,
    RefusalError,
    code,
    email,
    is_blank,
    listing,
    parser_of,
    text,
    yes_no,
)
from tests.intake.cells import PARIS, refused


@pytest.mark.parametrize("written", ["Oui", "o", "on", "TRUE", "VRAI", "x", "1", 1.0, True])
def test_writings_of_yes(written: Cell) -> None:
    assert yes_no.parse(written).value is True


@pytest.mark.parametrize("written", ["Non", "N", "off", "false", "faux", "0", 0, False])
def test_writings_of_no(written: Cell) -> None:
    assert yes_no.parse(written).value is False


@pytest.mark.parametrize("written", ["peut-être", "2", 2, "oui et non", date(2026, 1, 1)])
def test_neither_yes_nor_no_is_refused(written: Cell) -> None:
    assert "Oui ou Non" in refused(yes_no.parse, written)


@pytest.mark.parametrize("written", [None, "", "  ", "\u00a0", "-", "–", "\u200b", "\n"])
def test_an_empty_cell_blanks_and_a_dash_are_unknown(written: Cell) -> None:
    assert is_blank(written)


@pytest.mark.parametrize("written", [0, False, "0", "aucun", "--- voir note"])
def test_zero_and_no_are_not_unknown(written: Cell) -> None:
    assert not is_blank(written)


STATES = (Value("en_construction", "En construction"), Value("equipement", "Équipement"), Value("non", "Non"))


@pytest.mark.parametrize("written", ["en_construction", "EN CONSTRUCTION", " en  construction "])
def test_a_code_is_known_by_itself_and_by_its_label(written: str) -> None:
    assert code.closed(STATES)(written).value == "en_construction"


def test_an_unknown_code_is_refused_with_the_accepted_labels() -> None:
    assert "En construction, Équipement, Non" in refused(code.closed(STATES), "terminé")
    assert code.closed(STATES)("equipement").value == "equipement"
    assert code.closed(STATES)(False).value == "non"


def test_an_unknown_theme_is_kept_and_said_and_other_is_silent() -> None:
    parse = code.opened(STATES)
    assert parse("Équipement").value == "equipement"
    assert parse("Jardinage")[0] == "Jardinage"
    assert parse("Jardinage").notice
    assert parse("Autre") == ("autre", None, "avertissement")
    assert code.opened(())("Jardinage").notice is None, "a programme without a list leaves the text free"


def test_an_address_is_never_quoted() -> None:
    assert email.parse(" a@b.fr ; c@d.fr").value == "a@b.fr; c@d.fr"
    assert "jean.dupont" not in refused(email.parse, "jean.dupont chez exemple.fr")


def test_texts_lose_what_nobody_typed() -> None:
    assert text.parse("e\u0301te\u0301_x000D_\r\nligne\x07 2\u00a0").value == "été\nligne 2"
    assert text.parse("émoji 🙂, \u200fعربي\u200f").value == "émoji 🙂, \u200fعربي\u200f"
    assert text.parse(12.5).value == "12,5"
    assert "trop long" in refused(text.parse, "a" * 32_768)
    assert listing.parse("Site A ;Site B\n\nSite C").value == "Site A; Site B; Site C"


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=60),
    st.text(st.sampled_from("0123456789 .,-/:€kTE+%eéABx"), max_size=20),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


PARSERS = [parser_of(field, PARIS) for field in {f.type: f for f in dictionary()}.values()]


@given(st.sampled_from(PARSERS), CELLS)
def test_a_parser_gives_a_value_or_its_refusal_and_nothing_else(parse: Callable[[Cell], object], cell: Cell) -> None:
    if not is_blank(cell):
        try:
            parse(cell)
        except RefusalError as refusal:
            assert str(refusal)


@given(st.sampled_from(PARSERS), st.text(st.characters(categories=["L"]), min_size=3, max_size=8))
def test_a_word_is_never_a_number(parse: Callable[[Cell], object], word: str) -> None:
    try:
        outcome = parse(word)
    except RefusalError:
        return
    assert isinstance(outcome, Read)
    assert not isinstance(outcome.value, Decimal | int) or word.casefold() in yes_no.ANSWERS

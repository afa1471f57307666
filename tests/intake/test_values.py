"""What one cell is read as, and what is refused rather than guessed."""
# ruff: noqa: DTZ001 a cell of a workbook is a wall clock, without a zone

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clact_model import formats
from clact_model.fields import Value, dictionary
from clact_model.intake.values import (
    Cell,
    Read,
    RefusalError,
    amount,
    code,
    day,
    departement,
    dossier_number,
    email,
    finess,
    is_blank,
    listing,
    moment,
    numeral,
    parser_of,
    share,
    siret,
    text,
    yes_no,
)

PARIS = ZoneInfo("Europe/Paris")
FRENCH_GUIANA = ZoneInfo("America/Cayenne")


def refused(parse: Callable[[Cell], Read[object]], cell: Cell) -> str:
    with pytest.raises(RefusalError) as error:
        parse(cell)
    return str(error.value)


@pytest.mark.parametrize(
    ("written", "cents"),
    [
        ("1 234,56", 123456),
        ("1\u00a0234,56 €", 123456),
        ("1\u202f234,56\u00a0€", 123456),
        ("1234,5", 123450),
        ("12 500", 1250000),
        ("12.500,00", 1250000),
        ("12 500 € TTC", 1250000),
        ("12 500 euros HT", 1250000),
        ("1.234.567,89 EUR", 123456789),
        ("1234.56", 123456),
        ("1'234,56", 123456),
        ("0,5 k€", 50000),
        ("12 k€", 1200000),
        ("0", 0),
        (1234.565, 123457),
        (2.675, 268),
        (0.1 + 0.2, 30),
        (8000.000000001, 800000),
        (12, 1200),
    ],
)
def test_french_writings_of_an_amount_give_it_to_the_cent(written: Cell, cents: int) -> None:
    assert amount.parse(written).value * 100 == cents


@pytest.mark.parametrize(
    "written",
    [
        "voir devis",
        "environ 5000",
        "5000-6000",
        "12 500 + 3 000",
        "12.500",
        "12,500",
        "1,234.56",
        "-500",
        "1e5",
        "NaN",
        "12 5",
        "10 %",
        "cinq mille",
        "5000 $",
        "1²",
        "٣",
        True,
        False,
        float("nan"),
        float("inf"),
        -1,
        1e13,
        "9" * 5000,
        date(2026, 1, 1),
        time(9, 30),
        timedelta(hours=30),
    ],
)
def test_what_is_not_one_amount_is_refused(written: Cell) -> None:
    assert "«" in refused(amount.parse, written)


def test_an_ambiguous_amount_is_refused_with_its_two_readings() -> None:
    assert "12 500 ou 12,50" in refused(amount.parse, "12.500")


def test_an_amount_written_with_more_than_two_decimals_is_rounded_and_said() -> None:
    assert amount.parse("1234,567") == (
        Decimal("1234.57"),
        f"Le montant a plus de deux décimales : arrondi à {formats.euros(Decimal('1234.57'))}.",
        "avertissement",
    )


@pytest.mark.parametrize(
    "written",
    [
        "03/04/2026",
        "3/4/2026",
        "03-04-2026",
        "03.04.2026",
        "2026-04-03",
        "03/04/26",
        "3 avril 2026",
        "3 avr. 2026",
        "vendredi 3 avril 2026",
        "03/04/2026 00:00:00",
        date(2026, 4, 3),
        datetime(2026, 4, 3, 9, 41),
    ],
)
def test_a_day_is_read_the_french_way(written: Cell) -> None:
    assert day.parse(written) == (date(2026, 4, 3), None, "avertissement")
    assert moment.parse(written, PARIS).value.date() == date(2026, 4, 3)


@pytest.mark.parametrize(
    "written",
    [
        "31/02/2026",
        "29/02/2025",
        "00/01/2026",
        "32/12/2026",
        "13/13/2026",
        "04/13/2026",
        "03/04/20226",
        "hier",
        "46084",
        "03/04-2026",
        "lundi 3 avril 2026",
        12,
        True,
        time(9),
        date(20, 1, 1),
    ],
)
def test_an_impossible_or_foreign_date_is_refused(written: Cell) -> None:
    assert "date" in refused(day.parse, written)
    assert "date" in refused(lambda cell: moment.parse(cell, PARIS), written)


def test_the_first_of_the_month_is_read_as_french_people_write_it() -> None:
    assert day.parse("1er février 2026").value == date(2026, 2, 1)


def test_a_date_shown_as_a_number_is_read_and_said() -> None:
    value, notice, _ = day.parse(46084.0)
    assert value == date(2026, 3, 3)
    assert notice
    assert "03/03/2026" in notice


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2023-11-06T23:59-04:00", "2023-11-07T03:59Z"),
        ("2026-03-12 09:41:07 +0100", "2026-03-12T08:41:07Z"),
        ("2026-03-12T09:41", "2026-03-12T08:41Z"),
        ("12/03/2026 09:41", "2026-03-12T08:41Z"),
        ("12/03/2026 à 9h41", "2026-03-12T08:41Z"),
        ("2026-03-12T08:41:07.5Z", "2026-03-12T08:41:07.5Z"),
        ("12/07/2026", "2026-07-11T22:00Z"),
        (datetime(2026, 3, 31, 23, 30), "2026-03-31T21:30Z"),
    ],
)
def test_a_moment_without_a_zone_is_local_to_the_programme(written: Cell, instant: str) -> None:
    assert moment.parse(written, PARIS).value == datetime.fromisoformat(instant)


def test_the_same_writing_is_another_moment_overseas() -> None:
    there = moment.parse("31/03/2026 23:30", FRENCH_GUIANA).value
    assert there == datetime(2026, 4, 1, 2, 30, tzinfo=UTC)


def test_an_hour_that_the_clock_change_skips_or_repeats_takes_the_offset_before_it() -> None:
    assert moment.parse("29/03/2026 02:30", PARIS).value.astimezone(UTC) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert moment.parse("25/10/2026 02:30", PARIS).value.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("written", ["12/03/2026 25:00", "12/03/2026 09:60", "2026-03-12T09:41+25:00", "12/03/2026 9"])
def test_an_impossible_hour_is_refused(written: str) -> None:
    assert refused(lambda cell: moment.parse(cell, PARIS), written)


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


@pytest.mark.parametrize(
    ("written", "value"),
    [("9,5 %", "0.095"), ("9.5%", "0.095"), (0.095, "0.095"), ("12,345 %", "0.12345"), (1.0, "1"), ("100 %", "1")],
)
def test_a_percentage_is_kept_as_a_share(written: Cell, value: str) -> None:
    assert share.parse(written) == (Decimal(value), None, "avertissement")


def test_a_percentage_above_1_without_its_sign_is_taken_for_per_cent_and_said() -> None:
    value, notice, _ = share.parse(9.5)
    assert value == Decimal("0.095")
    assert notice


@pytest.mark.parametrize("written", ["1", "beaucoup", -0.1, 250, "1001 %", True])
def test_a_percentage_that_could_be_two_or_none_is_refused(written: Cell) -> None:
    assert refused(share.parse, written)


def test_counts_numbers_and_grades() -> None:
    assert numeral.parse_whole("1 200").value == 1200
    assert numeral.parse_whole(120.0).value == 120
    assert numeral.parse_number("12,5").value == Decimal("12.50")
    assert numeral.parse_grade(3.5).value == Decimal("3.50")
    assert "entier" in refused(numeral.parse_whole, 1.5)
    assert "0 à 5" in refused(numeral.parse_grade, 6)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("590000014", "590000014"),
        (590000014.0, "590000014"),
        ("59 000 001 4", "590000014"),
        ("59\u00a0000\u202f0014", "590000014"),
        ("'590000014", "590000014"),
        ("590000014.0", "590000014"),
        ("FINESS : 590000014", "590000014"),
        ("N° FINESS EJ 590000014", "590000014"),
        ("2A0000014", "2A0000014"),
        ("2b0000012", "2B0000012"),
    ],
)
def test_writings_of_a_finess_number(written: Cell, number: str) -> None:
    assert finess.parse(written) == (number, None, "avertissement")


def test_a_finess_that_lost_its_zero_gets_it_back_and_this_is_said() -> None:
    number, notice, _ = finess.parse(10000024)
    assert number == "010000024"
    assert notice
    assert "zéro" in notice
    assert "010000024" in notice


def test_a_wrong_finess_key_is_said_and_never_refused() -> None:
    number, notice, gravite = finess.parse("590000015")
    assert number == "590000015"
    assert notice
    assert gravite == "avertissement"


@pytest.mark.parametrize("written", ["5900000", "5900000140", "590000014000", "5,90000014E+08", "2C0000014", True, 5.5])
def test_what_has_not_the_shape_of_a_finess_is_refused(written: Cell) -> None:
    assert "FINESS" in refused(finess.parse, written)


def test_a_siret_is_read_as_typed_as_a_number_and_without_its_first_zero() -> None:
    assert siret.parse("265 906 719 00017") == ("26590671900017", None, "avertissement")
    assert siret.parse(26590671900017.0).value == "26590671900017"
    assert siret.parse("35600000009075").notice is None, "La Poste has its own key"
    assert siret.parse("26590671900018").notice
    value, notice, _ = siret.parse("5500895700015")
    assert value == "05500895700015"
    assert "zéro" in str(notice)


@pytest.mark.parametrize("written", ["2,60100E+13", "2659067190001", "2659067190001X", "", "265906719000170"])
def test_a_siret_with_lost_digits_is_refused(written: str) -> None:
    assert "SIRET" in refused(siret.parse, written)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (1, "01"),
        ("01", "01"),
        ("2a", "2A"),
        ("971", "971"),
        ("Corse-du-Sud", "2A"),
        ("côtes d’armor", "22"),
        ("02 – Aisne", "02"),
        ("59 - Nord", "59"),
        ("69 ", "69"),
        ("Réunion", "974"),
    ],
)
def test_a_departement_by_its_code_or_its_name(written: Cell, found: str) -> None:
    assert departement.parse(written).value == found


@pytest.mark.parametrize("written", ["20", 99, "Paname", "02 – Nord", "00", True])
def test_what_is_no_departement_is_refused(written: Cell) -> None:
    assert "département" in refused(departement.parse, written)


def test_there_are_one_hundred_and_four_departements() -> None:
    assert len(departement.names()) == 104


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


def test_one_dossier_number_has_one_writing() -> None:
    assert {dossier_number.parse(w).value for w in ("2026-0002", " 2026-0002", "2026–0002\u00a0")} == {"2026-0002"}
    assert dossier_number.parse(20260002.0).value == "20260002"
    assert refused(dossier_number.parse, 2026.5)
    assert refused(dossier_number.parse, date(2026, 2, 1))


AMOUNTS = st.decimals(0, 999_999_999_999, places=2)
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


@given(AMOUNTS)
def test_an_amount_shown_and_read_again_is_the_same(value: Decimal) -> None:
    assert amount.parse(formats.euros(value)).value == value
    assert amount.parse(str(value)).value == value


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_day_shown_and_read_again_is_the_same(value: date) -> None:
    assert day.parse(formats.day(value)).value == value
    assert day.parse(formats.long_day(value)).value == value
    assert day.parse(value.isoformat()).value == value


@given(
    st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.sampled_from([UTC, PARIS, FRENCH_GUIANA])),
    st.sampled_from([PARIS, FRENCH_GUIANA]),
)
def test_a_moment_written_in_iso_and_read_again_is_the_same(value: datetime, zone: ZoneInfo) -> None:
    assert moment.parse(value.isoformat(), zone).value.astimezone(UTC) == value.astimezone(UTC)


def test_a_share_above_100_per_cent_is_said() -> None:
    value, notice, gravite = share.parse("950 %")
    assert (value, gravite) == (Decimal("9.5"), "avertissement")
    assert notice is not None and "dépasse 100 %" in notice
    assert share.parse("100 %").notice is None


def test_a_number_cell_of_thirteen_digits_has_lost_its_zero_and_a_text_lacks_any_digit() -> None:
    value, notice, _ = siret.parse(5650021800014)
    assert value == "05650021800014" and "zéro" in str(notice) and "clé" in str(notice)
    assert refused(siret.parse, "5650021800014")


@given(st.decimals(0, 10, places=4))
def test_a_share_written_with_its_sign_and_read_again_is_the_same(value: Decimal) -> None:
    assert share.parse(f"{str(value * 100).replace('.', ',')} %").value == value


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

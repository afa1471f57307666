"""Days and moments: what one cell is read as, and what is refused rather than guessed."""
# ruff: noqa: DTZ001 a cell of a workbook is a wall clock, without a zone

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clact_model import formats
from clact_model.intake.values import (
    Cell,
    day,
    moment,
)
from tests.intake.cells import PARIS, refused

FRENCH_GUIANA = ZoneInfo("America/Cayenne")


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

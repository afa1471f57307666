"""Days: real cells, ISO, French writings. Never month first."""

import re
from datetime import date, datetime, timedelta

from clact_model import formats
from clact_model.intake.values.outcome import Read, RefusalError, quoted
from clact_model.intake.values.text import one_line
from clact_model.reading import Cell
from clact_model.wording import folded

EARLIEST, LATEST = 1900, 2100
_EXCEL_ORIGIN = datetime(1899, 12, 30)  # noqa: DTZ001 a wall clock, as a cell of Excel is
_SERIAL_FROM, _SERIAL_TO = 36_526, 73_415
"""Serial numbers that are days from 2000 to 2100: others are not taken for dates."""

_ISO = re.compile(r"(?P<y>\d{4})(?P<s>[/-])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})", re.ASCII)
_FRENCH = re.compile(r"(?P<d>\d{1,2})(?P<s>[/.-])(?P<m>\d{1,2})(?P=s)(?P<y>\d{4}|\d{2})", re.ASCII)
_WORDS = re.compile(r"(?:(?P<w>[a-z]+) )?(?P<d>\d{1,2})(?:er)? (?P<m>[a-z]+)\.? (?P<y>\d{4})", re.ASCII)
_DASHED = re.compile(r"(?P<d>\d{1,2})-(?P<m>[a-z]+)\.?-(?P<y>\d{4}|\d{2})", re.ASCII)
"""``03-avr-26``, as a French Excel shows a date whose format was chosen for it."""
# As it was read on a clock where it was written: an hour of the meridian would be another day's here.
_TIME_OF_DAY = re.compile(
    r"(?<=\d)(?:[ T]| à )[0-2]?\d[:h][0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?: ?[+-]\d\d:?\d\d)?$", re.ASCII
)
_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "janvier janv jan",
            "fevrier fevr fev",
            "mars mar",
            "avril avr",
            "mai",
            "juin",
            "juillet juil",
            "aout",
            "septembre sept sep",
            "octobre oct",
            "novembre nov",
            "decembre dec",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def parse(cell: Cell) -> Read[date]:
    """The day of a date cell, of ``03/04/2026``, ``2026-04-03``, ``3 avril 2026``; a time of day is left aside.

    Raises RefusalError for impossible days, other writings, and years out of 1900..2100.
    """
    match cell:
        case datetime():
            return Read(_plausible(cell.date(), cell))
        case date():
            return Read(_plausible(cell, cell))
        case bool():
            pass
        case int() | float():
            day = from_serial(cell).date()
            return Read(day, serial_notice(cell, formats.day(day)))
        case str():
            line = one_line(cell)
            return Read(from_text(_TIME_OF_DAY.sub("", line), cell))
    raise refusal(cell)


def from_text(text: str, cell: Cell) -> date:
    """The day written; ``cell`` is what a refusal quotes."""
    words = folded(text)
    found = _ISO.fullmatch(text) or _FRENCH.fullmatch(text) or _WORDS.fullmatch(words) or _DASHED.fullmatch(words)
    if found is None:
        raise refusal(cell)
    parts = found.groupdict()
    month = _MONTHS.get(parts["m"]) or (int(parts["m"]) if parts["m"].isdigit() else 0)
    try:
        day = date(_year(parts["y"]), month, int(parts["d"]))
    except ValueError as error:
        raise RefusalError(f"{quoted(cell)} est une date impossible : vérifiez le jour, le mois et l'année.") from error
    if parts.get("w") and parts["w"] != _WEEKDAYS[day.weekday()]:
        raise RefusalError(
            f"{quoted(cell)} : cette date est un {_WEEKDAYS[day.weekday()]}, corrigez le jour ou la date."
        )
    return _plausible(day, cell)


def from_serial(cell: int | float) -> datetime:
    """A date that Excel shows as its serial number. Raises RefusalError out of the years 2000 to 2100."""
    if not _SERIAL_FROM <= cell <= _SERIAL_TO:
        raise refusal(cell)
    # To the second: a serial number holds no more than that exactly.
    return _EXCEL_ORIGIN + timedelta(seconds=round(cell * 86_400))


def serial_notice(cell: Cell, read: str) -> str:
    """What is said when a number was taken for a date."""
    return f"{quoted(cell)} est une date affichée comme un nombre, lue {read} : donnez à la cellule un format de date."


def refusal(cell: Cell) -> RefusalError:
    """The refusal of what is no date at all."""
    return RefusalError(f"{quoted(cell)} n'est pas une date lisible : écrivez-la jj/mm/aaaa, par exemple 03/04/2026.")


def _year(digits: str) -> int:
    # Two digits: 00..79 is this century, 80..99 the last one.
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 80 else 1900)


def _plausible(day: date, cell: Cell) -> date:
    if not EARLIEST <= day.year <= LATEST:
        raise RefusalError(
            f"{quoted(cell)} : l'année de cette date n'est pas entre {EARLIEST} et {LATEST}, corrigez-la."
        )
    return day

"""Moments: a day and a time, aware of their zone; without one, the local time of the programme."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from clact_model import formats
from clact_model.intake.values import day
from clact_model.intake.values.outcome import Read, RefusalError, quoted
from clact_model.intake.values.text import one_line
from clact_model.reading import Cell

_TIME = re.compile(
    r"(?P<day>.+?)(?:T| à | )\s*(?P<h>\d{1,2})(?::|\s?h\s?)(?P<m>\d{2})?(?::(?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?)?"
    r"\s*(?P<zone>Z|UTC|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)


def parse(cell: Cell, zone: ZoneInfo) -> Read[datetime]:
    """An aware moment: ``2023-11-06T23:59-04:00``, ``12/03/2026 09:41``, a date cell; a day alone is its midnight.

    A local time that a clock change skips or repeats is read with the offset before the change (``fold=0``): the
    earlier of two, which never makes a deposit late. Raises RefusalError as :mod:`day` does, and for impossible times.
    """
    match cell:
        case datetime():
            day.parse(cell)
            return Read(cell if cell.tzinfo else cell.replace(tzinfo=zone))
        case date():
            return Read(_midnight(day.parse(cell).value, zone))
        case bool():
            pass
        case int() | float():
            moment = day.from_serial(cell).replace(tzinfo=zone)
            return Read(moment, day.serial_notice(cell, formats.moment(moment)))
        case str():
            return Read(_from_text(one_line(cell), zone, cell))
    raise day.refusal(cell)


def _from_text(text: str, zone: ZoneInfo, cell: Cell) -> datetime:
    found = _TIME.fullmatch(text)
    if found is None:
        return _midnight(day.from_text(text, cell), zone)
    read = day.from_text(found["day"], cell)
    try:
        of_day = time(
            int(found["h"]), int(found["m"] or 0), int(found["s"] or 0), int((found["f"] or "0")[:6].ljust(6, "0"))
        )
        return datetime.combine(read, of_day, _zone(found["zone"]) or zone)
    except ValueError as error:
        raise RefusalError(
            f"{quoted(cell)} porte une heure impossible : écrivez par exemple 03/04/2026 14:05."
        ) from error


def _zone(written: str | None) -> timezone | None:
    """The offset written, if any; ValueError when no place on Earth has it."""
    if written is None or written in ("Z", "UTC"):
        return UTC if written else None
    hours, minutes = int(written[1:3]), int(written[-2:])
    if hours > 14 or minutes > 59:
        raise ValueError(written)
    return timezone(timedelta(hours=hours, minutes=minutes) * (-1 if written[0] == "-" else 1))


def _midnight(read: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(read, time(), zone)

"""From what a call's file says of a deadline and the days of a dossier to the last day for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from clact_model import months
from clact_model.programme import Programme
from clact_model.programme.control import Deadline, Event
from clact_model.tracking.words import named_day


@dataclass(frozen=True, slots=True)
class Days:
    """The days from which months are counted; None: not known, or not come yet."""

    accord: date | None = None
    convention: date | None = None
    debut: date | None = None
    fin: date | None = None

    def of(self, event: Event) -> date | None:
        days: Mapping[Event, date | None] = {
            "accord": self.accord,
            "convention": self.convention,
            "debut": self.debut,
            "fin": self.fin,
        }
        return days[event]


def last_day(programme: Programme, deadline: Deadline, days: Days) -> date | None:
    """The last day of a deadline that comes once; None when the day that it is counted from is not known."""
    if deadline.chaque_annee is not None:
        return deadline.chaque_annee.from_day(days.fin + timedelta(days=1)) if days.fin else None
    if deadline.mois is None or deadline.apres is None:
        return named_day(programme, deadline)
    counted_from = days.of(deadline.apres)
    if counted_from is None:
        return None
    end = months.later(counted_from, deadline.mois)
    # What begins on the 1st of September and lasts 24 months ends on the 31st of August.
    return end - timedelta(days=1) if deadline.apres == "debut" else end


def yearly(deadline: Deadline, signed_on: date, until: date) -> Iterator[tuple[int, date]]:
    """Each civil year from that of the signature, and the last day for its report, as long as that day is not after ``until``."""
    if deadline.chaque_annee is None:
        return
    year = signed_on.year
    while (due := deadline.chaque_annee.of(year + 1)) <= until:
        yield year, due
        year += 1

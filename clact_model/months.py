"""Months as calls count them: so many months later, and the months of each year of a span."""

import calendar
from collections.abc import Mapping
from datetime import date


def in_month(year: int, month: int, day: int) -> date:
    """That day of the month, or its last day when the month is shorter: 31 in February → the 28th or the 29th."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def later(day: date, months: int) -> date:
    """``months`` later (earlier when negative), on the same day of the month or on its last: 31/01/2025 + 1 → 28/02/2025."""
    years, month = divmod(day.month - 1 + months, 12)
    return in_month(day.year + years, month + 1, day.day)


def by_year(first: date, last: date) -> Mapping[int, int]:
    """Year → the months of the span that lie in it, a month begun being counted. ValueError when it ends before it begins."""
    if last < first:
        raise ValueError(f"{last} is before {first}")
    return {
        year: (last.month if year == last.year else 12) - (first.month if year == first.year else 1) + 1
        for year in range(first.year, last.year + 1)
    }

"""What the parts of a programme file are made of: strict keys, quotes, days that come back each year."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from clact_model import formats, months

Level = Literal["dossier", "action"]
"""What a rule, a criterion, a field speaks of."""


class Part(BaseModel):
    """A part of a programme file."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Quote(Part):
    """Words of the call, as they stand in ``data/sources/<source>``."""

    source: str
    texte: str = Field(min_length=3)


def _as_tuple(value: object) -> object:
    return [value] if isinstance(value, dict | Quote) else value


Quotes = Annotated[tuple[Quote, ...], BeforeValidator(_as_tuple)]
_LEAP_YEAR = 2024


class DayOfYear(Part):
    """A day that comes back each year: ``{ jour = 30, mois = 3 }``. The 29th of February is its last day in each year."""

    jour: int = Field(ge=1, le=31)
    mois: int = Field(ge=1, le=12)

    @model_validator(mode="after")
    def _exists(self) -> "DayOfYear":
        if months.in_month(_LEAP_YEAR, self.mois, self.jour).day != self.jour:
            raise ValueError(f"le {self.jour}/{self.mois:02} n'existe dans aucune année")
        return self

    def of(self, year: int) -> date:
        """That day in one year."""
        return months.in_month(year, self.mois, self.jour)

    @property
    def words(self) -> str:
        """« 30 mars »."""
        return formats.day_of_year(self.of(_LEAP_YEAR))

    def from_day(self, day: date) -> date:
        """The first such day that is not before ``day``."""
        this_year = self.of(day.year)
        return this_year if day <= this_year else self.of(day.year + 1)

"""What may be given again on a day: what came back, what the envelope still holds, what is counted on to come back."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal, InvalidOperation

import duckdb

from clact_model import formats
from clact_model.decision import Held
from clact_model.decision.given_again import came_back
from clact_model.errors import UsageError
from clact_model.ledger import ZERO
from clact_model.programme import Programme

NONE = Decimal(1)
"""Over-programming: grants up to the envelope, and no more."""
MOST = Decimal("1.5")
CENT = Decimal("0.01")


class OverProgrammingError(UsageError):
    """No such over-programming."""


@dataclass(frozen=True, slots=True)
class Money:
    """What there is to give again. Amounts in EUR."""

    jour: date
    libere: Decimal
    recupere: Decimal
    reaffecte: Decimal
    """What was given again of it already."""
    surprogramme: Decimal
    """What was given before it had come back."""
    reste: Decimal
    """What the committee still holds of its envelope."""
    enveloppe: Decimal
    surprogrammation: Decimal = NONE
    """Envelope and over-programming ÷ envelope: 1.04 counts on 4 % of it to come back."""

    @property
    def returned(self) -> Decimal:
        return self.libere + self.recupere

    @property
    def given(self) -> Decimal:
        """Granted on top of the envelope already."""
        return self.reaffecte + self.surprogramme

    @property
    def over(self) -> Decimal:
        """The most that may be given before it has come back."""
        return (self.enveloppe * (self.surprogrammation - 1)).quantize(CENT, ROUND_DOWN)

    @property
    def total(self) -> Decimal:
        """What may be given again now."""
        return max(ZERO, self.reste + self.returned + self.over - self.given)

    def after(self, granted: Decimal) -> tuple[Decimal, Decimal]:
        """``reaffecte`` and ``surprogramme`` once that much more is granted: the envelope's rest goes first, then what came
        back, then what is to come back."""
        given = self.given + max(ZERO, granted - self.reste)
        covered = min(given, self.returned)
        return covered, given - covered


def money(
    cursor: duckdb.DuckDBPyConnection, programme: Programme, held: Held, day: date, surprogrammation: Decimal = NONE
) -> Money:
    """What may be given again on a day. Raises OverProgrammingError."""
    if not NONE <= surprogrammation <= MOST:
        raise OverProgrammingError(
            f"La surprogrammation va de 100 % à {formats.share(MOST)} de l'enveloppe : {formats.share(surprogrammation)} n'en est pas une."
        )
    back, committee = came_back(cursor, programme.id, day), held.committee
    return Money(
        day,
        back.libere,
        back.recupere,
        committee.reaffecte,
        committee.surprogramme,
        held.left,
        committee.enveloppe,
        surprogrammation,
    )


def read_over(text: str) -> Decimal:
    """``1.04``, ``1,04`` or ``104 %`` → 1.04. Raises OverProgrammingError."""
    plain = text.replace(",", ".").strip()
    try:
        value = Decimal(plain.removesuffix("%").strip())
    except InvalidOperation as error:
        raise OverProgrammingError(f"« {text} » n'est pas une surprogrammation : écrivez 1.04 ou 104 %.") from error
    value = value / 100 if plain.endswith("%") else value
    if not value.is_finite():
        raise OverProgrammingError(f"« {text} » n'est pas une surprogrammation : écrivez 1.04 ou 104 %.")
    return value

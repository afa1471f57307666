"""The grants that a payment may belong to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

import duckdb

from clact_model import ledger
from clact_model.ledger import ZERO, Movement, Poste
from clact_model.tracking import Instalment, instalments
from clact_model.wording import numbered


@dataclass(frozen=True)
class Payable:
    """One account, and who it is."""

    numero: str
    poste: Poste
    raison_sociale: str | None
    siret: str | None
    movements: Sequence[Movement] = field(default=(), repr=False)

    @property
    def label(self) -> str:
        """``Dossier 12``, with its grant when it is the second."""
        return ledger.place((self.numero, self.poste))

    @cached_property
    def standing(self) -> list[Movement]:
        return ledger.standing(self.movements)

    @cached_property
    def conventions(self) -> tuple[str, ...]:
        """The numbers of its conventions."""
        return tuple(dict.fromkeys(m.reference for m in self.standing if m.nature == "convention" and m.reference))

    @cached_property
    def signed_on(self) -> date | None:
        return min((m.jour for m in self.standing if m.nature == "convention"), default=None)

    @cached_property
    def paid(self) -> dict[tuple[str, date], Decimal]:
        """Reference, as writings of it are compared, and day of a payment → EUR, all its tranches together."""
        found: dict[tuple[str, date], Decimal] = {}
        for m in self.standing:
            if m.nature == "versement":
                key = numbered(m.reference or ""), m.jour
                found[key] = found.get(key, ZERO) + (m.montant or ZERO)
        return found

    def instalments(self, day: date) -> list[Instalment]:
        """Its tranches as of a day."""
        return instalments(self.movements, day)


def payables(cursor: duckdb.DuckDBPyConnection, programme: str) -> list[Payable]:
    """Every account to which something is granted, in the order of the dossiers."""
    accounts: dict[ledger.AccountKey, list[Movement]] = {}
    for movement in ledger.lines(cursor, programme):
        accounts.setdefault(movement.account, []).append(movement)
    rows = cursor.execute(
        "SELECT numero, raison_sociale, siret FROM dossier WHERE programme = ? ORDER BY ordre", [programme]
    ).fetchall()
    return [
        Payable(numero, poste, name, siret, movements)
        for numero, name, siret in rows
        for poste in ledger.POSTES
        if (movements := accounts.get((numero, poste))) and ledger.of_lines(movements).accorde > 0
    ]

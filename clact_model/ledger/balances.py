"""Where each euro of a grant stands on a day: consumed, to be recovered, recovered, freed or still to come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

import duckdb

from clact_model.allocation.money import amount, cents
from clact_model.ledger.lines import AccountKey, Entry
from clact_model.ledger.natures import Nature

ZERO = Decimal("0.00")
SUMMED: tuple[Nature, ...] = (
    "octroi",
    "convention",
    "versement",
    "depense",
    "admission",
    "rejet",
    "liberation",
    "a_recuperer",
    "recouvrement",
)
"""Natures that make up a balance."""


@dataclass(frozen=True, slots=True)
class Balance:
    """EUR, as of a day. ``accorde = consomme + a_recuperer + recupere + libere + reste``, always."""

    accorde: Decimal = ZERO
    conventionne: Decimal = ZERO
    paye: Decimal = ZERO
    presente: Decimal = ZERO
    admis: Decimal = ZERO
    rejete: Decimal = ZERO
    consomme: Decimal = ZERO
    """Admitted within the grant; what is taken back no longer counts."""
    a_recuperer: Decimal = ZERO
    """Paid, asked back, and not come back yet."""
    recupere: Decimal = ZERO
    libere: Decimal = ZERO
    """Granted, and never to be paid."""
    reste: Decimal = ZERO
    """Still to come: granted, neither consumed nor given up."""

    @property
    def returned(self) -> Decimal:
        """EUR that may be given to others: freed and recovered."""
        return self.libere + self.recupere

    @property
    def a_verser(self) -> Decimal:
        """EUR that may still be paid: granted, neither paid nor freed."""
        return self.accorde - self.libere - self.paye


def _from_cents(
    granted: int,
    signed: int,
    paid: int,
    presented: int,
    admitted: int,
    rejected: int,
    freed: int,
    claimed: int,
    recovered: int,
) -> Balance:
    """The balance of one account, from the cents of each of SUMMED."""
    kept = granted - freed - claimed
    consumed = max(0, min(admitted, kept))
    parts = (
        *(granted, signed, paid, presented, admitted, rejected, consumed),
        *(claimed - recovered, recovered, freed, kept - consumed),
    )
    return Balance(*[amount(part) if part else ZERO for part in parts])


def from_sums(sums: Mapping[str, Decimal]) -> Balance:
    """The balance of one account, from the EUR of each nature of line."""
    return _from_cents(*(cents(sums.get(nature, ZERO)) for nature in SUMMED))


def of_lines(entries: Iterable[Entry], day: date | None = None) -> Balance:
    """The balance of the lines of one account, up to a day included (None: all of them)."""
    sums: dict[str, Decimal] = {}
    for entry in entries:
        if entry.montant is not None and (day is None or entry.jour <= day):
            sums[entry.nature] = sums.get(entry.nature, ZERO) + entry.montant
    return from_sums(sums)


def balances(cursor: duckdb.DuckDBPyConnection, programme: str, day: date) -> Mapping[AccountKey, Balance]:
    """Account → its balance as of a day; in the order of the dossiers. An account without a line that day has none."""
    # Cents: DuckDB takes ten times longer to hand a DECIMAL over than a whole number.
    columns = ", ".join(
        f"coalesce(sum((montant * 100)::BIGINT) FILTER (nature = '{nature}'), 0)::BIGINT" for nature in SUMMED
    )
    rows = cursor.execute(
        f"""SELECT numero, poste, {columns} FROM mouvement WHERE programme = ? AND jour <= ?
            GROUP BY numero, poste ORDER BY numero, poste""",
        [programme, day],
    ).fetchall()
    return {(numero, poste): _from_cents(*sums) for numero, poste, *sums in rows}


def total(some: Iterable[Balance]) -> Balance:
    """The sum of balances, part by part."""
    names = [field.name for field in fields(Balance)]
    kept = list(some)
    return Balance(**{name: sum((getattr(balance, name) for balance in kept), ZERO) for name in names})

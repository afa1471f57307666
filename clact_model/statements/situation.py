"""What a statement to fill tells an establishment of its grant, as of a day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

import duckdb

from clact_model import ledger
from clact_model.ledger import ZERO, Balance
from clact_model.programme import Programme
from clact_model.statements.known import Account, Presented, accounts
from clact_model.tracking import Instalment, instalments


@dataclass(frozen=True, slots=True)
class Action:
    """One action of the dossier. ``accorde``: EUR granted to it alone; None where the dossier is granted as a whole."""

    ligne: int
    intitule: str | None
    accorde: Decimal | None


@dataclass(frozen=True, slots=True)
class Dated:
    """A convention or a payment as its own paper says it, however many lines of the ledger it takes. ``montant``: EUR."""

    reference: str | None
    jour: date
    montant: Decimal


@dataclass(frozen=True)
class Situation:
    """One dossier and its grant on a day. Amounts in EUR."""

    numero: str
    raison_sociale: str | None
    jour: date
    notifie_le: date | None
    balance: Balance
    supplement: Decimal
    """Granted on top, on a second envelope: its expenses are not counted here."""
    conventions: Sequence[Dated] = field(repr=False)
    actions: Sequence[Action] = field(repr=False)
    tranches: Sequence[Instalment] = field(repr=False)
    versements: Sequence[Dated] = field(repr=False)
    presented: Sequence[Presented] = field(repr=False)
    """The expenses that stand, in the order in which they were received."""


def situations(
    cursor: duckdb.DuckDBPyConnection, programme: Programme, day: date, numeros: Collection[str] | None = None
) -> list[Situation]:
    """The dossiers to which something is granted, or those named whatever they are, in the order of the base."""
    known = accounts(cursor, programme.id, numeros)
    extra = _supplements(cursor, programme.id, day)
    titles = _titles(cursor, programme.id)
    found = [_situation(_as_of(account, day), day, titles, extra) for account in known.values()]
    return [one for one in found if numeros is not None or one.balance.accorde]


def _as_of(account: Account, day: date) -> Account:
    return replace(account, movements=[m for m in account.movements if m.jour <= day])


def _situation(
    account: Account, day: date, titles: dict[tuple[str, int], str | None], extra: dict[str, Decimal]
) -> Situation:
    granted: dict[int | None, Decimal] = {}
    for movement in account.standing:
        if movement.nature == "octroi":
            granted[movement.ligne] = granted.get(movement.ligne, ZERO) + (movement.montant or ZERO)
    return Situation(
        account.numero,
        account.raison_sociale,
        day,
        account.notifie_le,
        account.balance,
        extra.get(account.numero, ZERO),
        _of(account, "convention"),
        [Action(ligne, titles.get((account.numero, ligne)), granted.get(ligne)) for ligne in account.couts],
        instalments(account.movements, day),
        _of(account, "versement"),
        account.presented,
    )


def _of(account: Account, nature: ledger.Nature) -> list[Dated]:
    """A convention of three actions, or a payment of three tranches, is one."""
    found: dict[tuple[str | None, date], Decimal] = {}
    for movement in account.standing:
        if movement.nature == nature:
            key = movement.reference, movement.jour
            found[key] = found.get(key, ZERO) + (movement.montant or ZERO)
    return [Dated(reference, day, amount) for (reference, day), amount in found.items()]


def _supplements(cursor: duckdb.DuckDBPyConnection, programme: str, day: date) -> dict[str, Decimal]:
    held = ledger.balances(cursor, programme, day)
    return {numero: balance.accorde for (numero, poste), balance in held.items() if poste == "supplement"}


def _titles(cursor: duckdb.DuckDBPyConnection, programme: str) -> dict[tuple[str, int], str | None]:
    rows = cursor.execute("SELECT numero, ligne, intitule FROM action WHERE programme = ?", [programme]).fetchall()
    return {(numero, ligne): title for numero, ligne, title in rows}

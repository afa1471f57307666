"""Where each grant stands on a day: its balance, its convention, its tranches."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import duckdb

from clact_model import ledger
from clact_model.ledger import ZERO, AccountKey, Balance, Movement, Poste
from clact_model.programme import Programme
from clact_model.tracking.instalments import Instalment, instalments


@dataclass(frozen=True, slots=True)
class Convention:
    """What was signed. ``montant`` in EUR."""

    reference: str
    signe_le: date
    forme: str
    montant: Decimal
    indicateurs: str


@dataclass(frozen=True, slots=True)
class Situation:
    """One account as of a day."""

    numero: str
    poste: Poste
    raison_sociale: str | None
    notifie_le: date | None
    """None: something was presented before anything was granted."""
    balance: Balance
    convention: Convention | None
    tranches: Sequence[Instalment]
    mouvements: Sequence[Movement]
    """Its lines up to that day, those reversed and their reversals too."""

    @property
    def payable(self) -> Decimal:
        """EUR that may be paid now: what the tranches that wait for nothing leave."""
        return sum((one.payable for one in self.tranches), ZERO)

    @property
    def to_sign(self) -> bool:
        """Granted, and no convention yet."""
        return self.balance.accorde > self.balance.libere and self.convention is None

    @property
    def closed(self) -> bool:
        """Nothing is to come any more: consumed, freed or recovered to the last cent."""
        return bool(self.balance.accorde) and not self.balance.reste and not self.balance.a_recuperer and not self.due

    @property
    def due(self) -> Decimal:
        """EUR consumed and not paid yet."""
        return max(self.balance.consomme - (self.balance.paye - self.balance.a_recuperer - self.balance.recupere), ZERO)


def situations(
    cursor: duckdb.DuckDBPyConnection, programme: Programme, day: date, numeros: Collection[str] | None = None
) -> list[Situation]:
    """Every account of a programme, or of some dossiers, that has a line by that day; in the order of the dossiers."""
    by_account: dict[AccountKey, list[Movement]] = {}
    for movement in ledger.lines(cursor, programme.id, numeros, day):
        by_account.setdefault(movement.account, []).append(movement)
    names = _names(cursor, programme)
    return [
        _situation(account, movements, names.get(account[0]), day) for account, movements in sorted(by_account.items())
    ]


def total(some: Collection[Situation]) -> Balance:
    """What accounts add up to."""
    return ledger.total(one.balance for one in some)


def _names(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> Mapping[str, str | None]:
    rows = cursor.execute("SELECT numero, raison_sociale FROM dossier WHERE programme = ?", [programme.id]).fetchall()
    return dict(rows)


def _situation(account: AccountKey, movements: Sequence[Movement], name: str | None, day: date) -> Situation:
    standing = ledger.standing(movements)
    grants = [m.jour for m in standing if m.nature == "octroi"]
    numero, poste = account
    return Situation(
        numero=numero,
        poste=poste,
        raison_sociale=name,
        notifie_le=min(grants, default=None),
        balance=ledger.of_lines(movements),
        convention=_convention([m for m in standing if m.nature == "convention"]),
        tranches=instalments(movements, day),
        mouvements=movements,
    )


def _convention(signed: Sequence[Movement]) -> Convention | None:
    if not signed:
        return None
    first = signed[0]
    return Convention(
        reference=first.reference or "",
        signe_le=first.jour,
        forme=str(first.details.get("forme", "convention")),
        montant=sum((m.montant or ZERO for m in signed), ZERO),
        indicateurs=str(first.details.get("indicateurs", "")),
    )

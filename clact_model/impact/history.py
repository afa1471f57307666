"""Several years of one establishment, and of a region: what was asked, granted, consumed, recovered, call by call.

Every call of the base counts, also one whose programme file is no longer loaded.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import duckdb

from clact_model import ledger
from clact_model.ledger import Balance
from clact_model.programme import Programme
from clact_model.references import same_establishment

_YEAR = re.compile(r"(?P<stem>.+?)_(?P<year>(?:19|20)\d\d)(?:_.*)?")


@dataclass(frozen=True, slots=True)
class Year:
    """One call. Amounts in EUR."""

    programme: str
    annee: int | None
    """The year that the call's id ends with; None when it ends with none."""
    numeros: tuple[str, ...]
    demande: Decimal | None
    """Of the amounts that are known; None when none is."""
    balance: Balance | None
    """None while nothing of it was notified: then nothing is known of what is granted."""


def stem(identifier: str) -> str:
    """What the ids of one region's calls have in common: all but their year, and what follows it."""
    found = _YEAR.fullmatch(identifier)
    return found["stem"] if found else identifier


def of_region(cursor: duckdb.DuckDBPyConnection, programme: Programme, day: date) -> list[Year]:
    """The calls of the same region in the base, the oldest first."""
    rows = cursor.execute("SELECT DISTINCT programme FROM dossier").fetchall()
    own = stem(programme.id)
    found = [_year(cursor, name, None, day) for (name,) in rows if stem(name) == own]
    return sorted(found, key=_in_time)


def of_establishment(cursor: duckdb.DuckDBPyConnection, programme: Programme, numero: str, day: date) -> list[Year]:
    """The calls in which the establishment of this dossier asked for something, the oldest first.

    The same FINESS, or the same SIRET, or the same establishment of the register.
    """
    numbers: dict[str, list[str]] = {programme.id: [numero]}
    for other in same_establishment(cursor, programme, numero):
        if other.lien == "etablissement":
            numbers.setdefault(other.programme, []).append(other.numero)
    found = [_year(cursor, name, own, day) for name, own in numbers.items()]
    return sorted(found, key=_in_time)


def _year(cursor: duckdb.DuckDBPyConnection, programme: str, numeros: list[str] | None, day: date) -> Year:
    rows = cursor.execute(
        """SELECT d.numero, (SELECT sum(a.montant_demande)::DECIMAL(18, 2) FROM action a
                             WHERE a.programme = d.programme AND a.numero = d.numero)
           FROM dossier d WHERE d.programme = $programme
             AND ($numeros IS NULL OR list_contains($numeros::VARCHAR[], d.numero)) ORDER BY d.ordre""",
        {"programme": programme, "numeros": numeros},
    ).fetchall()
    own = {name for name, _ in rows}
    accounts = ledger.balances(cursor, programme, day)
    known = [asked for _, asked in rows if asked is not None]
    found = _YEAR.fullmatch(programme)
    return Year(
        programme,
        int(found["year"]) if found else None,
        tuple(name for name, _ in rows),
        sum(known, ledger.ZERO) if known else None,
        ledger.total(one for (name, _), one in accounts.items() if name in own) if accounts else None,
    )


def _in_time(year: Year) -> tuple[int, str]:
    return year.annee or 0, year.programme

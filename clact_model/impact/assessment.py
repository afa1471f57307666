"""What a call adds up to on a day: dossiers asked and granted, and each euro's state, by axis, sector and département."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import duckdb

from clact_model import ledger
from clact_model.ledger import ZERO, Balance
from clact_model.overview.labels import NOT_GIVEN, SEVERAL_AXES, departement_label, values
from clact_model.programme import Programme

CHAMPS: Mapping[str, str] = {"axe": "Axe", "secteur": "Secteur", "departement": "Département"}
"""What a call is split by → its name. A dossier with lines of several axes counts under SEVERAL_AXES: its money is one account."""


@dataclass(frozen=True, slots=True)
class Sums:
    """One group. ``demande``: EUR, of the amounts that are known."""

    dossiers: int
    demande: Decimal
    accordes: int
    """Dossiers that were notified a grant."""
    balance: Balance


@dataclass(frozen=True)
class Assessment:
    """The whole call, and its groups: champ → name of a group → its sums, which add up to those of the call."""

    jour: date
    total: Sums
    groups: Mapping[str, Mapping[str, Sums]]


@dataclass(frozen=True, slots=True)
class _Dossier:
    groups: Mapping[str, str]
    demande: Decimal
    balance: Balance


def assess(cursor: duckdb.DuckDBPyConnection, programme: Programme, day: date) -> Assessment:
    """The sums of a call as of a day; the supplement counted with the aid."""
    found = _dossiers(cursor, programme, day)
    groups = {
        champ: {name: _sums([one for one in found if one.groups[champ] == name]) for name in _names(found, champ)}
        for champ in CHAMPS
    }
    return Assessment(day, _sums(found), groups)


def _dossiers(cursor: duckdb.DuckDBPyConnection, programme: Programme, day: date) -> Sequence[_Dossier]:
    money: dict[str, list[Balance]] = {}
    for (numero, _), balance in ledger.balances(cursor, programme.id, day).items():
        money.setdefault(numero, []).append(balance)
    rows = cursor.execute(
        """SELECT d.numero, d.secteur, d.departement, coalesce(a.demande, 0)::DECIMAL(18, 2), a.axes
           FROM dossier d
           LEFT JOIN (SELECT numero, sum(montant_demande) AS demande, list(DISTINCT axe) FILTER (axe IS NOT NULL) AS axes
                      FROM action WHERE programme = $programme GROUP BY numero) a ON a.numero = d.numero
           WHERE d.programme = $programme ORDER BY d.ordre""",
        {"programme": programme.id},
    ).fetchall()
    axes, sectors = values(programme, "axe"), values(programme, "secteur")
    return [
        _Dossier(
            {
                "axe": _axis(own or [], axes),
                "secteur": sectors.get(secteur, secteur) or NOT_GIVEN,
                "departement": departement_label(departement) if departement else NOT_GIVEN,
            },
            demande,
            ledger.total(money.get(numero, [])),
        )
        for numero, secteur, departement, demande, own in rows
    ]


def _axis(own: Sequence[str], labels: Mapping[str, str]) -> str:
    if len(own) > 1:
        return SEVERAL_AXES
    return labels.get(own[0], own[0]) if own else NOT_GIVEN


def _names(found: Iterable[_Dossier], champ: str) -> list[str]:
    """The groups in the order of their names, what is not given last."""
    return sorted(
        {one.groups[champ] for one in found}, key=lambda name: (name == NOT_GIVEN, name == SEVERAL_AXES, name)
    )


def _sums(found: Sequence[_Dossier]) -> Sums:
    return Sums(
        len(found),
        sum((one.demande for one in found), ZERO),
        sum(one.balance.accorde > 0 for one in found),
        ledger.total(one.balance for one in found),
    )

"""The consumption of a call as of a day: read once, for every screen and verb that shows it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import duckdb

from clact_model import ledger
from clact_model.consumption.alerts import Watched, last_day, watch
from clact_model.consumption.forecast import Forecast, Spread, forecast
from clact_model.consumption.groups import CHAMPS, Champ, Groups, grouped
from clact_model.consumption.pace import Pace, paces
from clact_model.consumption.steps import Step, steps
from clact_model.ledger import AccountKey, Balance
from clact_model.programme import Programme
from clact_model.tracking.calendar import of_situations
from clact_model.tracking.obligation import Obligation
from clact_model.tracking.situation import Situation, situations


@dataclass(frozen=True)
class Consumption:
    """A call as of a day."""

    jour: date
    watched: Sequence[Watched]
    """Every account, in the order of the dossiers."""
    obligations: Sequence[Obligation]
    steps: Sequence[Step]
    groups: Mapping[Champ, Groups]
    forecast: Forecast
    unread: Sequence[str] = ()
    """Ids of the other calls in the ledger whose file is not among the programmes: they lend no pace."""

    @property
    def total(self) -> Balance:
        """The sum of all accounts."""
        return ledger.total(one.situation.balance for one in self.watched)

    @property
    def outlook(self) -> Spread | None:
        """The forecast of all the accounts that can be forecast, with those that are over; None as long as none can be."""
        if not self.forecast.cases:
            return None
        return self.forecast.of([(one.situation.numero, one.situation.poste) for one in self.watched])

    @property
    def without_forecast(self) -> Sequence[Watched]:
        """Accounts with something still to come and too few cases to say what."""
        return [one for one in self.watched if one.situation.balance.reste and one.prevision is None]

    @property
    def unread_words(self) -> str:
        """Why these calls lend nothing, and what to do; empty when all are read."""
        if not self.unread:
            return ""
        many = len(self.unread) > 1
        whose, pace, add = (
            ("dont les fichiers ne sont pas", "leur rythme ne fonde donc", "Ajoutez ces fichiers")
            if many
            else ("dont le fichier n'est pas", "son rythme ne fonde donc", "Ajoutez ce fichier")
        )
        return (
            f"Le registre suit aussi {', '.join(self.unread)}, {whose} dans data/programmes/ : {pace} pas la prévision. "
            f"{add} pour qu'elle s'y appuie."
        )

    @property
    def comes_back(self) -> Spread | None:
        """What will probably not be consumed, to be recovered or freed; None when nothing can be said of any account."""
        return self._unspent([one for one in self.watched if one.running])

    @property
    def comes_back_by_day(self) -> Mapping[date, Spread]:
        """The same by last day for consuming. The days' medians do not add up to that of the whole: each has its own chance."""
        found: dict[date, list[Watched]] = {}
        for one in self.watched:
            if one.running and one.echeance:
                found.setdefault(one.echeance, []).append(one)
        spreads = {day: self._unspent(some) for day, some in sorted(found.items())}
        return {day: spread for day, spread in spreads.items() if spread is not None}

    def _unspent(self, some: Sequence[Watched]) -> Spread | None:
        spread = self.forecast.of([(one.situation.numero, one.situation.poste) for one in some])
        if spread is None:
            return None
        balance = ledger.total(one.situation.balance for one in some)
        kept = balance.consomme + balance.reste
        low, median, high = (
            max(Decimal(round(kept - part)), Decimal(0)) for part in (spread.high, spread.median, spread.low)
        )
        return replace(spread, low=low, median=median, high=high)


def read(
    cursor: duckdb.DuckDBPyConnection, programme: Programme, day: date, known: Mapping[str, Programme]
) -> Consumption:
    """The consumption of a call. ``known``: the programmes by id, the other calls of the base among them lend their pace."""
    own = _call(cursor, programme, day)
    followed = {other: until for other, until in _followed(cursor, day).items() if other != programme.id}
    others = [
        pace for other, until in followed.items() if other in known for pace in _call(cursor, known[other], until).paces
    ]
    found = forecast(own.paces, others)
    by_account: dict[AccountKey, list[Obligation]] = {}
    for one in own.owed:
        by_account.setdefault((one.numero, one.poste), []).append(one)
    watched = []
    for situation in own.situations:
        key = (situation.numero, situation.poste)
        signed = situation.convention.signe_le if situation.convention else None
        watched.append(watch(situation, by_account.get(key, ()), found.of([key]), day, signed))
    groups = {champ: grouped(cursor, programme, day, own.steps, champ) for champ in CHAMPS}
    unread = [other for other in followed if other not in known]
    return Consumption(day, watched, own.owed, own.steps, groups, found, unread)


@dataclass(frozen=True)
class _Call:
    situations: Sequence[Situation]
    owed: Sequence[Obligation]
    steps: Sequence[Step]
    paces: Sequence[Pace]


def _call(cursor: duckdb.DuckDBPyConnection, programme: Programme, day: date) -> _Call:
    known = situations(cursor, programme, day)
    owed = of_situations(cursor, programme, day, known)
    found = steps(cursor, programme.id, day)
    return _Call(known, owed, found, paces(known, found, _deadlines(owed), day))


def _deadlines(owed: Iterable[Obligation]) -> dict[AccountKey, date]:
    by_account: dict[AccountKey, list[Obligation]] = {}
    for one in owed:
        by_account.setdefault((one.numero, one.poste), []).append(one)
    found = {key: last_day(some) for key, some in by_account.items()}
    return {key: one.echeance for key, one in found.items() if one and one.echeance}


def _followed(cursor: duckdb.DuckDBPyConnection, day: date) -> dict[str, date]:
    """Each call with a ledger → the last day written in it: after that, that nothing moved is not known."""
    rows = cursor.execute(
        "SELECT programme, max(jour) FROM mouvement WHERE jour <= ? GROUP BY programme ORDER BY programme", [day]
    ).fetchall()
    return dict(rows)

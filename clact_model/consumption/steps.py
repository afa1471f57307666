"""What each account had added up to on each day on which it changed: the points of every curve, in one pass over the ledger."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

import duckdb

from clact_model.allocation.money import amount
from clact_model.ledger import AccountKey

Measure = Literal["accorde", "paye", "presente", "admis", "consomme"]
MEASURES: Mapping[Measure, str] = {
    "accorde": "Accordé",
    "paye": "Versé",
    "presente": "Présenté",
    "admis": "Admis",
    "consomme": "Consommé",
}
"""What is followed against time → what a reader sees."""
Cents: TypeAlias = tuple[int, ...]
"""A whole number of cents a measure, in the order of MEASURES."""

DAILY = """
    SELECT numero, poste, {ligne} jour,
           coalesce(sum(montant) FILTER (nature = 'octroi'), 0) AS accorde,
           coalesce(sum(montant) FILTER (nature = 'convention'), 0) AS conventionne,
           coalesce(sum(montant) FILTER (nature = 'versement'), 0) AS paye,
           coalesce(sum(montant) FILTER (nature = 'depense'), 0) AS presente,
           coalesce(sum(montant) FILTER (nature = 'admission'), 0) AS admis,
           coalesce(sum(montant) FILTER (nature IN ('liberation', 'a_recuperer')), 0) AS perdu
    FROM mouvement WHERE programme = $programme AND jour <= $jour AND montant IS NOT NULL
    GROUP BY ALL"""
"""What each day added; EUR."""
_AS_OF = f"""
    SELECT numero, poste, jour, (accorde * 100)::BIGINT, (paye * 100)::BIGINT, (presente * 100)::BIGINT,
           (admis * 100)::BIGINT, (greatest(0, least(admis, accorde - perdu)) * 100)::BIGINT,
           greatest(0, admis) >= accorde - perdu
    FROM (SELECT numero, poste, jour, sum(accorde) OVER w AS accorde, sum(paye) OVER w AS paye,
                 sum(presente) OVER w AS presente, sum(admis) OVER w AS admis, sum(perdu) OVER w AS perdu
          FROM ({DAILY.format(ligne="")}) WINDOW w AS (PARTITION BY numero, poste ORDER BY jour))
    ORDER BY jour, numero, poste"""


@dataclass(frozen=True, slots=True)
class Step:
    """What an account, or its part in a group, adds up to from a day on."""

    account: AccountKey
    jour: date
    cents: Cents
    settled: bool = False
    """Nothing is still to come from it. Told of whole accounts alone."""

    @property
    def consumed(self) -> int:
        """Cents."""
        return self.cents[-1]


@dataclass(frozen=True, slots=True)
class Point:
    """What a set of accounts adds up to from a day on: a measure → EUR."""

    jour: date
    amounts: Mapping[Measure, Decimal]


def steps(cursor: duckdb.DuckDBPyConnection, programme: str, day: date) -> list[Step]:
    """Every account as of each day on which money moved in it, up to a day included; in the order of the days."""
    rows = cursor.execute(_AS_OF, {"programme": programme, "jour": day}).fetchall()
    return [Step((numero, poste), jour, tuple(cents), settled) for numero, poste, jour, *cents, settled in rows]


def curve(some: Iterable[Step]) -> list[Point]:
    """The sums of these accounts on each day on which one of them changed. ``some``: in the order of the days."""
    held: dict[AccountKey, Cents] = {}
    whole = [0] * len(MEASURES)
    points: dict[date, Cents] = {}
    for step in some:
        before = held.get(step.account, (0,) * len(MEASURES))
        whole = [total + now - then for total, now, then in zip(whole, step.cents, before, strict=True)]
        held[step.account] = step.cents
        points[step.jour] = tuple(whole)
    return [Point(jour, named(cents)) for jour, cents in points.items()]


def named(cents: Sequence[int]) -> Mapping[Measure, Decimal]:
    """Measure → EUR."""
    return {measure: amount(value) for measure, value in zip(MEASURES, cents, strict=True)}


def latest(some: Iterable[Step]) -> Mapping[AccountKey, Step]:
    """Each account as it stands last. ``some``: in the order of the days."""
    return {step.account: step for step in some}

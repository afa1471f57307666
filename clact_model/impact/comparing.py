"""Accidents, absence and turnover: what changed at the funded applicants, beside what changed at the others."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import duckdb

from clact_model import formats
from clact_model.impact import statistics
from clact_model.impact.kept import YEARLY_FIELDS, yearly
from clact_model.impact.statistics import SEED, TOO_FEW
from clact_model.programme import Programme

Kind = Literal["part", "nombre"]
Facts = Mapping[str, Any]
"""Fields of YEARLY_FIELDS → value, None when unknown."""
NO_PROOF = (
    "Un écart n'est pas la preuve d'un effet : les établissements financés ont été choisis, ils différaient déjà des autres, "
    "et bien d'autres choses ont changé entre-temps."
)


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing compared: its code, its name, how it is written, and how it is had from the facts of a year."""

    code: str
    libelle: str
    kind: Kind
    of: Callable[[Facts], Decimal | None]
    sens: str
    """Its definition, one French sentence."""


def _accidents(facts: Facts) -> Decimal | None:
    """Per 100 agents: a large hospital has more of them than a small home, and is no more dangerous for that."""
    count, staff = facts["nb_at_mp"], facts["effectif_total"]
    return None if count is None or not staff else Decimal(count) * 100 / staff


MEASURES: Sequence[Measure] = (
    Measure(
        "taux_absenteisme",
        "Taux d'absentéisme",
        "part",
        lambda facts: facts["taux_absenteisme"],
        "Tel que l'établissement le déclare.",
    ),
    Measure(
        "taux_turnover",
        "Taux de turn-over",
        "part",
        lambda facts: facts["taux_turnover"],
        "Tel que l'établissement le déclare.",
    ),
    Measure(
        "at_mp",
        "AT-MP pour 100 agents",
        "nombre",
        _accidents,
        "Accidents du travail et maladies professionnelles de l'année, divisés par l'effectif, pour 100 agents.",
    ),
)


@dataclass(frozen=True, slots=True)
class Group:
    """One side. Means over the ``connus``, of which both values are known; None without any."""

    connus: int
    inconnus: int
    avant: Decimal | None
    apres: Decimal | None
    changement: Decimal | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One measure, before and after, at the funded applicants and at the others."""

    mesure: Measure
    finances: Group
    autres: Group
    ecart: Decimal | None
    """Change of the funded less change of the others."""
    bas: Decimal | None
    haut: Decimal | None
    """Where the gap lies 95 times in 100, by drawing the establishments again; None when it cannot be said."""

    @property
    def too_few(self) -> bool:
        return min(self.finances.connus, self.autres.connus) < TOO_FEW

    @property
    def warnings(self) -> list[str]:
        """Plain French: too few, unsure; and always that it is no proof."""
        found = []
        if self.too_few:
            found.append(
                f"Trop peu d'établissements pour conclure : {formats.number(self.finances.connus)} financés et "
                f"{formats.number(self.autres.connus)} non financés connus avant et après, il en faut au moins {TOO_FEW} de chaque."
            )
        if self.bas is not None and self.haut is not None and self.bas <= 0 <= self.haut:
            found.append("L'intervalle contient zéro : rien ne distingue les deux groupes.")
        return [*found, NO_PROOF]


@dataclass(frozen=True, slots=True)
class Compared:
    """Every measure between two moments. ``avant``: a year, None for what the applications said."""

    avant: int | None
    apres: int
    comparisons: Sequence[Comparison]
    graine: int = SEED


def years(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> list[int]:
    """The years that were measured, the latest first."""
    rows = cursor.execute(
        "SELECT DISTINCT annee FROM mesure_annuelle WHERE programme = ? ORDER BY annee DESC", [programme.id]
    ).fetchall()
    return [year for (year,) in rows]


def compare(
    cursor: duckdb.DuckDBPyConnection, programme: Programme, apres: int, avant: int | None = None
) -> Compared | None:
    """Funded: a decision of the committee gives it something. None while nothing is decided: there is only one group."""
    applicants = _applicants(cursor, programme)
    if not any(one.funded for one in applicants):
        return None
    return Compared(
        avant,
        apres,
        [_comparison(measure, applicants, avant, apres) for measure in MEASURES],
    )


@dataclass(slots=True)
class _Applicant:
    """One establishment, with all its dossiers in the call. Year → facts; None: what the application said."""

    funded: bool
    facts: dict[int | None, dict[str, Any]]


def _applicants(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> list[_Applicant]:
    rows = cursor.execute(
        f"""SELECT coalesce(d.finess, d.siret, d.numero), d.numero,
                   EXISTS (SELECT 1 FROM decision x WHERE x.programme = d.programme AND x.numero = d.numero
                           AND x.issue = 'retenu' AND x.statut <> 'propose' AND x.accorde > 0),
                   {", ".join(f"d.{name}" for name in YEARLY_FIELDS)}
            FROM dossier d WHERE d.programme = ? ORDER BY d.ordre""",
        [programme.id],
    ).fetchall()
    measured: dict[str, dict[int, Facts]] = {}
    for one in yearly(cursor, programme):
        measured.setdefault(one.numero, {})[one.annee] = {name: getattr(one, name) for name in YEARLY_FIELDS}
    found: dict[str, _Applicant] = {}
    for identity, numero, funded, *values in rows:
        stated: Facts = dict(zip(YEARLY_FIELDS, values, strict=True))
        applicant = found.setdefault(identity, _Applicant(False, {}))
        applicant.funded |= funded
        for year, facts in ((None, stated), *measured.get(numero, {}).items()):
            _complete(applicant.facts.setdefault(year, dict.fromkeys(YEARLY_FIELDS)), facts)
    return list(found.values())


def _complete(known: dict[str, Any], facts: Facts) -> None:
    """What a first dossier of the establishment does not say, another one may."""
    for name, value in facts.items():
        if known[name] is None:
            known[name] = value


def _comparison(measure: Measure, applicants: Iterable[_Applicant], avant: int | None, apres: int) -> Comparison:
    sides: dict[bool, list[tuple[Decimal, Decimal]]] = {True: [], False: []}
    unknown = {True: 0, False: 0}
    for one in applicants:
        before, after = _value(measure, one, avant), _value(measure, one, apres)
        if before is None or after is None:
            unknown[one.funded] += 1
        else:
            sides[one.funded].append((before, after))
    changes = {side: [float(after - before) for before, after in pairs] for side, pairs in sides.items()}
    found = statistics.difference(changes[True], changes[False])
    return Comparison(
        measure,
        _group(sides[True], unknown[True]),
        _group(sides[False], unknown[False]),
        *((None, None, None) if found is None else (_rounded(found.ecart), _rounded(found.bas), _rounded(found.haut))),
    )


def _value(measure: Measure, one: _Applicant, year: int | None) -> Decimal | None:
    facts = one.facts.get(year)
    return None if facts is None else measure.of(facts)


def _group(pairs: Sequence[tuple[Decimal, Decimal]], unknown: int) -> Group:
    if not pairs:
        return Group(0, unknown, None, None, None)
    before = sum((pair[0] for pair in pairs), Decimal(0)) / len(pairs)
    after = sum((pair[1] for pair in pairs), Decimal(0)) / len(pairs)
    return Group(len(pairs), unknown, _exact(before), _exact(after), _exact(after - before))


def _rounded(value: float | None) -> Decimal | None:
    return None if value is None else _exact(Decimal(repr(value)))


def _exact(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.000001"))

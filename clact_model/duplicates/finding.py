"""Pairs of dossiers that look like one: same establishment, same legal entity, same line, nearly the same name."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import combinations

import duckdb

from clact_model import formats
from clact_model.dossiers import set_aside_sql
from clact_model.programme import Programme
from clact_model.wording import folded

NEARLY = 92
"""Likeness of two names, 0..100, from which a person is shown them."""
CROWD = 30
"""A legal entity with more dossiers than that applies for many establishments: its pairs say nothing."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What a person said of a pair. ``ecarte``: the dossier set aside, of a double."""

    decision: str
    ecarte: str | None
    motif: str
    auteur: str
    quand: datetime


@dataclass(frozen=True, slots=True)
class Pair:
    """Two dossiers that may be one, the first in the order of the text, and why."""

    premier: str
    second: str
    raisons: tuple[str, ...]
    settled: Settled | None


@dataclass(frozen=True, slots=True)
class _Dossier:
    numero: str
    raison_sociale: str | None
    finess: str | None
    siret: str | None
    finess_juridique: str | None
    departement: str | None

    @property
    def siren(self) -> str | None:
        return self.siret[:9] if self.siret else None


def pairs(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> list[Pair]:
    """Every pair with a reason, those that nobody has settled first, those with most reasons before.

    Dossiers set aside are left out, unless a person set them aside as the double of another.
    """
    dossiers = _dossiers(cursor, programme)
    reasons: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, reason in (*_same(dossiers), *_same_line(cursor, programme, dossiers), *_near_names(dossiers)):
        reasons[key].append(reason)
    settled = _settled(cursor, programme)
    found = [Pair(*key, tuple(dict.fromkeys(said)), settled.get(key)) for key, said in reasons.items()]
    return sorted(found, key=lambda pair: (pair.settled is not None, -len(pair.raisons), pair.premier, pair.second))


def _dossiers(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> list[_Dossier]:
    rows = cursor.execute(
        f"""SELECT numero, raison_sociale, finess, siret, finess_juridique, departement FROM dossier t
            WHERE programme = $programme AND (NOT {set_aside_sql("t")} OR numero IN (
                SELECT unnest([premier, second]) FROM doublon WHERE programme = $programme))
            ORDER BY numero""",
        {"programme": programme.id},
    ).fetchall()
    return [_Dossier(*row) for row in rows]


_KEYS: tuple[tuple[str, Callable[[_Dossier], str | None], int | None], ...] = (
    ("Même SIRET ({})", lambda one: one.siret, None),
    ("Même FINESS ({})", lambda one: one.finess, None),
    ("Même entité juridique (FINESS {})", lambda one: one.finess_juridique, CROWD),
    ("Même entité juridique (SIREN {})", lambda one: one.siren, CROWD),
)
"""The sentence, what two dossiers share, and how many may share it before it says nothing."""


def _same(dossiers: Sequence[_Dossier]) -> Iterator[tuple[tuple[str, str], str]]:
    for sentence, key, most in _KEYS:
        for value, group in _grouped(dossiers, key).items():
            if most is None or len(group) <= most:
                yield from ((pair, sentence.format(value)) for pair in _pairs_of(group))


def _grouped(dossiers: Sequence[_Dossier], key: Callable[[_Dossier], str | None]) -> Mapping[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for one in dossiers:
        value = key(one)
        if value:
            groups[value].append(one.numero)
    return groups


def _pairs_of(numeros: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield from combinations(sorted(numeros), 2)


def _same_line(
    cursor: duckdb.DuckDBPyConnection, programme: Programme, dossiers: Sequence[_Dossier]
) -> Iterator[tuple[tuple[str, str], str]]:
    """The same title and the same amount, to the cent, in two dossiers of one département."""
    where = {one.numero: one.departement for one in dossiers}
    rows = cursor.execute(
        """SELECT numero, intitule, montant_demande FROM action
           WHERE programme = ? AND intitule IS NOT NULL AND montant_demande > 0""",
        [programme.id],
    ).fetchall()
    groups: dict[tuple[str, Decimal, str | None], set[str]] = defaultdict(set)
    titles: dict[tuple[str, Decimal, str | None], str] = {}
    for numero, intitule, montant in rows:
        if numero in where:
            key = folded(intitule), montant, where[numero]
            groups[key].add(numero)
            titles[key] = intitule
    for key, numeros in groups.items():
        sentence = f"Même intitulé et même montant (« {titles[key]} », {formats.euros(key[1])})"
        yield from ((pair, sentence) for pair in _pairs_of(sorted(numeros)))


def _near_names(dossiers: Sequence[_Dossier]) -> Iterator[tuple[tuple[str, str], str]]:
    """Names that differ by a letter, a word order or an abbreviation, in one département."""
    from rapidfuzz import fuzz, process

    for group in _by_departement(dossiers):
        names = [folded(one.raison_sociale or "") for one in group]
        likeness = process.cdist(names, names, scorer=fuzz.token_sort_ratio, score_cutoff=NEARLY)
        for first, second in zip(*likeness.nonzero(), strict=True):
            if first < second:
                one, other = group[first], group[second]
                same = names[first] == names[second]
                sentence = (
                    "Même nom" if same else f"Noms presque égaux (« {one.raison_sociale} », « {other.raison_sociale} »)"
                )
                yield (one.numero, other.numero), sentence


def _by_departement(dossiers: Sequence[_Dossier]) -> list[list[_Dossier]]:
    groups: dict[str | None, list[_Dossier]] = defaultdict(list)
    for one in dossiers:
        if one.raison_sociale:
            groups[one.departement].append(one)
    return [group for group in groups.values() if len(group) > 1]


def _settled(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> dict[tuple[str, str], Settled]:
    rows = cursor.execute(
        "SELECT premier, second, decision, ecarte, motif, auteur, quand FROM doublon WHERE programme = ?",
        [programme.id],
    ).fetchall()
    return {
        (premier, second): Settled(decision, ecarte, motif, auteur, quand.astimezone(programme.file.zone))
        for premier, second, decision, ecarte, motif, auteur, quand in rows
    }

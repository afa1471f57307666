"""The dossiers of one call under another's rules: what can be judged, what the data does not say, and which rules to leave out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

import duckdb

from clact_model import eligibility, overview
from clact_model.eligibility import Judgement
from clact_model.eligibility.words import missing_columns
from clact_model.fields import Field, Table
from clact_model.overview import RuleCount
from clact_model.programme import EFFECTS, Expression, Level, Programme, Rule
from clact_model.programme.vocabulary import FACT_SOURCES
from clact_model.store.columns import current
from clact_model.whatif.borrowing import shared_codes, shared_fields
from clact_model.whatif.changes import State

OF_ITS_OWN_CALL: Mapping[str, str] = {
    "territoire_admis": "parle du territoire",
    "secteur_admis": "parle du secteur",
    "jour_depot": "parle de la date de dépôt",
}
"""Facts that an establishment of another region could not have answered otherwise → why a rule on them may be left out."""


@dataclass(frozen=True)
class OtherProgramme:
    """The same dossiers under another call, with its own weights and parameters."""

    nature: ClassVar[str] = "sous_programme"
    valeur: ClassVar[None] = None
    programme: Programme

    @property
    def nom(self) -> str:
        return self.programme.id

    def applied(self, state: State) -> State:
        return replace(state, programme=self.programme, weights={}, parameters={}, sans_regles=frozenset())

    def phrase(self, state: State) -> str:
        return f"Sous le programme « {self.programme.titre} »"


@dataclass(frozen=True, slots=True)
class RuleThere:
    """What one rule of the other call answers: counts of dossiers, or of lines for a rule on lines."""

    rule: Rule
    oui: int
    non: int
    inconnu: int
    jamais_remplis: tuple[Field, ...]
    """The fields it reads that no dossier fills."""
    a_laisser: str | None
    """Why it may be left out, as the end of a French sentence; None when it tells dossiers apart."""


@dataclass(frozen=True, slots=True)
class Unfilled:
    """A field that the other call reads and that no dossier fills. ``lu_par``: rules, criteria and aid that read it."""

    field: Field
    lu_par: tuple[str, ...]


@dataclass(frozen=True)
class Elsewhere:
    """How far the dossiers of a call can be judged by another's rules.

    ``propres``: what only their own call gives a meaning to (labels of its axes, themes and declared fields), by kind.
    """

    rules: Sequence[RuleThere]
    unfilled: Sequence[Unfilled]
    propres: Mapping[str, Sequence[str]]

    @property
    def proposed(self) -> list[str]:
        """The rules that may be left out, by id."""
        return [found.rule.id for found in self.rules if found.a_laisser is not None]


def elsewhere(cursor: duckdb.DuckDBPyConnection, programme: Programme, other: Programme, today: date) -> Elsewhere:
    """Try every rule of ``other`` on the dossiers that were lent to it: ``cursor`` is one that sees them so."""
    judgement = eligibility.judge(cursor, other, today)
    empty = _never_filled(cursor, other)
    totals = _totals(judgement)
    rules = [_there(other, count, totals[count.rule.niveau], empty) for count in overview.by_rule(judgement)]
    unfilled = [Unfilled(field, tuple(_readers(other, champ))) for champ, field in empty.items()]
    return Elsewhere(rules, [found for found in unfilled if found.lu_par], _own_words(programme, other))


def _totals(judgement: Judgement) -> dict[Level, int]:
    row = judgement.cursor.execute(
        "SELECT (SELECT count(*) FROM jugement_dossier), (SELECT count(*) FROM jugement_action)"
    ).fetchone()
    assert row is not None
    return {"dossier": row[0], "action": row[1]}


def _there(other: Programme, count: RuleCount, total: int, empty: Mapping[str, Field]) -> RuleThere:
    non = count.dossiers_non if count.lignes_non is None else count.lignes_non
    inconnu = count.dossiers_inconnu if count.lignes_inconnu is None else count.lignes_inconnu
    missing = tuple(empty[champ] for champ in missing_columns(other, count.rule) if champ in empty)
    oui = total - non - inconnu
    return RuleThere(count.rule, oui, non, inconnu, missing, _leave_out(other, count.rule, oui, non, inconnu))


def _leave_out(other: Programme, rule: Rule, oui: int, non: int, inconnu: int) -> str | None:
    read = {column for expression in other.rule_expressions(rule) for column in expression.read}
    if subjects := [words for fact, words in OF_ITS_OWN_CALL.items() if fact in read]:
        return " et ".join([subjects[0], *(words.removeprefix("parle ") for words in subjects[1:])])
    if oui or not (non or inconnu) or (rule.outcomes[-1].verdict in EFFECTS and non):
        return None
    if not inconnu:
        return "dit non à tous"
    return "n'est satisfaite par aucun" if non else "sans réponse pour tous"


def _never_filled(cursor: duckdb.DuckDBPyConnection, other: Programme) -> dict[str, Field]:
    """The fields of the other call that hold nothing in any dossier or line that the cursor sees."""
    empty: dict[str, Field] = {}
    tables: tuple[Table, ...] = ("dossier", "action")
    for table in tables:
        fields = [field for field in other.dictionary.stored(table) if field.type != "courriel"]
        counts = ", ".join(f"count({current(field)})" for field in fields)
        row = cursor.execute(f"SELECT {counts} FROM {table} t WHERE programme = ?", [other.id]).fetchone()
        empty |= {field.champ: field for field, filled in zip(fields, row or (), strict=True) if not filled}
    return empty


def _readers(other: Programme, champ: str) -> Iterator[str]:
    file = other.file
    for rule in file.regle:
        if champ in missing_columns(other, rule):
            yield rule.id
    amounts = (*file.aide.assiette, *file.aide.plafond)
    if champ in _sources(other.expression("action", s) for a in amounts for s in (a.montant, a.si) if s is not None):
        yield "aide"
    for criterion in file.critere:
        if champ in _sources([other.expression(criterion.niveau, criterion.valeur)]):
            yield f"critère {criterion.id}"


def _sources(expressions: Iterable[Expression]) -> set[str]:
    return {source for e in expressions for column in e.read for source in FACT_SOURCES.get(column, (column,))}


def _own_words(programme: Programme, other: Programme) -> dict[str, Sequence[str]]:
    found: dict[str, Sequence[str]] = {}
    for champ in ("axe", "thematique"):
        shared = shared_codes(programme, other, champ)
        field = programme.dictionary.get("action", champ)
        found[champ] = [value.libelle for value in field.valeurs if value.code not in shared]
    lent = {(field.table, field.champ) for field in shared_fields(programme, other)}
    found["champ"] = [f.libelle for f in programme.dictionary if f.declared and (f.table, f.champ) not in lent]
    return found

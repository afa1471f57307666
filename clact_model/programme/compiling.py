"""The expressions of a programme file, one after the other: compiled, and tried for their types."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import duckdb

from clact_model.fields import Dictionary
from clact_model.programme import vocabulary
from clact_model.programme.aid import Aid
from clact_model.programme.expressions import (
    Draft,
    Expression,
    ExpressionError,
    Scope,
    parse_all,
    read,
    write_all,
)
from clact_model.programme.parts import Level
from clact_model.programme.rules import Rule
from clact_model.programme.schema import ProgrammeFile

INEXACT = ("DOUBLE", "FLOAT")
EXACT = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "DECIMAL")
PROBES: Mapping[str, str] = {
    "VARCHAR": "'é'",
    "BOOLEAN": "true",
    "DATE": "DATE '2024-01-31'",
    "TIMESTAMP": "TIMESTAMP '2024-01-31 12:00'",
    "BIGINT": "1",
}
"""A value of each type: the text is one that no number or date can be read from."""


@dataclass(frozen=True, slots=True)
class Use:
    """One expression of the file: where it stands and what it must give."""

    place: str
    level: Level
    source: str
    gives: str  # "oui/non" | "nombre" | "montant" | "valeur"
    null_tests: bool = False
    extra: tuple[str, ...] = ()
    within: tuple[str, ...] = ()


def uses(file: ProgrammeFile) -> Iterator[Use]:
    """Every expression of a programme file."""
    for calculation in file.calcul:
        place = f"calcul « {calculation.nom} »"
        yield Use(place, calculation.niveau, calculation.valeur, "valeur", within=(calculation.nom,))
    for rule in file.regle:
        yield from _of_rule(rule)
    yield from _of_aid(file.aide)
    for criterion in file.critere:
        place = f"critère « {criterion.id} »"
        yield Use(place, criterion.niveau, criterion.valeur, "nombre", criterion.mention_exigee)
    if file.priorite:
        yield Use("priorité", "action", file.priorite.condition, "oui/non")
    if file.supplement:
        yield Use("supplément", "action", file.supplement.condition, "oui/non")


def _of_rule(rule: Rule) -> Iterator[Use]:
    place = f"règle « {rule.id} »"
    for source in (rule.si, rule.condition, *(case.quand for case in rule.outcomes)):
        if source is not None:
            yield Use(place, rule.niveau, source, "oui/non", rule.mention_exigee)


def _of_aid(aid: Aid) -> Iterator[Use]:
    for amount, extra in [(a, ()) for a in aid.assiette] + [(a, ("assiette",)) for a in aid.plafond]:
        if amount.si is not None:
            yield Use("aide", "action", amount.si, "oui/non")
        yield Use("aide", "action", amount.montant, "montant", extra=extra)


Expressions = Mapping[tuple[Level, str], Expression]
"""Level and source text → the expression."""


@dataclass(frozen=True)
class Compiler:
    """Compiles the expressions of one file."""

    file: ProgrammeFile
    dictionary: Dictionary

    @cached_property
    def _codes(self) -> dict[Level, dict[str, frozenset[str] | None]]:
        return {level: vocabulary.codes(self.dictionary, level) for level in LEVELS}

    @cached_property
    def _types(self) -> dict[Level, dict[str, str]]:
        return {level: vocabulary.columns(self.dictionary, level) for level in LEVELS}

    def compile_all(self, wanted: Sequence[Use]) -> tuple[Expressions, list[tuple[Use, str]]]:
        """The expressions that can be read, and what is wrong with each that cannot be used."""
        parsed = parse_all([*(use.source for use in wanted), *(c.valeur for c in self.file.calcul)])
        drafts: list[tuple[Use, Draft]] = []
        faults: list[tuple[Use, str]] = []
        for use in wanted:
            try:
                drafts.append((use, read(use.source, self._scope(use), parsed, use.within)))
            except ExpressionError as error:
                faults.append((use, str(error)))
        written = write_all([draft for _, draft in drafts])
        good = [(use, expression) for (use, _), expression in zip(drafts, written, strict=True)]
        expressions = {(use.level, use.source): expression for use, expression in good}
        return expressions, faults + self._wrong_types(good)

    def _scope(self, use: Use) -> Scope:
        calculations = self.file.calcul
        return Scope(
            columns=self._codes[use.level] | dict.fromkeys(use.extra),
            lines=self._codes["action"] if use.level == "dossier" else {},
            parameters=frozenset(self.file.parametres),
            calculations={c.nom: c.valeur for c in calculations if use.level == "action" or c.niveau == "dossier"},
            line_calculations={c.nom: c.valeur for c in calculations if c.niveau == "action"},
            null_tests=use.null_tests,
            division=use.gives != "montant",
        )

    def _wrong_types(self, good: Sequence[tuple[Use, Expression]]) -> list[tuple[Use, str]]:
        """Try all the expressions on one row of plain values; where that row fails, each alone, to name the culprit."""
        probes = [self._probe(use, expression) for use, expression in good]
        types = self._try([probe for group in probes for probe in group])
        faults: list[tuple[Use, str]] = []
        given = iter(types or ())
        for (use, expression), group in zip(good, probes, strict=True):
            own = [next(given) for _ in group] if types else self._try(group)
            if own is None:
                faults.append(
                    (use, "l'expression combine des types qui ne vont pas ensemble (texte, nombre, date, oui/non)")
                )
            elif wrong := _wrong_type(use, expression, own):
                faults.append((use, wrong))
        return faults

    def _probe(self, use: Use, expression: Expression) -> list[str]:
        """The statements that give the type of each line fact, then of the expression itself."""
        lines, seen = self._types["action"], self._types[use.level] | dict.fromkeys(use.extra, "DECIMAL(14,2)")
        facts = [_on_plain_values(fact.sql, {name: lines[name] for name in fact.columns}) for fact in expression.facts]
        columns = {name: seen[name] for name in expression.columns} | {f.name: "BOOLEAN" for f in expression.facts}
        return [*facts, _on_plain_values(expression.sql, columns)]

    def _try(self, probes: Sequence[str]) -> list[str] | None:
        """The type that each gives; None when one of them fails."""
        sql = "SELECT " + ", ".join(probes or ["1"])
        named = set(re.findall(r"\$([a-z0-9_]+)", sql))
        values = {name: parameter.valeur for name, parameter in self.file.parametres.items() if name in named}
        cursor = _prober().cursor()
        try:
            cursor.execute(sql, values or None).fetchall()
        except duckdb.Error:
            return None
        return [str(column[1]) for column in cursor.description or ()]


def _on_plain_values(sql: str, types: Mapping[str, str]) -> str:
    row = ", ".join(f'{PROBES.get(kind, f"1::{kind}")} AS "{name}"' for name, kind in types.items())
    return f"(SELECT {sql} FROM (SELECT {row or 1}))"


def _wrong_type(use: Use, expression: Expression, given: Sequence[str]) -> str | None:
    *facts, result = given
    for fact, kind in zip(expression.facts, facts, strict=True):
        if fact.kind != "distincts" and kind != "BOOLEAN":
            return f"« {fact.kind}(…) » attend un oui/non"
    if use.gives == "oui/non" and result != "BOOLEAN":
        return f"« {use.source} » ne donne pas un oui/non"
    if use.gives == "montant" and not result.startswith(EXACT):
        return f"« {use.source} » ne donne pas un montant exact"
    if use.gives == "nombre" and result != "BOOLEAN" and not result.startswith(EXACT + INEXACT):
        return f"« {use.source} » ne donne ni un nombre ni un oui/non"
    return None


LEVELS: tuple[Level, ...] = ("dossier", "action")


@cache
def _prober() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(":memory:")

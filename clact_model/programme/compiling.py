"""The expressions of a programme file, one after the other: compiled, and tried for their types."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

import duckdb

from clact_model.fields import Dictionary
from clact_model.programme import vocabulary
from clact_model.programme.expressions import Expression, ExpressionError, Scope, compile_expression
from clact_model.programme.schema import Aid, Level, ProgrammeFile, Rule

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

    def compile(self, use: Use) -> Expression:
        """One expression, checked. Raises ExpressionError."""
        calculations = self.file.calcul
        scope = Scope(
            columns=self._codes[use.level] | dict.fromkeys(use.extra),
            lines=self._codes["action"] if use.level == "dossier" else {},
            parameters=frozenset(self.file.parametres),
            calculations={c.nom: c.valeur for c in calculations if use.level == "action" or c.niveau == "dossier"},
            line_calculations={c.nom: c.valeur for c in calculations if c.niveau == "action"},
            null_tests=use.null_tests,
            division=use.gives != "montant",
        )
        expression = compile_expression(use.source, scope, use.within)
        self._check_type(use, expression)
        return expression

    def _check_type(self, use: Use, expression: Expression) -> None:
        seen = self._types[use.level] | dict.fromkeys(use.extra, "DECIMAL(14,2)")
        types = {name: seen[name] for name in expression.columns}
        for fact in expression.facts:
            given = self._result_type(fact.sql, {name: self._types["action"][name] for name in fact.columns})
            if fact.kind != "distincts" and given != "BOOLEAN":
                raise ExpressionError(f"« {fact.kind}(…) » attend un oui/non")
            types[fact.name] = "BOOLEAN"
        given = self._result_type(expression.sql, types)
        if use.gives == "oui/non" and given != "BOOLEAN":
            raise ExpressionError(f"« {use.source} » ne donne pas un oui/non")
        if use.gives == "montant" and not given.startswith(EXACT):
            raise ExpressionError(f"« {use.source} » ne donne pas un montant exact")
        if use.gives == "nombre" and given != "BOOLEAN" and not given.startswith(EXACT + INEXACT):
            raise ExpressionError(f"« {use.source} » ne donne ni un nombre ni un oui/non")

    def _result_type(self, sql: str, types: Mapping[str, str]) -> str:
        """Run the expression on one row of plain values: DuckDB says its type, or that types do not agree."""
        row = ", ".join(f'{PROBES.get(kind, f"1::{kind}")} AS "{name}"' for name, kind in types.items())
        named = set(re.findall(r"\$([a-z0-9_]+)", sql))
        values = {name: parameter.valeur for name, parameter in self.file.parametres.items() if name in named}
        cursor = _prober().cursor()
        try:
            cursor.execute(f"SELECT {sql} FROM (SELECT {row or 1})", values or None).fetchall()
        except duckdb.Error as error:
            raise ExpressionError(
                "l'expression combine des types qui ne vont pas ensemble (texte, nombre, date, oui/non)"
            ) from error
        assert cursor.description is not None
        return str(cursor.description[0][1])


LEVELS: tuple[Level, ...] = ("dossier", "action")


@cache
def _prober() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(":memory:")

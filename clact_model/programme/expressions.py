"""The expressions of a programme file: read by DuckDB's own parser, held to a closed vocabulary, rewritten as SQL.

An expression is one scalar SQL expression. What would turn an unknown into an answer is refused: an empty cell must
stay unknown to the end. Facts about a dossier's lines (``toutes(devis)``) become columns that eligibility computes.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import duckdb

from clact_model.errors import ClactError

Node = dict[str, Any]
FactKind = Literal["toutes", "une", "distincts"]

LINE_FACTS = ("toutes", "une", "distincts")
FUNCTIONS = frozenset(
    "+ - * / ~~ !~~ lower upper trim length abs round floor ceil date_diff datediff year month date_trunc contains starts_with".split()
)
INTERVAL_FUNCTIONS = frozenset("to_years to_months to_days to_weeks trunc".split())
"""What the parser makes of INTERVAL 1 YEAR."""
COMPARISONS = frozenset(
    f"COMPARE_{kind}"
    for kind in ("EQUAL", "NOTEQUAL", "LESSTHAN", "GREATERTHAN", "LESSTHANOREQUALTO", "GREATERTHANOREQUALTO")
)
OPERATORS = frozenset({"OPERATOR_NOT", "COMPARE_IN", "COMPARE_NOT_IN"})
NULL_TESTS = frozenset({"OPERATOR_IS_NULL", "OPERATOR_IS_NOT_NULL"})
CAST_TYPES = frozenset({"DATE"})


class ExpressionError(ClactError):
    """What is wrong with an expression, as the end of a French sentence."""


@dataclass(frozen=True, slots=True)
class LineFact:
    """A fact about all the lines of a dossier: a column named ``name``."""

    name: str
    kind: FactKind
    sql: str
    columns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression."""

    source: str
    sql: str
    columns: frozenset[str]
    """Columns it reads of its own level."""
    parameters: frozenset[str]
    facts: tuple[LineFact, ...] = ()

    @property
    def read(self) -> frozenset[str]:
        """Every column it reads, those of the lines too."""
        return self.columns.union(*(fact.columns for fact in self.facts))


@dataclass(frozen=True)
class Scope:
    """What an expression may name."""

    columns: Mapping[str, frozenset[str] | None]
    """Column → the codes it may hold, or None when its values are not a list."""
    lines: Mapping[str, frozenset[str] | None]
    """The same for the lines, inside ``toutes(…)``; empty where lines may not be spoken of."""
    parameters: frozenset[str]
    calculations: Mapping[str, str]
    line_calculations: Mapping[str, str]
    null_tests: bool = False
    division: bool = True


@cache
def _parser() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(":memory:")


def compile_expression(source: str, scope: Scope, within: tuple[str, ...] = ()) -> Expression:
    """Parse, check and rewrite one expression. ``within``: the calculation that it defines. Raises ExpressionError."""
    tree = _parse(source)
    reading = _Reading(scope)
    tree = reading.rewrite(tree, within)
    return Expression(
        source, _sql(tree), frozenset(reading.columns), frozenset(reading.parameters), tuple(reading.facts.values())
    )


def _parse(source: str) -> Node:
    # The closing bracket on a line of its own: a comment cannot swallow it.
    row = _parser().cursor().execute("SELECT json_serialize_sql(?)", [f"SELECT ({source}\n)"]).fetchone()
    answer: dict[str, Any] = json.loads(row[0]) if row else {"error": True}
    if answer["error"]:
        if "Only SELECT" in answer.get("error_message", ""):
            raise ExpressionError("une seule expression est permise, pas plusieurs instructions")
        raise ExpressionError(f"« {source} » n'est pas une expression SQL lisible")
    statements = answer["statements"]
    if len(statements) != 1:
        raise ExpressionError("une seule expression est permise, pas plusieurs instructions")
    select = statements[0]["node"]
    bare = (
        select["type"] == "SELECT_NODE"
        and len(select["select_list"]) == 1
        and select["from_table"]["type"] == "EMPTY"
        and not any(select[part] for part in ("where_clause", "group_expressions", "having", "qualify", "modifiers"))
        and not select["cte_map"]["map"]
    )
    if not bare:
        raise ExpressionError("une expression ne contient ni FROM, ni WHERE, ni virgule au premier niveau")
    tree: Node = select["select_list"][0]
    return tree


@cache
def _empty_statement() -> str:
    row = _parser().cursor().execute("SELECT json_serialize_sql('SELECT 1')").fetchone()
    assert row is not None
    return str(row[0])


def _sql(tree: Node) -> str:
    statement = json.loads(_empty_statement())
    statement["statements"][0]["node"]["select_list"] = [tree]
    row = _parser().cursor().execute("SELECT json_deserialize_sql(?)", [json.dumps(statement)]).fetchone()
    assert row is not None
    return "(" + str(row[0]).removeprefix("SELECT ") + ")"


class _Reading:
    """One walk over the tree of an expression: what it names, and its calculations and line facts replaced."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.columns: set[str] = set()
        self.parameters: set[str] = set()
        self.facts: dict[str, LineFact] = {}

    def rewrite(self, node: Node, path: tuple[str, ...]) -> Node:
        """The node as it goes into the SQL. ``path``: the calculations being replaced, to notice a cycle."""
        visit = _VISITS.get(node["class"])
        if visit is None:
            raise ExpressionError(_REFUSED.get(node["class"], f"construction non permise ({node['class'].lower()})"))
        return visit(self, node, path)

    def _children(self, node: Node, path: tuple[str, ...], *names: str) -> Node:
        changed = dict(node)
        for name in names:
            child = node[name]
            changed[name] = (
                [self.rewrite(c, path) for c in child] if isinstance(child, list) else self.rewrite(child, path)
            )
        return changed

    def constant(self, node: Node, path: tuple[str, ...]) -> Node:
        if node["value"]["is_null"]:
            raise ExpressionError("NULL ne s'écrit pas : une cellule vide est inconnue d'elle-même")
        return node

    def parameter(self, node: Node, path: tuple[str, ...]) -> Node:
        name = node["identifier"]
        if name not in self.scope.parameters:
            raise ExpressionError(f"le paramètre « ${name} » n'est pas déclaré")
        self.parameters.add(name)
        return node

    def column(self, node: Node, path: tuple[str, ...]) -> Node:
        name = ".".join(node["column_names"])
        if name in self.scope.calculations:
            if name in path:
                raise ExpressionError(f"le calcul « {name} » se définit par lui-même ({' → '.join((*path, name))})")
            return self.rewrite(_parse(self.scope.calculations[name]), (*path, name))
        if name not in self.scope.columns:
            raise ExpressionError(f"la colonne « {name} » n'existe pas à ce niveau")
        self.columns.add(name)
        return node

    def comparison(self, node: Node, path: tuple[str, ...]) -> Node:
        if node["type"] not in COMPARISONS:
            raise ExpressionError("IS [NOT] DISTINCT FROM et IS TRUE changeraient un inconnu en réponse")
        self._check_codes([node["left"], node["right"]])
        return self._children(node, path, "left", "right")

    def between(self, node: Node, path: tuple[str, ...]) -> Node:
        return self._children(node, path, "input", "lower", "upper")

    def conjunction(self, node: Node, path: tuple[str, ...]) -> Node:
        return self._children(node, path, "children")

    def operator(self, node: Node, path: tuple[str, ...]) -> Node:
        if node["type"] in NULL_TESTS:
            if not self.scope.null_tests:
                raise ExpressionError("IS NULL n'est permis que dans une règle où mention_exigee = true")
        elif node["type"] not in OPERATORS:
            raise ExpressionError(_REFUSED["CASE"])
        if node["type"].endswith("IN"):
            self._check_codes(node["children"])
        return self._children(node, path, "children")

    def cast(self, node: Node, path: tuple[str, ...]) -> Node:
        if node["try_cast"] or (node["cast_type"]["id"] not in CAST_TYPES and not _is_interval_constant(node)):
            raise ExpressionError(f"la conversion en {node['cast_type']['id']} n'est pas permise (seulement en DATE)")
        return self._children(node, path, "child")

    def function(self, node: Node, path: tuple[str, ...]) -> Node:
        name = node["function_name"].lower()
        if name in LINE_FACTS:
            return self._line_fact(name, node, path)
        if name not in FUNCTIONS | INTERVAL_FUNCTIONS or node["filter"] or node["distinct"]:
            raise ExpressionError(f"la fonction « {name} » n'est pas permise")
        if name == "/" and not self.scope.division:
            raise ExpressionError("un montant ne se divise pas : multipliez-le par une part")
        return self._children(node, path, "children")

    def _line_fact(self, name: str, node: Node, path: tuple[str, ...]) -> Node:
        if not self.scope.lines or len(node["children"]) != 1:
            raise ExpressionError(
                f"« {name}(…) » prend une expression sur les lignes, dans une règle de niveau dossier"
            )
        inner = Scope(
            self.scope.lines,
            {},
            self.scope.parameters,
            self.scope.line_calculations,
            {},
            self.scope.null_tests,
        )
        reading = _Reading(inner)
        sql = _sql(reading.rewrite(node["children"][0], path))
        self.parameters |= reading.parameters
        column = f"fait_{hashlib.md5(f'{name}:{sql}'.encode(), usedforsecurity=False).hexdigest()[:10]}"
        self.facts[column] = LineFact(column, name, sql, frozenset(reading.columns))  # type: ignore[arg-type]
        return {"class": "COLUMN_REF", "type": "COLUMN_REF", "alias": "", "column_names": [column]}

    def _check_codes(self, nodes: list[Node]) -> None:
        """A code compared with a value that its list lacks is a slip of the pen."""
        names = [n["column_names"][0] for n in nodes if n["class"] == "COLUMN_REF"]
        texts = [str(n["value"]["value"]) for n in nodes if n["class"] == "CONSTANT" and not n["value"]["is_null"]]
        for name in names:
            codes = self.scope.columns.get(name)
            for text in texts:
                if codes is not None and text not in codes:
                    raise ExpressionError(f"« {text} » n'est pas une valeur de « {name} » ({', '.join(sorted(codes))})")


def _is_interval_constant(node: Node) -> bool:
    return all(part["class"] != "COLUMN_REF" for part in _walk(node))


def _walk(node: Any) -> Iterator[Node]:
    if isinstance(node, dict):
        if "class" in node:
            yield node
        for child in node.values():
            yield from _walk(child)
    elif isinstance(node, list):
        for child in node:
            yield from _walk(child)


_VISITS: Mapping[str, Callable[[_Reading, Node, tuple[str, ...]], Node]] = {
    "CONSTANT": _Reading.constant,
    "PARAMETER": _Reading.parameter,
    "COLUMN_REF": _Reading.column,
    "COMPARISON": _Reading.comparison,
    "BETWEEN": _Reading.between,
    "CONJUNCTION": _Reading.conjunction,
    "OPERATOR": _Reading.operator,
    "CAST": _Reading.cast,
    "FUNCTION": _Reading.function,
}
_REFUSED = {
    "CASE": "CASE, coalesce et if changeraient un inconnu en réponse : ils ne sont pas permis",
    "SUBQUERY": "une sous-requête n'est pas permise",
    "WINDOW": "une fonction de fenêtrage n'est pas permise",
    "STAR": "« * » n'est pas permis",
    "LAMBDA": "une fonction anonyme n'est pas permise",
}

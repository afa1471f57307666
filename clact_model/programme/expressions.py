"""The expressions of a programme file: read by DuckDB's own parser, held to a closed vocabulary, rewritten as SQL.

An expression is one scalar SQL expression. What would turn an unknown into an answer is refused: an empty cell must
stay unknown to the end. Facts about a dossier's lines (``toutes(devis)``) become columns that eligibility computes.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import duckdb

from clact_model.errors import ClactError

Node = dict[str, Any]
FactKind = Literal["toutes", "une", "distincts"]

LINE_FACTS: Mapping[str, FactKind] = {"toutes": "toutes", "une": "une", "distincts": "distincts"}
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


@dataclass(frozen=True, slots=True)
class Draft:
    """An expression read and checked, not yet SQL. ``facts``: name → kind, tree and columns of a line fact."""

    source: str
    tree: Node
    columns: frozenset[str]
    parameters: frozenset[str]
    facts: Mapping[str, tuple[FactKind, Node, frozenset[str]]]


@cache
def _parser() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(":memory:")


def _each(function: str, texts: Sequence[str]) -> list[str]:
    """A function of DuckDB over many texts in one statement: one by one, a programme would take ten times as long."""
    rows = (
        _parser()
        .cursor()
        .execute(
            f"""SELECT {function} FROM (
                SELECT unnest($textes::VARCHAR[]) AS texte, generate_subscripts($textes::VARCHAR[], 1) AS ordre)
            ORDER BY ordre""",
            {"textes": list(texts)},
        )
    )
    return [str(row[0]) for row in rows.fetchall()]


def parse_all(sources: Iterable[str]) -> dict[str, str]:
    """Each expression → what DuckDB's parser makes of it, as JSON text, errors included."""
    wanted = list(dict.fromkeys(sources))
    # The closing bracket on a line of its own: a comment cannot swallow it.
    return dict(
        zip(wanted, _each("json_serialize_sql(texte)", [f"SELECT ({source}\n)" for source in wanted]), strict=True)
    )


def read(source: str, scope: Scope, parsed: Mapping[str, str], within: tuple[str, ...] = ()) -> Draft:
    """Check and rewrite one expression. ``parsed``: what :func:`parse_all` gave for it and the calculations it names.

    ``within``: the calculation that it defines. Raises ExpressionError.
    """
    reading = _Reading(scope, parsed)
    tree = reading.rewrite(_tree(source, parsed), within)
    return Draft(source, tree, frozenset(reading.columns), frozenset(reading.parameters), reading.facts)


def write_all(drafts: Sequence[Draft]) -> list[Expression]:
    """The expressions as SQL, in the order given."""
    statements = [
        _statement(tree) for draft in drafts for tree in (draft.tree, *(t for _, t, _ in draft.facts.values()))
    ]
    written = iter(_each("json_deserialize_sql(texte::JSON)", statements))
    expressions = []
    for draft in drafts:
        sql = _bracketed(next(written))
        facts = tuple(
            LineFact(name, kind, _bracketed(next(written)), columns) for name, (kind, _, columns) in draft.facts.items()
        )
        expressions.append(Expression(draft.source, sql, draft.columns, draft.parameters, facts))
    return expressions


def _bracketed(statement: str) -> str:
    return f"({statement.removeprefix('SELECT ')})"


def _tree(source: str, parsed: Mapping[str, str]) -> Node:
    answer: dict[str, Any] = json.loads(parsed[source])
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
    return parse_all(["1"])["1"]


def _statement(tree: Node) -> str:
    statement = json.loads(_empty_statement())
    statement["statements"][0]["node"]["select_list"] = [tree]
    return json.dumps(statement)


class _Reading:
    """One walk over the tree of an expression: what it names, and its calculations and line facts replaced."""

    def __init__(self, scope: Scope, parsed: Mapping[str, str]) -> None:
        self.scope = scope
        self.parsed = parsed
        self.columns: set[str] = set()
        self.parameters: set[str] = set()
        self.facts: dict[str, tuple[FactKind, Node, frozenset[str]]] = {}

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
            return self.rewrite(_tree(self.scope.calculations[name], self.parsed), (*path, name))
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
        kind = LINE_FACTS.get(name)
        if kind is not None:
            return self._line_fact(kind, node, path)
        if name not in FUNCTIONS | INTERVAL_FUNCTIONS or node["filter"] or node["distinct"]:
            raise ExpressionError(f"la fonction « {name} » n'est pas permise")
        if name == "/" and not self.scope.division:
            raise ExpressionError("un montant ne se divise pas : multipliez-le par une part")
        return self._children(node, path, "children")

    def _line_fact(self, name: FactKind, node: Node, path: tuple[str, ...]) -> Node:
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
        reading = _Reading(inner, self.parsed)
        tree = reading.rewrite(node["children"][0], path)
        self.parameters |= reading.parameters
        column = f"fait_{_digest(name, tree)}"
        self.facts[column] = (name, tree, frozenset(reading.columns))
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


def _digest(kind: FactKind, tree: Node) -> str:
    """The same fact has the same name wherever it is written."""
    plain = json.dumps(tree, sort_keys=True, default=str)
    plain = re.sub(r'"query_location": \d+', "", plain)
    return hashlib.md5(f"{kind}:{plain}".encode(), usedforsecurity=False).hexdigest()[:10]


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

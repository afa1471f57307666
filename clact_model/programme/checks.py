"""What a programme file must hold beyond its keys: names that exist, types that agree, quotes that are in the text."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from clact_model import fields
from clact_model.programme import vocabulary
from clact_model.programme.expressions import Expression, ExpressionError, Scope, compile_expression
from clact_model.programme.programme import Compiled
from clact_model.programme.schema import Aid, Level, ProgrammeFile, Quote, Rule

PLACEHOLDER = re.compile(r"\{([a-z0-9_]+)\}")
NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "DECIMAL", "DOUBLE", "FLOAT")
PROBES: Mapping[str, str] = {
    "VARCHAR": "'é'",
    "BOOLEAN": "true",
    "DATE": "DATE '2024-01-31'",
    "TIMESTAMP": "TIMESTAMP '2024-01-31 12:00'",
    "BIGINT": "1",
}
"""A value of each type: the text is one that no number or date can be read from."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and in what part of the file (« règle « ge-rib » »)."""

    place: str
    what: str


@dataclass(frozen=True, slots=True)
class _Use:
    """One expression of the file: where it stands and what it must give."""

    place: str
    level: Level
    source: str
    gives: str  # "oui/non" | "nombre" | "montant" | "valeur"
    null_tests: bool = False
    extra: tuple[str, ...] = ()
    within: tuple[str, ...] = ()


def extended_dictionary(file: ProgrammeFile) -> fields.Dictionary:
    """The shared dictionary with the fields, axes and themes of the programme."""
    declared = tuple(
        fields.Field(
            table=c.table,
            champ=c.champ,
            libelle=c.libelle,
            type=c.type,
            unite=c.unite,
            valeurs=tuple(fields.Value(v.code, v.libelle) for v in c.valeurs),
            obligatoire=c.obligatoire,
            synonymes=c.synonymes,
            sens=c.sens,
            declared=True,
        )
        for c in file.champ
    )
    lists = {
        "axe": tuple(fields.Value(a.code, a.libelle) for a in file.axe),
        "thematique": tuple(fields.Value(t.code, t.libelle) for t in file.thematique),
    }
    return fields.dictionary().extended(declared).with_values(lists)


def check(file: ProgrammeFile, sources: Path) -> tuple[Compiled, list[Fault]]:
    """Compile every expression; give what is compiled and all that is wrong."""
    dictionary = extended_dictionary(file)
    faults = [*_names(file), *_quotes(file, sources)]
    expressions: dict[tuple[Level, str], Expression] = {}
    for use in _uses(file):
        try:
            expressions[use.level, use.source] = _compile(file, dictionary, use)
        except ExpressionError as error:
            faults.append(Fault(use.place, str(error)))
    faults += _messages(file, dictionary)
    return Compiled(dictionary, expressions), faults


def _uses(file: ProgrammeFile) -> Iterator[_Use]:
    for calculation in file.calcul:
        place = f"calcul « {calculation.nom} »"
        yield _Use(place, calculation.niveau, calculation.valeur, "valeur", within=(calculation.nom,))
    for rule in file.regle:
        yield from _rule_uses(rule)
    yield from _aid_uses(file.aide)
    for criterion in file.critere:
        place = f"critère « {criterion.id} »"
        yield _Use(place, criterion.niveau, criterion.valeur, "nombre", criterion.mention_exigee)
    if file.priorite:
        yield _Use("priorité", "action", file.priorite.condition, "oui/non")


def _rule_uses(rule: Rule) -> Iterator[_Use]:
    place = f"règle « {rule.id} »"
    for source in (rule.si, rule.condition, *(case.quand for case in rule.outcomes)):
        if source is not None:
            yield _Use(place, rule.niveau, source, "oui/non", rule.mention_exigee)


def _aid_uses(aid: Aid) -> Iterator[_Use]:
    for amount, extra in [(a, ()) for a in aid.assiette] + [(a, ("assiette",)) for a in aid.plafond]:
        if amount.si is not None:
            yield _Use("aide", "action", amount.si, "oui/non")
        yield _Use("aide", "action", amount.montant, "montant", extra=extra)


def _compile(file: ProgrammeFile, dictionary: fields.Dictionary, use: _Use) -> Expression:
    lists = vocabulary.codes(dictionary, use.level) | dict.fromkeys(use.extra)
    scope = Scope(
        columns=lists,
        lines=vocabulary.codes(dictionary, "action") if use.level == "dossier" else {},
        parameters=frozenset(file.parametres),
        calculations={c.nom: c.valeur for c in file.calcul if use.level == "action" or c.niveau == "dossier"},
        line_calculations={c.nom: c.valeur for c in file.calcul if c.niveau == "action"},
        null_tests=use.null_tests,
        division=use.gives != "montant",
    )
    expression = compile_expression(use.source, scope, use.within)
    _check_type(file, dictionary, use, expression)
    return expression


def _check_type(file: ProgrammeFile, dictionary: fields.Dictionary, use: _Use, expression: Expression) -> None:
    seen = vocabulary.columns(dictionary, use.level) | dict.fromkeys(use.extra, "DECIMAL(14,2)")
    types = {name: seen[name] for name in expression.columns}
    for fact in expression.facts:
        lines = vocabulary.columns(dictionary, "action")
        given = _result_type(file, fact.sql, {name: lines[name] for name in fact.columns})
        if fact.kind != "distincts" and given != "BOOLEAN":
            raise ExpressionError(f"« {fact.kind}(…) » attend un oui/non")
        types[fact.name] = "BOOLEAN"
    given = _result_type(file, expression.sql, types)
    if use.gives == "oui/non" and given != "BOOLEAN":
        raise ExpressionError(f"« {use.source} » ne donne pas un oui/non")
    if use.gives == "montant" and not given.startswith(tuple(n for n in NUMBERS if n not in ("DOUBLE", "FLOAT"))):
        raise ExpressionError(f"« {use.source} » ne donne pas un montant exact")
    if use.gives == "nombre" and given != "BOOLEAN" and not given.startswith(NUMBERS):
        raise ExpressionError(f"« {use.source} » ne donne ni un nombre ni un oui/non")


@cache
def _prober() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(":memory:")


def _result_type(file: ProgrammeFile, sql: str, types: Mapping[str, str]) -> str:
    """Run the expression on one row of plain values: DuckDB says its type, or that types do not agree."""
    row = ", ".join(f'{PROBES.get(kind, f"1::{kind}")} AS "{name}"' for name, kind in types.items())
    named = set(re.findall(r"\$([a-z0-9_]+)", sql))
    values = {name: parameter.valeur for name, parameter in file.parametres.items() if name in named}
    cursor = _prober().cursor()
    try:
        cursor.execute(f"SELECT {sql} FROM (SELECT {row or 1})", values or None)
        cursor.fetchall()
    except duckdb.Error as error:
        raise ExpressionError(
            "l'expression combine des types qui ne vont pas ensemble (texte, nombre, date, oui/non)"
        ) from error
    assert cursor.description is not None
    return str(cursor.description[0][1])


def _names(file: ProgrammeFile) -> Iterator[Fault]:
    """Names that must be new, and names that must exist."""
    shared = fields.dictionary()
    for kind, names in {
        "règle": [r.id for r in file.regle],
        "critère": [c.id for c in file.critere],
        "axe": [a.code for a in file.axe],
        "thématique": [t.code for t in file.thematique],
        "champ": [c.champ for c in file.champ],
        "calcul": [c.nom for c in file.calcul],
    }.items():
        for name in sorted({n for n in names if names.count(n) > 1}):
            yield Fault(f"{kind} « {name} »", "ce nom est donné deux fois")
    taken = vocabulary.columns(shared, "action").keys() | set(fields.KEYS) | {"ligne", "programme", "assiette"}
    for place, name in [(f"champ « {c.champ} »", c.champ) for c in file.champ] + [
        (f"calcul « {c.nom} »", c.nom) for c in file.calcul
    ]:
        if name in taken or (place.startswith("calcul") and name in {c.champ for c in file.champ}):
            yield Fault(place, "ce nom est déjà celui d'une colonne")
    axes, rules = {a.code for a in file.axe}, {r.id for r in file.regle}
    stakes = {v.code for v in shared.get("action", "enjeu_has").valeurs}
    for theme in file.thematique:
        if theme.axe is not None and theme.axe not in axes:
            yield Fault(f"thématique « {theme.code} »", f"l'axe « {theme.axe} » n'existe pas")
        if theme.enjeu_has is not None and theme.enjeu_has not in stakes:
            yield Fault(f"thématique « {theme.code} »", f"l'enjeu « {theme.enjeu_has} » n'est pas de la boussole HAS")
    known = {f.champ for f in extended_dictionary(file)}
    for piece in file.piece:
        if piece.champ not in known:
            yield Fault(f"pièce « {piece.champ} »", "ce champ n'existe pas")
        for rule in piece.regles:
            if rule not in rules:
                yield Fault(f"pièce « {piece.champ} »", f"la règle « {rule} » n'existe pas")
    for amount in (*file.aide.assiette, *file.aide.plafond):
        if amount.regle is not None and amount.regle not in rules:
            yield Fault("aide", f"la règle « {amount.regle} » n'existe pas")
    if [i for i, amount in enumerate(file.aide.assiette) if amount.si is None] != [len(file.aide.assiette) - 1]:
        yield Fault("aide", "la dernière assiette, et elle seule, vaut sans « si »")
    for code in file.departements:
        if not re.fullmatch(r"\d\d|2[AB]|97\d|98\d", code):
            yield Fault("départements", f"« {code} » n'est pas un code de département")
    for sector in file.secteurs:
        if sector not in {v.code for v in shared.get("dossier", "secteur").valeurs}:
            yield Fault("secteurs", f"« {sector} » n'est pas un secteur")


def _messages(file: ProgrammeFile, dictionary: fields.Dictionary) -> Iterator[Fault]:
    for rule in file.regle:
        known = vocabulary.columns(dictionary, rule.niveau).keys() | file.parametres.keys() | {"assiette"}
        for message in (rule.message, *(case.message for case in rule.cas)):
            for name in PLACEHOLDER.findall(message or ""):
                if name not in known:
                    yield Fault(f"règle « {rule.id} »", f"le message nomme « {{{name}}} », qui n'existe pas")


@cache
def _text(path: Path) -> str:
    return _one_space(path.read_text(encoding="utf-8"))


def _one_space(text: str) -> str:
    return " ".join(text.split())


def quotes(file: ProgrammeFile) -> Iterator[tuple[str, Quote]]:
    """Every quote of the file, with the part that it stands behind."""
    parts: list[tuple[str, tuple[Quote, ...]]] = [("enveloppe", file.enveloppe_citation), ("aide", file.aide.citation)]
    parts += [(f"paramètre « {name} »", p.citation) for name, p in file.parametres.items()]
    parts += [(f"règle « {r.id} »", r.citation) for r in file.regle]
    parts += [(f"critère « {c.id} »", c.citation) for c in file.critere]
    parts += [(f"calendrier « {c.etape} »", c.citation) for c in file.calendrier]
    parts += [(f"suivi « {s.libelle} »", s.citation) for s in file.suivi]
    parts += [("ambiguïté", a.citations) for a in file.ambiguite]
    parts += [("priorité", file.priorite.citation)] if file.priorite else []
    parts += [("paiement", file.paiement.citation)] if file.paiement else []
    for place, group in parts:
        for quote in group:
            yield place, quote


def _quotes(file: ProgrammeFile, folder: Path) -> Iterator[Fault]:
    declared = {s.fichier for s in file.source}
    for name in declared:
        if not (folder / Path(name).name).is_file():
            yield Fault(f"source « {name} »", f"le texte n'est pas dans {folder.name}/")
    for place, quote in quotes(file):
        if quote.source not in declared:
            yield Fault(place, f"la source « {quote.source} » n'est pas déclarée")
        elif (folder / quote.source).is_file() and _one_space(quote.texte) not in _text(folder / quote.source):
            yield Fault(place, f"la citation « {quote.texte} » n'est pas dans {quote.source}")

"""A programme's expressions and the outcomes of its rules, as a French reader says them."""

import re
from collections.abc import Mapping

from clact_model import formats
from clact_model.eligibility.words import in_words, label
from clact_model.overview.labels import EFFECTS, LINE_VERDICTS, VERDICTS
from clact_model.programme import Programme, Rule
from clact_model.programme.rules import Case

_TOKEN = re.compile(r"'[^']*'|\$[a-z0-9_]+|[A-Za-z_][A-Za-z0-9_]*|<=|>=|<>|[*-]")
_TURNS = (
    (re.compile(r"IS NOT NULL"), "est renseigné"),
    (re.compile(r"IS NULL"), "n'est pas renseigné"),
    (re.compile(r"NOT IN"), "hors de"),
    (re.compile(r"(?:lower|upper|trim)\(([^(),]*)(?:, '[^']*')?\)"), r"\1"),
    (re.compile(r"(?:lower|upper|trim)\(([^(),]*)(?:, '[^']*')?\)"), r"\1"),
    (re.compile(r"CAST\(([^()]*) AS DATE\)"), r"\1"),
    (re.compile(r"DATE '(\d{4})-(\d{2})-(\d{2})'"), r"\3/\2/\1"),
    (re.compile(r"INTERVAL 1 YEAR"), "1 an"),
    (re.compile(r"INTERVAL (\d+) YEAR"), r"\1 ans"),
    (re.compile(r"INTERVAL (\d+) MONTH"), r"\1 mois"),
    (re.compile(r"INTERVAL 1 DAY"), "1 jour"),
    (re.compile(r"INTERVAL (\d+) DAY"), r"\1 jours"),
)
"""What SQL writes in several words → what a French reader says; a function may hold another, hence the same turn twice."""
_SIGNS: Mapping[str, str] = {
    "AND": "et",
    "OR": "ou",
    "NOT": "non",
    "IN": "parmi",
    "BETWEEN": "entre",
    "<=": "≤",
    ">=": "≥",
    "<>": "≠",
    "*": "×",
    "-": "−",
}
_FACTS: Mapping[str, str] = {
    "axe_du_programme": "Axe de la liste de l'appel",
    "thematique_du_programme": "Thématique de la liste de l'appel",
    "place_connue": "Place, si le rang est connu",
}
"""Facts that a rule speaks of by another name than the field which they are made of."""
_OUTCOMES: Mapping[str, str] = {**VERDICTS, **LINE_VERDICTS, **EFFECTS}


def expression_in_words(programme: Programme, source: str) -> str:
    """An expression of the programme with its columns, parameters and own calculations by their French names."""
    calculations = {calculation.nom: calculation.valeur for calculation in programme.file.calcul}
    codes = {value.code: value.libelle for field in programme.dictionary for value in field.valeurs}
    a_line = programme.file.ligne.un
    over_lines = {
        "toutes": f"pour chaque {programme.line_word} ",
        "une": f"pour au moins {a_line} ",
        "distincts": f"différent d'{a_line} à l'autre ",
    }

    def word(found: re.Match[str]) -> str:
        token = found[0]
        if token in _SIGNS:
            return _SIGNS[token]
        if token in over_lines:
            return over_lines[token]
        if token.startswith("'"):
            return f"« {codes.get(token[1:-1], token[1:-1])} »"
        if token.startswith("$") and token[1:] in programme.file.parametres:
            parameter = programme.file.parametres[token[1:]]
            return f"« {parameter.libelle} » ({in_words(parameter.valeur, parameter.type)})"
        if token in calculations:
            return f"({expression_in_words(programme, calculations[token])})"
        known = _FACTS.get(token) or label(programme.dictionary, token)
        return token if known == token else f"« {known} »"

    for written, spoken in _TURNS:
        source = written.sub(spoken, source)
    return _TOKEN.sub(word, source)


def outcomes_in_words(programme: Programme, rule: Rule) -> list[str]:
    """What follows when a rule of several outcomes is not satisfied, in the order in which they are tried; [] for a single one."""
    return [_outcome(programme, case) for case in rule.cas]


def _outcome(programme: Programme, case: Case) -> str:
    verdict = _OUTCOMES[case.verdict].lower()
    if case.quand is None:
        return f"sinon : {verdict}"
    last = case.jusqu_au or (programme.file.completer_jusqu_au if case.verdict == "a_completer" else None)
    until = f" jusqu'au {formats.day(last)}" if last else ""
    return f"si {expression_in_words(programme, case.quand)} : {verdict}{until}"

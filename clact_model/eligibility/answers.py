"""What each rule answered to one dossier or line, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from clact_model import formats
from clact_model.eligibility import relations
from clact_model.eligibility.judgement import Judgement
from clact_model.eligibility.rules_sql import SATISFIED, UNKNOWN, LiveRule
from clact_model.fields import Dictionary
from clact_model.programme import ACTION_VERDICTS, DOSSIER_VERDICTS, Level, Programme, Rule
from clact_model.programme.checks import PLACEHOLDER
from clact_model.programme.vocabulary import FACT_LABELS, FACT_SOURCES, columns

Result = Literal["oui", "non", "inconnu"]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """One rule's answer. ``effet``: what follows (a verdict, ``plafond``, ``assiette``); None when satisfied."""

    rule: Rule
    resultat: Result
    effet: str | None
    message: str
    jusqu_au: date | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """A verdict that an instructor put in the place of the computed one."""

    verdict_calcule: str
    motif: str
    auteur: str
    quand: datetime
    a_confirmer: bool


@dataclass(frozen=True, slots=True)
class JudgedAction:
    """One line as judged. Amounts in EUR; None when unknown."""

    ligne: int
    rang: int | None
    verdict: str
    verdict_calcule: str
    assiette: Decimal | None
    aide_maximale: Decimal | None
    prioritaire: bool | None
    answers: tuple[Answer, ...]
    override: Override | None = None


@dataclass(frozen=True, slots=True)
class JudgedDossier:
    """One dossier as judged, with its lines in the order of the file."""

    numero: str
    verdict: str
    verdict_calcule: str
    jusqu_au: date | None
    sans_action_eligible: bool
    answers: tuple[Answer, ...]
    actions: tuple[JudgedAction, ...] = ()
    override: Override | None = None


@dataclass(frozen=True)
class _Reading:
    """What the answers are put into words with."""

    judgement: Judgement
    level: Level
    rules: Sequence[LiveRule]
    satisfied_too: bool
    dictionary: Dictionary = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "dictionary", self.judgement.programme.dictionary)

    def answers(self, codes: Sequence[int], facts: Row) -> tuple[Answer, ...]:
        return tuple(
            self._answer(live, code, facts)
            for live, code in zip(self.rules, codes, strict=True)
            if code != SATISFIED or self.satisfied_too
        )

    def _answer(self, live: LiveRule, code: int, facts: Row) -> Answer:
        rule = live.rule
        if code == SATISFIED:
            return Answer(rule, "oui", None, rule.libelle)
        if code == UNKNOWN:
            effect = rule.outcomes[-1].verdict
            doubtful = effect if effect not in DOSSIER_VERDICTS + ACTION_VERDICTS else "a_verifier"
            return Answer(rule, "inconnu", doubtful, self._missing(rule, facts))
        outcome = live.outcome(code)
        if outcome is None:
            return Answer(rule, "non", "a_verifier", f"{self._fill(rule.message, facts)} {self._missing(rule, facts)}")
        return Answer(
            rule, "non", outcome.verdict, self._fill(outcome.message or rule.message, facts), outcome.jusqu_au
        )

    def _fill(self, message: str, facts: Row) -> str:
        return PLACEHOLDER.sub(lambda found: self._words(found[1], facts), message)

    def _words(self, name: str, facts: Row) -> str:
        parameters = self.judgement.parameters
        if name in parameters and name not in facts:
            kind = self.judgement.programme.file.parametres[name].type
            return in_words(parameters[name], kind)
        known = self.dictionary.find(self.level, name) or self.dictionary.find("dossier", name)
        value = facts.get(name)
        if known is not None and known.type == "code" and value is not None:
            return known.label_of(str(value))
        return in_words(value, known.type if known else "")

    def _missing(self, rule: Rule, facts: Row) -> str:
        names = [n for n in missing_columns(self.judgement.programme, rule) if facts.get(n) is None]
        labels = list(dict.fromkeys(label(self.dictionary, name) for name in names))
        return f"Information manquante : {', '.join(labels)}." if labels else f"Sans réponse : {rule.libelle}."


def in_words(value: object, kind: str) -> str:
    """A value as a French reader writes it; ``—`` when unknown."""
    if isinstance(value, bool):
        return formats.yes_no(value)
    if isinstance(value, datetime):
        return formats.moment(value)
    if isinstance(value, date):
        return formats.day(value)
    if isinstance(value, Decimal | int):
        if kind in ("montant",):
            return formats.euros(value)
        return formats.share(Decimal(value)) if kind in ("part", "pourcentage") else formats.number(value)
    return formats.UNKNOWN if value is None else str(value)


def label(dictionary: Dictionary, column: str) -> str:
    """The French label of a column or fact."""
    found = dictionary.find("dossier", column) or dictionary.find("action", column)
    return found.libelle if found else FACT_LABELS.get(column, column)


def missing_columns(programme: Programme, rule: Rule) -> list[str]:
    """The columns whose absence may leave a rule without an answer: facts by the fields they are made of."""
    names: dict[str, None] = {}
    for expression in programme.rule_expressions(rule):
        for column in sorted(expression.read):
            for source in FACT_SOURCES.get(column, (column,)):
                names[source] = None
    return list(names)


def read_fields(programme: Programme, rules: Iterable[Rule]) -> list[str]:
    """The fields that rules read: what an override watches."""
    names = {name for rule in rules for name in missing_columns(programme, rule)}
    return sorted(name for name in names if name not in FACT_LABELS)


def judged(
    judgement: Judgement, numeros: Sequence[str] | None = None, satisfied_too: bool = False
) -> list[JudgedDossier]:
    """Dossiers as judged, in the order of the file; all of them, or those named.

    ``satisfied_too``: also the rules that are satisfied.
    """
    overrides = _overrides(judgement)
    actions = _judged_actions(judgement, numeros, satisfied_too, overrides)
    reading = _Reading(judgement, "dossier", judgement.rules("dossier"), satisfied_too)
    facts = _facts(judgement, "dossier", numeros)
    found = []
    for numero, verdict, computed, last_day, empty, *codes in _rows(judgement, "dossier", numeros):
        found.append(
            JudgedDossier(
                numero,
                verdict,
                computed,
                last_day,
                empty,
                reading.answers(codes, facts.get((numero, 0), {})),
                tuple(actions.get(numero, ())),
                overrides.get((numero, 0)),
            )
        )
    return found


def _judged_actions(
    judgement: Judgement,
    numeros: Sequence[str] | None,
    satisfied_too: bool,
    overrides: Mapping[tuple[str, int], Override],
) -> dict[str, list[JudgedAction]]:
    reading = _Reading(judgement, "action", judgement.rules("action"), satisfied_too)
    facts = _facts(judgement, "action", numeros)
    found: dict[str, list[JudgedAction]] = {}
    for numero, ligne, rang, verdict, computed, assiette, aid, priority, *codes in _rows(judgement, "action", numeros):
        row = {**facts.get((numero, ligne), {}), "assiette": assiette}
        answers = reading.answers(codes, row)
        action = JudgedAction(
            ligne, rang, verdict, computed, assiette, aid, priority, answers, overrides.get((numero, ligne))
        )
        found.setdefault(numero, []).append(action)
    return found


_HEADS = {
    "dossier": "numero, verdict, verdict_calcule, jusqu_au, sans_action_eligible",
    "action": "numero, ligne, rang, verdict, verdict_calcule, assiette, aide_maximale, prioritaire",
}
_ORDERS = {"dossier": "ordre", "action": "numero, ligne"}


def _rows(judgement: Judgement, level: Level, numeros: Sequence[str] | None) -> list[tuple[Any, ...]]:
    codes = "".join(f", {live.column}" for live in judgement.rules(level))
    where, values = _only(numeros)
    return judgement.cursor.execute(
        f"SELECT {_HEADS[level]}{codes} FROM jugement_{level} {where} ORDER BY {_ORDERS[level]}", values
    ).fetchall()


def _only(numeros: Sequence[str] | None) -> tuple[str, dict[str, object] | None]:
    if numeros is None:
        return "", None
    return "WHERE list_contains($numeros::VARCHAR[], numero)", {"numeros": list(numeros)}


def _facts(judgement: Judgement, level: Level, numeros: Sequence[str] | None) -> dict[tuple[str, int], dict[str, Any]]:
    """What the messages and the missing answers speak of, by dossier and line."""
    programme = judgement.programme
    rules = programme.rules(level)
    named = {name for rule in rules for name in PLACEHOLDER.findall(" ".join(_messages(rule)))}
    named |= {name for rule in rules for name in missing_columns(programme, rule)}
    wanted = sorted(named & columns(programme.dictionary, level).keys())
    where, _ = _only(numeros)
    source, line = ("faits_dossier", "0") if level == "dossier" else ("toutes_lignes", "ligne")
    sql = f"""
        WITH {relations.relations(programme, [*wanted, *programme.compiled.facts])},
        toutes_lignes AS (SELECT l.*, d.* EXCLUDE (numero) FROM lignes l JOIN faits_dossier d ON d.numero = l.numero)
        SELECT numero, {line} {"".join(f', "{name}"' for name in wanted)} FROM {source} {where}"""
    values = relations.parameters(programme, judgement.today, judgement.parameters) | {"numeros": list(numeros or ())}
    rows = judgement.cursor.execute(sql, relations.parameters_used(sql, values)).fetchall()
    return {(numero, line): dict(zip(wanted, rest, strict=True)) for numero, line, *rest in rows}


def _messages(rule: Rule) -> list[str]:
    return [rule.message, *(case.message for case in rule.cas if case.message)]


def _overrides(judgement: Judgement) -> dict[tuple[str, int], Override]:
    rows = judgement.cursor.execute(
        """SELECT numero, ligne, verdict_calcule, motif, auteur, quand, a_confirmer
           FROM derogation WHERE programme = ?""",
        [judgement.programme.id],
    ).fetchall()
    return {(numero, ligne): Override(*rest) for numero, ligne, *rest in rows}

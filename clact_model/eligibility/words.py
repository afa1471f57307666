"""Answers in French: messages filled in, and the information that is missing, named."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from clact_model import formats
from clact_model.eligibility.answers import Answer, Result
from clact_model.eligibility.judgement import Judgement
from clact_model.eligibility.rules_sql import SATISFIED, UNKNOWN, LiveRule
from clact_model.fields import Dictionary
from clact_model.programme import ACTION_VERDICTS, DOSSIER_VERDICTS, Level, Programme, Rule
from clact_model.programme.checks import PLACEHOLDER
from clact_model.programme.vocabulary import FACT_LABELS, FACT_SOURCES, columns

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Wording:
    """Puts the answers of one level into words."""

    judgement: Judgement
    level: Level
    rules: Sequence[LiveRule]
    satisfied_too: bool
    dictionary: Dictionary = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "dictionary", self.judgement.programme.dictionary)

    def answers(self, codes: Sequence[int], facts: Row) -> tuple[Answer, ...]:
        """One dossier's or line's answers, from the codes of its rules and the facts that the messages speak of."""
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
            return self._lacking(rule, "inconnu", doubtful, "", facts)
        outcome = live.outcome(code)
        if outcome is None:
            return self._lacking(rule, "non", "a_verifier", self._fill(rule.message, facts), facts)
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
            return _inside_a_sentence(known.label_of(str(value)))
        return in_words(value, known.type if known else "")

    def _lacking(self, rule: Rule, result: Result, effect: str, phrase: str, facts: Row) -> Answer:
        """An answer that lacks information, named; where none of what it reads is empty, the rule itself is named."""
        names = [n for n in missing_columns(self.judgement.programme, rule) if facts.get(n) is None]
        labels = tuple(dict.fromkeys(label(self.dictionary, name) for name in names))
        said = phrase if labels else f"{phrase} Sans réponse : {rule.libelle}.".strip()
        return Answer(rule, result, effect, said, manque=labels)


def _inside_a_sentence(label: str) -> str:
    """« Sanitaire » → « sanitaire »; « EHPAD public » stays as it is."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


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


def columns_worded(programme: Programme, level: Level) -> list[str]:
    """The columns of a level that its messages and its missing answers speak of."""
    rules = programme.rules(level)
    named = {name for rule in rules for name in PLACEHOLDER.findall(" ".join(_messages(rule)))}
    named |= {name for rule in rules for name in missing_columns(programme, rule)}
    return sorted(named & columns(programme.dictionary, level).keys())


def _messages(rule: Rule) -> list[str]:
    return [rule.message, *(case.message for case in rule.cas if case.message)]

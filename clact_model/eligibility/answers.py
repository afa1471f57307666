"""What was judged of one dossier: its verdict, its lines, and what each rule answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from clact_model.programme import Rule

Result = Literal["oui", "non", "inconnu"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One rule's answer. ``effet``: what follows (a verdict, ``plafond``, ``assiette``); None when satisfied."""

    rule: Rule
    resultat: Result
    effet: str | None
    phrase: str
    """What the rule says; empty where it only lacks information."""
    jusqu_au: date | None = None
    manque: tuple[str, ...] = ()
    """Labels of the information that it lacks."""

    @property
    def message(self) -> str:
        """What the rule says, and what it lacks."""
        return joined([self])


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


def joined(answers: Iterable[Answer]) -> str:
    """What several rules say, one after the other, then what they lack, each thing named once."""
    given = list(answers)
    phrases = [answer.phrase for answer in given if answer.phrase]
    lacking = list(dict.fromkeys(label for answer in given for label in answer.manque))
    if lacking:
        head = "Information manquante" if len(lacking) == 1 else "Informations manquantes"
        phrases.append(f"{head} : {', '.join(lacking)}.")
    return " ".join(phrases)

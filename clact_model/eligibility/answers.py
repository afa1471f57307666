"""What was judged of one dossier: its verdict, its lines, and what each rule answered."""

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

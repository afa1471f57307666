"""Last year's programme as the draft of the next: its text with its comments and layout, under another name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from clact_model import months
from clact_model.errors import ClactError
from clact_model.programme.programme import Programme

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9_]{2,59}")
_YEAR = re.compile(r"\d{4}")
_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_QUOTE = re.compile(r"citations?\s*=|\btexte\s*=|\bfichier\s*=")


class DraftError(ClactError):
    """What is asked of a draft cannot be done: a name that is none, a text that cannot be read."""


@dataclass(frozen=True, slots=True)
class ToReview:
    """A line of the draft that speaks of a date or of the year of the call that it comes from."""

    line: int
    text: str


def next_identifier(programme: Programme) -> str:
    """``clact_2025`` → ``clact_2026``: the name proposed for the copy."""
    year = str(programme.file.annee)
    return programme.id.replace(year, str(programme.file.annee + 1)) if year in programme.id else f"{programme.id}_2"


def next_title(programme: Programme) -> str:
    """The title proposed for the copy: the same, with the year that follows."""
    year = str(programme.file.annee)
    return programme.titre.replace(year, str(programme.file.annee + 1))


def duplicate(programme: Programme, identifier: str, titre: str, annee: int) -> str:
    """The text of the copy: same rules, same comments, same source texts; its version is 1 and its dates are unchanged.

    Raises DraftError for a name that a file cannot bear.
    """
    if not IDENTIFIER.fullmatch(identifier):
        raise DraftError(
            f"« {identifier} » ne peut pas nommer un fichier : de 3 à 60 lettres minuscules sans accent, chiffres ou tirets bas."
        )
    if not titre.strip():
        raise DraftError("Donnez un titre au programme : c'est lui que montre la liste des programmes.")
    document = toml_document(programme.text)
    for key, value in {"id": identifier, "titre": titre.strip(), "annee": annee, "version": "1"}.items():
        document[key] = value
    return document.as_string()


def shifted(text: str, years: int) -> str:
    """The text with every date later by so many years: calendar, parameters, last days. Raises DraftError when it is no TOML.

    Words are left as they are: quotes, messages and readings of ours still speak of the former year.
    """
    document = toml_document(text)
    _shift(document, years)
    return document.as_string()


def to_review(text: str, former_year: int) -> list[ToReview]:
    """The lines of the draft that hold a date, or that name the former year, quotes aside."""
    return list(_to_review(text, str(former_year)))


def _to_review(text: str, year: str) -> Iterator[ToReview]:
    for number, line in enumerate(text.split("\n"), start=1):
        if _DATE.search(line) or (year in _YEAR.findall(line) and not _QUOTE.search(line)):
            yield ToReview(number, line.strip())


def toml_document(text: str) -> TOMLDocument:
    """A text as its author laid it out, to be changed in its place. Raises DraftError when it is no TOML."""
    # Where it is used: a twentieth of a second at each start for what is done once a year.
    from tomlkit import parse
    from tomlkit.exceptions import TOMLKitError

    try:
        return parse(text)
    except TOMLKitError as error:
        raise DraftError("Ce texte n'est pas du TOML bien formé : vérifiez-le d'abord.") from error


def _shift(part: Any, years: int) -> None:
    """Every date below ``part``, in its place: layout and comments stay."""
    for key, value in list(part.items() if isinstance(part, dict) else enumerate(part)):
        if isinstance(value, date):
            part[key] = months.later(value, 12 * years)
        elif isinstance(value, dict | list):
            _shift(value, years)

"""Accounts found by what a person types: number, establishment, convention."""

from collections.abc import Sequence

from clact_model.tracking.situation import Situation
from clact_model.wording import folded


def searchable(text: str) -> Sequence[str]:
    """The words to look for, without capitals or accents; none: everything is found."""
    return folded(text).split()


def matches(one: Situation, words: Sequence[str]) -> bool:
    """Whether every word stands somewhere in the number, the establishment or the convention of an account."""
    where = folded(" ".join((one.numero, one.raison_sociale or "", one.convention.reference if one.convention else "")))
    return all(word in where for word in words)

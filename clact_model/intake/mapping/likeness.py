"""Titles that no list knows → the fields whose words look most like theirs, for a person to confirm."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from clact_model.fields import Field
from clact_model.wording import folded

ASKED = 0.88
"""From this likeness on, the person is asked whether the column is the field; under it, it is only suggested."""
SUGGESTED = 0.55
LONGEST = 500
"""Characters of a title that is compared: a longer one is no title."""

_UNIT = re.compile(r"\((?:en )?(?P<unit>[^()]+)\)$")
_UNITS = frozenset(("etp", "agents", "lits", "places", "%", "€", "eur", "euros", "k€"))
_OTHER_MONEY = re.compile(
    r"(?:^|[\s(])(?:m€|meur|millions?(?: d'euros)?|centimes?|\$|usd|dollars?|chf|xpf|cfp|£|gbp)\)?$"
)
"""Amounts that are no euros, or not one by one: read as such they would be wrong by a hundred or a million."""
_SPELT = {"EUR": "€ euros k€"}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A field that a title may mean. ``confidence``: 0..1."""

    field: Field
    confidence: float


def suggestions(title: str, fields: Iterable[Field], most: int = 3) -> tuple[Suggestion, ...]:
    """The fields most like a title, best first.

    The mean of two measures: words in common whatever else stands there (token set), and all the words (token sort):
    alone, the first finds « Avis » in every opinion and the second misses a long title.
    """
    if len(title) > LONGEST:
        return ()
    text = folded(title)
    found = [Suggestion(field, _likeness(text, field)) for field in fields if not _of_another_unit(text, field)]
    best = sorted(found, key=lambda one: -one.confidence)[:most]
    return tuple(one for one in best if one.confidence >= SUGGESTED)


def _of_another_unit(text: str, field: Field) -> bool:
    """« Effectif total (ETP) » is no headcount, however like its title."""
    if field.unite == "EUR" and _OTHER_MONEY.search(text):
        return True
    unit = _UNIT.search(text)
    return bool(unit and field.unite and folded(unit["unit"]) in _UNITS and unit["unit"] not in folded(_spelt(field)))


def _spelt(field: Field) -> str:
    return " ".join((field.unite, _SPELT.get(field.unite, ""), field.libelle))


def _likeness(text: str, field: Field) -> float:
    return max(
        (fuzz.token_set_ratio(text, known) + fuzz.token_sort_ratio(text, known)) / 200
        for known in (folded(writing) for writing in (field.libelle, *field.synonymes))
    )

"""What an import leaves unknown: the fields that no column gives, and the rules that read them."""

from collections.abc import Iterable
from dataclasses import dataclass

from clact_model.eligibility.words import read_fields
from clact_model.fields import KEYS, Field
from clact_model.programme import Programme, Rule


@dataclass(frozen=True, slots=True)
class Missing:
    """A field that no column gives, with the rules that will stay unknown without it."""

    field: Field
    rules: tuple[Rule, ...]


def missing(programme: Programme, given: Iterable[str]) -> list[Missing]:
    """The fields that rules read and that nothing gives, those that most rules read first."""
    known = set(given)
    readers: dict[str, list[Rule]] = {}
    for rule in programme.file.regle:
        for champ in read_fields(programme, [rule]):
            readers.setdefault(champ, []).append(rule)
    found = [
        Missing(field, tuple(readers[field.champ]))
        for field in programme.dictionary
        if field.champ in readers and field.champ not in known and field.champ not in KEYS
    ]
    return sorted(found, key=lambda one: -len(one.rules))

"""Columns that a correspondence knows and a file has no more: renamed at the source, or gone."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from rapidfuzz import fuzz

from clact_model.fields import Field
from clact_model.intake.mapping.likeness import SUGGESTED, Suggestion
from clact_model.intake.mapping.titles import Titles
from clact_model.wording import folded


class _Titled(Protocol):
    @property
    def titre(self) -> str: ...

    @property
    def cle(self) -> str: ...


def lost(known: Titles, present: set[str]) -> Iterator[tuple[str, Field]]:
    """The titles of the correspondence that the file lacks, each with the field it gave."""
    for key, fields in known.corrected.items():
        if key not in present:
            for field in fields:
                yield key, field


def renamings(
    known: Titles, present: set[str], unknown: Sequence[_Titled], given: set[str]
) -> Mapping[str, Suggestion]:
    """Key of an unknown title → the field of the lost column whose words it is most like; each title once."""
    found: dict[str, Suggestion] = {}
    for key, field in lost(known, present):
        if field.champ in given:
            continue
        likely = [
            (fuzz.token_set_ratio(key, folded(title.titre)) / 100, title.cle)
            for title in unknown
            if title.cle not in found
        ]
        best = max(likely, default=(0.0, ""))
        if best[0] >= SUGGESTED:
            found[best[1]] = Suggestion(field, best[0])
    return found

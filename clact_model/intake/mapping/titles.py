"""Every writing under which a field is known: a title → the fields that it claims."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from clact_model.fields import Dictionary, Field, Table
from clact_model.intake.mapping.likeness import LONGEST
from clact_model.intake.values.text import one_line
from clact_model.reading import Cell
from clact_model.wording import folded

How = Literal["libelle", "synonyme", "ressemblance", "correspondance"]
"""By what a title was recognised."""

_UNIT = re.compile(r"\s*(?:\(\s*(?:en )?|\ben |\s)(?P<unit>k€|keur|milliers d'euros|€|eur|euros|ttc|%)\s*\)?$")
_THOUSANDS = ("k€", "keur", "milliers d'euros")
_SMALL_WORDS = frozenset("a au aux d de des du en et l la le les un une".split())


@dataclass(frozen=True, slots=True)
class Claim:
    """What a title says that its column holds."""

    fields: tuple[Field, ...]
    """Several when the words are those of several fields; none when the column is known and holds no field."""
    how: How = "libelle"
    thousands: bool = False
    fallback: bool = False
    """The column counts where no other gives the field."""


Bare = Callable[[str], tuple[str, bool]]
"""A folded title → the words of its field alone, and whether the column only repeats another one."""


def _as_it_is(title: str) -> tuple[str, bool]:
    return title, False


class Titles:
    """The titles known for some tables.

    ``fixed``: titles that the source always writes, folded → the names of their fields (none: a column that says
    nothing to us). ``corrections``: what a person said of a title, folded → the names of its fields.
    """

    def __init__(
        self,
        dictionary: Dictionary,
        tables: Sequence[Table],
        *,
        fixed: Mapping[str, Sequence[str]] | None = None,
        corrections: Mapping[str, Sequence[str]] | None = None,
        bare: Bare = _as_it_is,
    ) -> None:
        self.known = tuple(f for table in tables for f in dictionary.of(table) if not _names_twice(f, tables))
        self._by_name = {f.champ: f for f in self.known}
        self._fixed, self._corrections, self._bare = fixed or {}, corrections or {}, bare
        labels = [(f.libelle, f) for f in self.known]
        synonyms = [(writing, f) for f in self.known for writing in f.synonymes]
        self._labels = _index((folded(writing), f) for writing, f in labels)
        self._synonyms = _index((folded(writing), f) for writing, f in synonyms)
        self._words = _index((_words(writing), f) for writing, f in labels + synonyms)

    def find(self, title: Cell, occurrence: int = 1) -> Claim | None:
        """What a title claims, or None when nothing is known of it. ``occurrence``: 2 for the second of its words."""
        if isinstance(title, str) and len(title) > LONGEST:
            return None
        text = folded(one_line(title))
        if (champs := self._corrections.get(title_key(text, occurrence))) is not None:
            return Claim(self._named(champs), "correspondance")
        if (champs := self._fixed.get(text)) is not None:
            return Claim(self._named(champs), fallback=True)
        bare, repeats = self._bare(text)
        claim = self._by_words(bare) or self._with_unit(bare)
        return replace(claim, fallback=True) if claim and repeats else claim

    @property
    def corrected(self) -> Mapping[str, tuple[Field, ...]]:
        """What a person said: key of a title → its fields."""
        return {key: self._named(champs) for key, champs in self._corrections.items()}

    def count(self, row: Sequence[Cell]) -> int:
        """How many titles of a row are known."""
        return sum(1 for cell in row if isinstance(cell, str) and cell and self.find(cell))

    def _named(self, champs: Iterable[str]) -> tuple[Field, ...]:
        return tuple(self._by_name[champ] for champ in champs if champ in self._by_name)

    def _by_words(self, text: str) -> Claim | None:
        # In this order: a label goes before a synonym, a synonym before the same words in another order.
        for index, how in ((self._labels, "libelle"), (self._synonyms, "synonyme")):
            if fields := index.get(text):
                return Claim(fields, "libelle" if how == "libelle" else "synonyme")
        fields = self._words.get(_words(text), ())
        return Claim(fields, "synonyme") if fields else None

    def _with_unit(self, text: str) -> Claim | None:
        unit = _UNIT.search(text)
        claim = self._by_words(text[: unit.start()]) if unit else None
        if unit is None or claim is None:
            return None
        expected = "pourcentage" if unit["unit"] == "%" else "montant"
        fields = tuple(f for f in claim.fields if f.type == expected)
        return replace(claim, fields=fields, thousands=unit["unit"] in _THOUSANDS) if fields else None


def title_key(text: str, occurrence: int) -> str:
    """The folded title under which a person's correction is kept: the second of two equal titles is another one."""
    return text if occurrence == 1 else f"{text}#{occurrence}"


def _names_twice(field: Field, tables: Sequence[Table]) -> bool:
    # A flat sheet names the dossier once.
    return field.champ == "numero_dossier" and "dossier" in tables


def _index(pairs: Iterable[tuple[str, Field]]) -> Mapping[str, tuple[Field, ...]]:
    found: dict[str, tuple[Field, ...]] = {}
    for key, field in pairs:
        if field not in found.get(key, ()):
            found[key] = (*found.get(key, ()), field)
    return found


@lru_cache(maxsize=4096)  # The same first rows are tried against the titles of each kind of file.
def _words(text: str) -> str:
    """``Contact courriel`` and ``Courriel du contact`` are one: the words that count, in alphabetical order."""
    return " ".join(sorted(word for word in re.split(r"[\s']+", folded(text)) if word not in _SMALL_WORDS))

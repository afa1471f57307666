"""Settings that cannot all hold: the smallest set of them in conflict, in words."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from clact_model import formats
from clact_model.allocation.constraints import EACH, Constraint
from clact_model.allocation.lines import Key
from clact_model.allocation.settings import Settings, SettingsError, label

Keep = Callable[[Settings], Settings]
"""Settings without anything that could conflict → the same with one of the settings put back."""
MOST_TRIED = 400
"""Combinations tried below the first conflict found."""


class ConflictError(SettingsError):
    """The settings cannot all hold: the sentence names the smallest set in conflict."""


class _Element(NamedTuple):
    """One setting that may be in conflict."""

    words: str
    keep: Keep
    constraint: Constraint | None = None


def error(
    settings: Settings,
    codes: Callable[[str], Sequence[str]],
    holds: Callable[[Settings], bool],
    reached: Callable[[Constraint], Decimal],
) -> ConflictError:
    """The error for settings that do not hold. ``codes``: what the lines bear under a champ; ``holds``: whether settings
    can be followed; ``reached``: EUR that a group gets when all that may be funded of it is."""
    parts = _smallest(settings, codes, holds)
    envelope = f"une enveloppe de {formats.euros(settings.enveloppe)}"
    if not parts:
        return ConflictError(f"Ces réglages ne tiennent pas avec {envelope} : changez-en un.")
    listed = " ; ".join(f"({i}) {words}" for i, words in enumerate((part.words for part in parts), start=1))
    verb = "ne tient pas" if len(parts) == 1 else "ne tiennent pas ensemble"
    remedy = "Changez ce réglage" if len(parts) == 1 else "Changez l'un de ces réglages"
    return ConflictError(
        f"Avec {envelope}, {verb} : {listed}.{_out_of_reach(parts, settings, reached)} {remedy}, ou l'enveloppe."
    )


def _out_of_reach(parts: Sequence[_Element], settings: Settings, reached: Callable[[Constraint], Decimal]) -> str:
    """Of one floor alone, what its group can have at most, when that is less."""
    floor = parts[0].constraint if len(parts) == 1 else None
    if floor is None or floor.sens != "min" or (most := reached(floor)) >= floor.bound(settings.enveloppe):
        return ""
    return f" Tout ce qui peut y être financé fait {formats.euros(most)}."


def _smallest(
    settings: Settings, codes: Callable[[str], Sequence[str]], holds: Callable[[Settings], bool]
) -> list[_Element]:
    """The smallest set of settings that do not hold together within the envelope."""
    elements = _elements(settings, codes)
    bare = _bare(settings)

    def hold(places: Sequence[int]) -> bool:
        kept = bare
        for place in places:
            kept = elements[place].keep(kept)
        return holds(kept)

    found = _irreducible(list(range(len(elements))), hold)
    for size in range(1, len(found)):
        tried = list(combinations(range(len(elements)), size))
        if len(tried) > MOST_TRIED:
            break
        smaller = next((places for places in tried if not hold(places)), None)
        if smaller is not None:
            found = list(smaller)
            break
    return [elements[place] for place in found]


def _irreducible(places: list[int], hold: Callable[[Sequence[int]], bool]) -> list[int]:
    """What remains when everything that can go without mending the conflict has gone."""
    for place in list(places):
        without = [p for p in places if p != place]
        if not hold(without):
            places = without
    return places


def _bare(settings: Settings) -> Settings:
    return replace(
        settings,
        reserve=settings.reserve * 0,
        forced_in=frozenset(),
        contraintes=(),
        ordre_des_rangs=False,
        dossier_entier=False,
        plancher=settings.plancher * 0,
    )


def _elements(settings: Settings, codes: Callable[[str], Sequence[str]]) -> list[_Element]:
    found = [_Element(one.words(), _with_constraint(one), one) for one in _expanded(settings.contraintes, codes)]
    found += [
        _Element(f"{label(key)} retenu d'office", _with_forced(key)) for key in sorted(settings.forced_in, key=label)
    ]
    if settings.reserve:
        words = f"la réserve de {formats.euros(settings.reserve)}"
        found.append(_Element(words, lambda s: replace(s, reserve=settings.reserve)))
    if settings.plancher:
        words = f"aucun montant sous {formats.euros(settings.plancher)}"
        found.append(_Element(words, lambda s: replace(s, plancher=settings.plancher)))
    if settings.ordre_des_rangs:
        found.append(_Element("l'ordre des rangs des établissements", lambda s: replace(s, ordre_des_rangs=True)))
    if settings.dossier_entier:
        found.append(_Element("le dossier entier ou rien", lambda s: replace(s, dossier_entier=True)))
    return found


def _with_constraint(constraint: Constraint) -> Keep:
    return lambda s: replace(s, contraintes=(*s.contraintes, constraint))


def _with_forced(key: Key) -> Keep:
    return lambda s: replace(s, forced_in=s.forced_in | {key})


def _expanded(constraints: Sequence[Constraint], codes: Callable[[str], Sequence[str]]) -> list[Constraint]:
    """Each code on its own: the one in conflict is what a person must know."""
    found = []
    for constraint in constraints:
        each = constraint.valeur == EACH
        found += [replace(constraint, valeur=code) for code in codes(constraint.champ)] if each else [constraint]
    return found

"""What a scenario grants by département, sector, statute, axis and HAS stake: totals that add up to what it grants."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from clact_model.allocation import Outcome
from clact_model.allocation.money import amount, cents, split
from clact_model.comparison.sides import Side
from clact_model.scenario import Facts, Part

UNKNOWN, SEVERAL = "inconnu", "plusieurs"
"""Codes of what has no value, and of a dossier with several whose shares are not known."""
OF_LINES = ("axe", "enjeu_has")
"""What belongs to the lines of a dossier, which may have several."""
CHAMPS = ("departement", "secteur", "statut", *OF_LINES)


def totals(side: Side, champ: str) -> dict[str, Decimal]:
    """Code → EUR granted.

    A dossier whose lines have several axes or stakes counts under each by the aid of its lines, to the cent; under
    SEVERAL when one of these aids is not known.
    """
    found: dict[str, int] = {}
    for outcome in side.result.funded:
        for code, share in _shares(outcome, champ, side.facts.get(outcome.line.numero)).items():
            found[code] = found.get(code, 0) + share
    return {code: amount(found[code]) for code in sorted(found, key=_unknown_last)}


def by_group(sides: Sequence[Side], champ: str) -> dict[str, tuple[Decimal, ...]]:
    """Code → EUR granted in each scenario, 0 where there is nothing."""
    found = [totals(side, champ) for side in sides]
    codes = sorted({code for total in found for code in total}, key=_unknown_last)
    return {code: tuple(total.get(code, Decimal("0.00")) for total in found) for code in codes}


def _unknown_last(code: str) -> tuple[bool, bool, str]:
    return code == UNKNOWN, code == SEVERAL, code


def _shares(outcome: Outcome, champ: str, facts: Facts | None) -> dict[str, int]:
    """Code → cents of one grant."""
    granted, line = outcome.grant.granted, outcome.line
    parts = facts.parts if facts and champ in OF_LINES else ()
    own = [part for part in parts if line.ligne in (None, part.ligne)]
    by_code = _aids(own, champ)
    if len(by_code) > 1:
        # A dict of codes to what is not known, or to nothing at all, tells no shares.
        aids = [aid for aid in by_code.values() if aid is not None]
        if len(aids) < len(by_code) or not sum(aids):
            return {SEVERAL: granted}
        return dict(zip(by_code, split(granted, aids), strict=True))
    return {next(iter(by_code), None) or line.groups.get(champ) or UNKNOWN: granted}


def _aids(parts: Sequence[Part], champ: str) -> Mapping[str, int | None]:
    """Code → the aid of these lines in cents; None when one of them is not known."""
    found: dict[str, int | None] = {}
    for part in parts:
        code = getattr(part, champ) or UNKNOWN
        so_far = found.get(code, 0)
        found[code] = None if so_far is None or part.aide is None else so_far + cents(part.aide)
    return found

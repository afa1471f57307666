"""A line of the ledger named beside another: the expense that is admitted, the line that is taken back."""

from collections.abc import Mapping, Sequence

from clact_model import formats
from clact_model.ledger.lines import Movement


def named(line: Movement) -> str:
    """« n° 12 · Dépense présentée · 1 200,00 € · 12/03/2026 »; no amount for an event."""
    amount = [] if line.montant is None else [formats.euros(line.montant)]
    return " · ".join([f"n°\u00a0{line.id}", line.words, *amount, formats.day(line.jour)])


def concerned(lines: Sequence[Movement]) -> Mapping[int, str]:
    """By its id, each line that takes another back or answers it: that other, named; by its number alone when it is not among them."""
    known = {line.id: line for line in lines}
    others = {line.id: line.contrepasse or line.sur for line in lines}
    return {
        this: named(known[other]) if other in known else f"n°\u00a0{other}"
        for this, other in others.items()
        if other is not None
    }

"""A title that is the words of several fields: which of them its column holds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from clact_model.fields import Field
from clact_model.intake.mapping.titles import Claim
from clact_model.intake.values import Cell, RefusalError, is_blank
from clact_model.intake.values.code import closed
from clact_model.reading import Sheet

VALUES_TRIED = 200
"""Distinct values of a column that are tried: the lists of values are short."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """One column with what its title claims."""

    index: int
    titre: str
    key: str
    claim: Claim


def settled(sheet: Sheet, header_row: int, claimed: Sequence[Claimed]) -> list[Claimed]:
    """The same columns, each claiming only what it holds.

    Closed lists are decided by the values: a column feeds each list that understands one of them. Other fields: the
    first, in the order of the dictionary, that no other column claims alone.
    """
    alone = {one.claim.fields[0].champ for one in claimed if len(one.claim.fields) == 1 and not one.claim.fallback}
    return [
        replace(one, claim=replace(one.claim, fields=_chosen(sheet, header_row, one, alone)))
        if len(one.claim.fields) > 1 and one.claim.how != "correspondance"
        else one
        for one in claimed
    ]


def _chosen(sheet: Sheet, header_row: int, one: Claimed, alone: set[str]) -> tuple[Field, ...]:
    fields = one.claim.fields
    if all(f.type == "code" for f in fields):
        values = _distinct(sheet, header_row, one.index)
        return tuple(f for f in fields if any(_understands(f, value) for value in values)) or fields[:1]
    free = tuple(f for f in fields if f.champ not in alone)
    return (free or fields)[:1]


def _distinct(sheet: Sheet, header_row: int, index: int) -> list[Cell]:
    values = (cell for cell in sheet.below(index, header_row) if not is_blank(cell))
    return list(dict.fromkeys(values))[:VALUES_TRIED]


def _understands(f: Field, value: Cell) -> bool:
    try:
        closed(f.valeurs)(value)
    except RefusalError:
        return False
    return True

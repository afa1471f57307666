"""Cells that one sheet leaves in doubt and that the others of the row settle: said, and only where nobody can mend the file."""

from decimal import Decimal

from clact_model import formats
from clact_model.intake.mapping import Column
from clact_model.intake.rows import Rows
from clact_model.intake.values import Cell
from clact_model.intake.values.numeral import AmbiguousError

LIKELY_SHARE = Decimal("0.05")
"""An amount asked is at least that share of its cost: a thousandth of it is not what anybody asks for."""


def settle(rows: Rows) -> None:
    """Amounts that can be read in two ways, by the cost of their line; the legal entity's number in the site's place."""
    _settle_amounts(rows)
    _set_aside_entities(rows)


def _settle_amounts(rows: Rows) -> None:
    for (champ, position), doubt in rows.ambiguous.items():
        column = _column(rows, champ)
        if column is None:
            continue
        cost = _cost(rows, position) if champ == "montant_demande" else None
        found = _likely(doubt, cost) if cost is not None else None
        if found is None:
            if column.field.obligatoire:
                rows.refuse(position, f"« {column.titre} » : {doubt}", column, _cell(rows, position, column))
            continue
        rows.values[champ][position] = found
        rows.say(
            "avertissement",
            f"« {column.titre} » se lit de deux façons ; lu {formats.euros(found)}, l'autre lecture n'allant pas avec le coût "
            f"total ({formats.euros(cost)}) : vérifiez-le.",
            position,
            column,
            _cell(rows, position, column),
        )


def _cost(rows: Rows, position: int) -> Decimal | None:
    cost = rows.values.get("cout_total", [None] * len(rows.lines))[position]
    return cost if isinstance(cost, Decimal) else None


def _likely(doubt: AmbiguousError, cost: Decimal) -> Decimal | None:
    """The one reading that is no more than the cost and no tiny part of it; None when both are, or none."""
    possible = [
        reading.quantize(Decimal("0.01")) for reading in doubt.readings if cost * LIKELY_SHARE <= reading <= cost
    ]
    return possible[0] if len(possible) == 1 else None


def _set_aside_entities(rows: Rows) -> None:
    """An establishment's number that is also given as that of its legal entity: it is the entity's."""
    column = _column(rows, "finess")
    entities = rows.values.get("finess_juridique")
    if column is None or entities is None:
        return
    sites = rows.values["finess"]
    for position, (site, entity) in enumerate(zip(sites, entities, strict=True)):
        if site is not None and site == entity:
            sites[position] = None
            rows.say(
                "avertissement",
                f"« {column.titre} » : {site} est le numéro de l'entité juridique, celui de l'établissement reste inconnu. "
                "Le référentiel FINESS, s'il est chargé, peut le donner.",
                position,
                column,
                _cell(rows, position, column),
            )


def _column(rows: Rows, champ: str) -> Column | None:
    return next((column for column in rows.recognised.columns if column.field.champ == champ), None)


def _cell(rows: Rows, position: int, column: Column) -> Cell:
    return rows.recognised.sheet.cell(rows.lines[position], column.index)

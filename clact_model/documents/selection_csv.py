"""The lists of a simulation as one csv that a French spreadsheet opens as it is: « ; », decimal comma, UTF-8 mark."""

import csv
import io
from decimal import Decimal

from clact_model.documents.cells import guarded
from clact_model.documents.target import Target, deliver
from clact_model.selection import Selection

LIST = "Liste"
"""Header of the column that names the list, added before those of the selection."""


def selection_csv(selection: Selection, target: Target) -> None:
    """The three lists one after the other, one row per line; no total row: a csv is data. Amounts in EUR.

    A spreadsheet drops the leading zeros of a FINESS it opens from a csv: the xlsx keeps them.
    """
    text = io.StringIO(newline="")
    table = csv.writer(text, delimiter=";", lineterminator="\r\n")
    columns = selection.columns
    table.writerow([LIST, *(column.libelle for column in columns)])
    for part in selection.parts:
        for row in part.rows:
            table.writerow([part.titre, *(_cell(getattr(row, column.champ)) for column in columns)])
    deliver(text.getvalue().encode("utf-8-sig"), target)


def _cell(value: str | int | Decimal | None) -> str:
    if isinstance(value, str):
        return guarded(value)
    return "" if value is None else f"{value}".replace(".", ",")

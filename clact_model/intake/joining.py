"""What the sheet of applicants says of a dossier, where its own sheet does not."""

from collections.abc import Sequence

from clact_model.intake.rows import Rows
from clact_model.intake.values import is_blank


def complete(sheets: Sequence[Rows]) -> list[Rows]:
    """The sheets of dossiers and actions, completed by those that only complement them."""
    main = [rows for rows in sheets if rows.recognised.role == "donnees"]
    for complement in (rows for rows in sheets if rows.recognised.role == "complement"):
        for rows in main:
            if "dossier" in rows.recognised.tables and same_file(rows, complement.recognised.sheet.fichier):
                _complete(rows, complement)
    return main


def same_file(rows: Rows, fichier: str) -> bool:
    """True when the rows come from that file: two exports imported at once are two sets of numbers."""
    return rows.recognised.sheet.fichier == fichier


def _complete(rows: Rows, complement: Rows) -> None:
    places = {numero: position for position, numero in enumerate(complement.numeros) if numero}
    for field in complement.given("dossier"):
        known = complement.values[field.champ]
        given = [known[places[numero]] if numero in places else None for numero in rows.numeros]
        _tell_recovered(rows, field.champ, given)
        rows.add(field, given)


def _tell_recovered(rows: Rows, champ: str, given: Sequence[object]) -> None:
    """A cell that could not be read, and that the other sheet gives back."""
    column = next((c for c in rows.recognised.columns if c.field.champ == champ), None)
    if column is None:
        return
    for position, (own, other) in enumerate(zip(rows.values[champ], given, strict=True)):
        cell = rows.recognised.sheet.cell(rows.lines[position], column.index)
        if own is None and other is not None and not is_blank(cell):
            rows.say(
                "information",
                f"« {column.titre} » : repris de la feuille des établissements, {other}.",
                position,
                column,
                cell,
            )

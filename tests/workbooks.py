"""The tool's own empty workbook, filled as a person would: by the labels of its first row."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from clact_model.intake import write_template
from clact_model.programme import Programme

Facts = Mapping[str, Any]
Dossier = tuple[Facts, Sequence[Facts]]
"""Facts of a dossier by ``champ``, and those of its lines."""


def fill(programme: Programme, path: Path, dossiers: Sequence[Dossier]) -> Path:
    """Write the workbook of a programme with these dossiers; the example rows stay where they are."""
    write_template(programme, path)
    workbook = openpyxl.load_workbook(path)
    labels = {(f.table, f.libelle): f.champ for f in programme.dictionary}
    heads = {
        table: [labels[table, cell.value] for cell in workbook[sheet][1]]
        for table, sheet in (("dossier", "Dossiers"), ("action", "Actions"))
    }
    for dossier, actions in dossiers:
        workbook["Dossiers"].append([dossier.get(champ) for champ in heads["dossier"]])
        for action in actions:
            row = {**action, "numero_dossier": dossier["numero"]}
            workbook["Actions"].append([row.get(champ) for champ in heads["action"]])
    workbook.save(path)
    return path

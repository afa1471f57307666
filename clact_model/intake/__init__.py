"""A spreadsheet → rows and anomalies → the tables; the empty workbook."""

from clact_model.intake.decided import numbers as decided_numbers
from clact_model.intake.importing import preview, write
from clact_model.intake.mapping import (
    ColumnSeen,
    Correspondence,
    SheetSeen,
    ValueSeen,
    sheets_seen,
    values_to_settle,
)
from clact_model.intake.mapping.correspondence import load as load_correspondence
from clact_model.intake.mapping.correspondence import remove as remove_correspondence
from clact_model.intake.mapping.correspondence import save as save_correspondence
from clact_model.intake.mapping.correspondence import saved as saved_correspondences
from clact_model.intake.report import GRAVITES, Anomaly, Counts, FileSeen, Gravite, Report, Resultat
from clact_model.intake.sources import KINDS, Kind
from clact_model.intake.template import write_template
from clact_model.intake.undoing import (
    Undoing,
    UndoRefusedError,
    last_import,
    mark_undone,
    preview_undo,
    undo,
    written_import,
)
from clact_model.reading.uploads import UploadedFile

__all__ = [
    "GRAVITES",
    "KINDS",
    "Anomaly",
    "ColumnSeen",
    "Correspondence",
    "Counts",
    "FileSeen",
    "Gravite",
    "Kind",
    "Report",
    "Resultat",
    "SheetSeen",
    "UndoRefusedError",
    "Undoing",
    "UploadedFile",
    "ValueSeen",
    "decided_numbers",
    "last_import",
    "load_correspondence",
    "mark_undone",
    "preview",
    "preview_undo",
    "remove_correspondence",
    "save_correspondence",
    "saved_correspondences",
    "sheets_seen",
    "undo",
    "values_to_settle",
    "write",
    "write_template",
    "written_import",
]

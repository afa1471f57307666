"""A spreadsheet → rows and anomalies → the tables; the empty workbook."""

from clact_model.intake.importing import preview, write
from clact_model.intake.report import Anomaly, Counts, FileSeen, Gravite, Report, Resultat
from clact_model.intake.template import write_template
from clact_model.intake.uploads import UploadedFile

__all__ = [
    "Anomaly",
    "Counts",
    "FileSeen",
    "Gravite",
    "Report",
    "Resultat",
    "UploadedFile",
    "preview",
    "write",
    "write_template",
]

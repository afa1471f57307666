"""A file handed over, marked: each faulty cell in colour with a comment, and a first sheet that lists every remark."""

import re
import unicodedata
from collections.abc import Sequence

from clact_model import marking
from clact_model.intake import GRAVITES, Anomaly
from clact_model.marking import Note
from clact_model.overview import KeptAnomaly
from clact_model.reading import Content, FileRefusedError, Sheet, UploadedFile, read
from clact_model.reading.contents import without_own_notes
from clact_model.reading.limits import COLUMNS, HEADER_WITHIN, column_number
from clact_model.wording import folded

Said = Anomaly | KeptAnomaly
_LETTERS = re.compile(r"[A-Z]{1,3}")


def about(file: UploadedFile, anomalies: Sequence[Said]) -> list[Said]:
    """What is said of one file, the most serious first."""
    order = list(GRAVITES)
    own = [anomaly for anomaly in anomalies if anomaly.fichier == file.shown_name]
    return sorted(own, key=lambda anomaly: order.index(anomaly.gravite))


def marked_copy(file: UploadedFile, anomalies: Sequence[Said]) -> bytes:
    """An xlsx workbook: the person's own with its formats where it is one, else the values as they were read.

    A file that cannot be read gives the list alone.
    """
    said = about(file, anomalies)
    try:
        content = without_own_notes(read(file))
    except FileRefusedError:
        return marking.only_list([_note(anomaly, None) for anomaly in said])
    return marking.marked(file, content, [_note(anomaly, content) for anomaly in said])


def copy_name(shown_name: str) -> str:
    """``candidatures_annote.xlsx``: letters, figures and dashes, whatever the name of the file holds."""
    stem = shown_name.rpartition(".")[0] or shown_name
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    return f"{re.sub(r'[^A-Za-z0-9-]+', '_', plain).strip('_-')[:80] or 'fichier'}_annote.xlsx"


def _note(anomaly: Said, content: Content | None) -> Note:
    row, column = _cell(anomaly, content) if content else (None, None)
    return Note(
        anomaly.gravite,
        GRAVITES[anomaly.gravite],
        anomaly.message,
        anomaly.feuille,
        anomaly.ligne,
        anomaly.colonne,
        anomaly.numero,
        anomaly.valeur,
        row,
        column,
    )


def _cell(anomaly: Said, content: Content) -> tuple[int | None, int | None]:
    """The row and column to mark: the first cell of the row for want of a column; None for what has no place."""
    sheet = next((sheet for sheet in content.sheets if sheet.nom == anomaly.feuille), None)
    if sheet is None or anomaly.ligne is None or not 1 <= anomaly.ligne <= len(sheet.rows):
        return None, None
    return anomaly.ligne, _column(sheet, anomaly.colonne) or 1


def _column(sheet: Sheet, colonne: str | None) -> int | None:
    if colonne is None:
        return None
    if sheet.nom is not None:
        number = column_number(colonne) if _LETTERS.fullmatch(colonne) else 0
        return number if 1 <= number <= COLUMNS else None
    for row in sheet.rows[:HEADER_WITHIN]:
        titles = [folded(str(cell)) for cell in row]
        if folded(colonne) in titles:
            return titles.index(folded(colonne)) + 1
    return None

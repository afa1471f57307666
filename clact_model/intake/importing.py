"""Files → the base: a preview that writes nothing, then the same thing written in one transaction."""

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

import duckdb

from clact_model import formats
from clact_model.intake import rows
from clact_model.intake.comparison import Comparison, compare, stored_numbers
from clact_model.intake.gathering import Candidature, gather
from clact_model.intake.report import SOURCE, Anomaly, Counts, FileSeen, Report, outcome
from clact_model.intake.roles import recognise_files
from clact_model.intake.uploads import UploadedFile
from clact_model.intake.writing import ask_to_confirm, record, write_dossiers
from clact_model.programme import Programme
from clact_model.store import Base, Writing

NAMED = 5
"""Dossiers named in a sentence before « et n autres »."""


class _StalePreviewError(Exception):
    """The base has changed since the preview: carries what the files change in it now. Rolls the write back."""

    def __init__(self, comparison: Comparison) -> None:
        super().__init__()
        self.comparison = comparison


def preview(base: Base, programme: Programme, files: Sequence[UploadedFile], *, partial: bool = False) -> Report:
    """What importing the files would do. Writes nothing.

    ``partial``: the files do not claim to hold every dossier, so that none is counted as gone. What is wrong with a
    file is an anomaly of the report, never an exception.
    """
    seen = tuple(FileSeen(file.shown_name, file.sha256) for file in files)
    source = f"{SOURCE} (partiel)" if partial else SOURCE
    recognised, said = recognise_files(files, programme.dictionary)
    if any(anomaly.gravite == "erreur" for anomaly in said):
        return Report("fichier_rejete", seen, anomalies=tuple(said), source=source)
    zone = ZoneInfo(programme.fuseau)
    sheets = [rows.read(sheet, programme.dictionary, zone) for sheet in recognised]
    cursor = base.cursor()
    try:
        candidature = gather(sheets, stored_numbers(cursor, programme.id))
        said += [*_known_files(cursor, programme, seen), *candidature.anomalies]
        candidature = replace(candidature, anomalies=tuple(said))
        comparison = compare(cursor, programme, candidature, partial)
    finally:
        cursor.close()
    candidature = replace(candidature, anomalies=(*candidature.anomalies, *_empty(seen, candidature, comparison)))
    return _compared(Report("accepte", seen, source=source, candidature=candidature), candidature, comparison)


def write(
    base: Base, programme: Programme, report: Report, *, operation: str | None = None, accept: bool = False
) -> Report:
    """Write what a preview showed, in one transaction, and give the report of what was written.

    A refused file, or a question that ``accept`` does not answer, comes back as it is and nothing is written. So does
    a preview that the base has outrun: compared afresh, with a question. ``operation``: an id made by the caller; the
    same id twice writes once.
    """
    candidature = report.candidature
    if candidature is None or (report.resultat == "question" and not accept):
        return report
    try:
        with base.write("importer", programme.id, operation) as writing:
            if writing.already_done:
                return _as_written(writing.cursor, writing.operation, report)
            comparison = compare(writing.cursor, programme, candidature, report.source != SOURCE)
            written = _compared(report, candidature, comparison, accept)
            if not accept and (written.counts, written.changes) != (report.counts, report.changes):
                raise _StalePreviewError(comparison)
            _write_all(writing, programme, comparison, written)
            return written
    except _StalePreviewError as stale:
        return _asked_again(_compared(report, candidature, stale.comparison))


def _write_all(writing: Writing, programme: Programme, comparison: Comparison, report: Report) -> None:
    write_dossiers(writing, programme, comparison)
    ask_to_confirm(writing, programme, comparison.changes)
    record(writing, programme, report)
    writing.log(_summary(report))
    writing.log_changes(comparison.changes)
    writing.seal()


def _compared(report: Report, candidature: Candidature, comparison: Comparison, accept: bool = False) -> Report:
    """The report with what the comparison says."""
    anomalies = (*candidature.anomalies, *_gone(report, comparison))
    return replace(
        report,
        resultat=outcome(anomalies, accept),
        anomalies=anomalies,
        counts=comparison.counts(candidature.refused),
        changes=comparison.changes,
    )


def _gone(report: Report, comparison: Comparison) -> list[Anomaly]:
    if not comparison.gone:
        return []
    names = ", ".join(comparison.gone[:NAMED])
    others = f" et {len(comparison.gone) - NAMED} autres" if len(comparison.gone) > NAMED else ""
    return [
        Anomaly(
            report.fichiers[0].nom,
            "question",
            f"Des dossiers déjà importés sont absents de ce fichier ({names}{others}). Rien n'est effacé : continuez pour "
            "les garder dans la base, ou vérifiez que le fichier est complet.",
        )
    ]


def _empty(seen: Sequence[FileSeen], candidature: Candidature, comparison: Comparison) -> list[Anomaly]:
    """One notice for files that hold no dossier at all."""
    counts = comparison.counts(candidature.refused)
    if counts.nouveaux or counts.modifies or counts.inchanges or counts.rejetes:
        return []
    sentence = "Aucun dossier dans ce fichier : remplissez une ligne par dossier, puis importez-le de nouveau."
    return [Anomaly(seen[0].nom, "information", sentence)]


def _asked_again(report: Report) -> Report:
    question = Anomaly(
        report.fichiers[0].nom,
        "question",
        "La base a changé depuis cet aperçu : vérifiez les changements affichés, puis confirmez.",
    )
    return replace(report, resultat="question", anomalies=(*report.anomalies, question))


def _known_files(cursor: duckdb.DuckDBPyConnection, programme: Programme, files: Sequence[FileSeen]) -> list[Anomaly]:
    """One warning for each file that was imported before, byte for byte."""
    imports = cursor.execute(
        "SELECT max(quand), e FROM (SELECT quand, unnest(string_split(empreintes, chr(10))) AS e "
        "FROM importation WHERE programme = ?) GROUP BY e",
        [programme.id],
    ).fetchall()
    zone, known = ZoneInfo(programme.fuseau), {print_: quand for quand, print_ in imports}
    return [
        Anomaly(
            file.nom,
            "avertissement",
            f"Ce fichier a déjà été importé le {formats.moment(known[file.sha256].astimezone(zone))} : "
            "vérifiez que ce n'est pas une ancienne version.",
        )
        for file in files
        if file.sha256 in known
    ]


def _as_written(cursor: duckdb.DuckDBPyConnection, operation: str, report: Report) -> Report:
    """The report with the outcome that the operation had when it was written."""
    row = cursor.execute(
        "SELECT resultat, nouveaux, modifies, inchanges, disparus, rejetes FROM importation WHERE id = ?", [operation]
    ).fetchone()
    return report if row is None else replace(report, resultat=row[0], counts=Counts(*row[1:]))


def _summary(report: Report) -> str:
    names = ", ".join(file.nom for file in report.fichiers)
    counts = report.counts
    return (
        f"{names} : {formats.plural(counts.nouveaux, 'nouveau', 'nouveaux')}, "
        f"{formats.plural(counts.modifies, 'modifié')}, {formats.plural(counts.inchanges, 'inchangé')}, "
        f"{formats.plural(counts.disparus, 'absent')}, {formats.plural(counts.rejetes, 'refusé')}"
    )

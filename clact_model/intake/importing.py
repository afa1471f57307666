"""Files → the base: a preview that writes nothing, then the same thing written in one transaction."""

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

import duckdb

from clact_model import formats
from clact_model.intake import completed, completeness, consistency, decided, forms, hints, rows, totals
from clact_model.intake.cofinancing import share
from clact_model.intake.comparison import Comparison, compare, stored_numbers
from clact_model.intake.gathering import Candidature, gather
from clact_model.intake.joining import complete
from clact_model.intake.known import known_files, older
from clact_model.intake.mapping import Correspondence
from clact_model.intake.mapping import correspondence as correspondences
from clact_model.intake.progress import Progress, silent
from clact_model.intake.report import Anomaly, Counts, FileSeen, Report, outcome
from clact_model.intake.sources import Chosen, Recognition, recognise_files
from clact_model.intake.writing import ask_to_confirm, record, write_dossiers
from clact_model.programme import Programme
from clact_model.reading.uploads import UploadedFile
from clact_model.store import Base, Writing


class _StalePreviewError(Exception):
    """The base has changed since the preview. Rolls the write back."""


def preview(
    base: Base,
    programme: Programme,
    files: Sequence[UploadedFile],
    *,
    partial: bool = False,
    correspondence: Correspondence | None = None,
    kinds: Chosen | None = None,
    progress: Progress = silent,
) -> Report:
    """What importing the files would do. Writes nothing.

    ``partial``: the files do not claim to hold every dossier, so that none is counted as gone. ``correspondence``: what
    a person says of the titles and values; else a saved one that fits. ``kinds``: what a person says that a file is.
    What is wrong with a file is an anomaly of the report, never an exception. Files of expenses are recognised and come
    back without any row: :mod:`clact_model.statements` takes them in.
    """
    seen = tuple(FileSeen(file.shown_name, file.sha256, file.content) for file in files)
    cursor = base.cursor()
    try:
        saved = correspondences.saved(cursor, programme.id)
        recognition = recognise_files(files, programme.dictionary, correspondence, saved, kinds, progress)
        report = _recognised(seen, recognition, partial)
        if report.resultat == "fichier_rejete" or recognition.holds_expenses:
            return report
        return _against(cursor, programme, report, progress)
    finally:
        cursor.close()


def _against(
    cursor: duckdb.DuckDBPyConnection, programme: Programme, report: Report, progress: Progress = silent
) -> Report:
    """The report with what the recognised files say, and what they would do to the base as it is now."""
    assert report.recognition is not None
    recognition, seen = report.recognition, report.fichiers
    progress("Lecture des valeurs", 0.5)
    candidature = _candidature(cursor, programme, recognition)
    said = [*recognition.anomalies, *known_files(cursor, programme, seen), *older(cursor, programme, report)]
    progress("Comparaison avec la base", 0.8)
    comparison = compare(cursor, programme, candidature, _whole(report), _deleted(report))
    lacking = completed.hint(cursor, seen[0].nom)
    empty = _empty(seen, candidature, comparison, recognition.says_partial)
    candidature = replace(candidature, anomalies=(*said, *candidature.anomalies, *lacking, *empty))
    return _compared(programme, replace(report, candidature=candidature), candidature, comparison)


def _recognised(seen: tuple[FileSeen, ...], recognition: Recognition, partial: bool) -> Report:
    """The report of files that are only recognised yet; a refusal when one of them could not be."""
    anomalies = (*recognition.anomalies, *_elsewhere(recognition))
    refused = any(anomaly.gravite == "erreur" for anomaly in anomalies)
    return Report(
        "fichier_rejete" if refused else "accepte",
        seen,
        anomalies=anomalies,
        source=f"{recognition.source} (partiel)" if partial else recognition.source,
        whole=recognition.whole and not partial,
        extrait_le=recognition.extrait_le,
        correspondance=recognition.correspondence.nom,
        recognition=recognition,
    )


def _elsewhere(recognition: Recognition) -> list[Anomaly]:
    """Files of the follow-up that cannot go in here, or not beside applications."""
    if recognition.holds_payments:
        sentence = (
            "Ce fichier est une extraction de paiements : chaque paiement se confirme dans « Conventions et versements », "
            "onglet « Import des versements » (ou avec le verbe « rapprocher »)."
        )
    elif recognition.holds_expenses and len(set(recognition.taken_for.values())) > 1:
        sentence = (
            "Des états récapitulatifs et des candidatures sont donnés ensemble : importez d'abord les candidatures, "
            "puis les états récapitulatifs."
        )
    else:
        return []
    return [Anomaly(_follow_up_file(recognition), "erreur", sentence)]


def _follow_up_file(recognition: Recognition) -> str:
    """The first sheet that feeds no dossier."""
    return next((s.sheet.fichier for s in recognition.sheets if {"depense", "versement"} & set(s.tables)), "")


def _candidature(cursor: duckdb.DuckDBPyConnection, programme: Programme, recognition: Recognition) -> Candidature:
    """The rows of every sheet, typed, put together and gathered into dossiers."""
    zone, values = ZoneInfo(programme.fuseau), recognition.correspondence.values
    sheets = complete([rows.read(sheet, zone, values) for sheet in recognition.sheets])
    share(sheets, recognition.cofinancings, programme.dictionary)
    for sheet in sheets:
        hints.settle(sheet)
        completeness.check(sheet, programme.dictionary)
        consistency.check(sheet)
    totals.check(sheets, recognition.totals)
    if recognition.made_numbers:
        sheets = forms.settle(sheets, recognition.made_numbers, forms.identities(cursor, programme.id))
    if recognition.without_blocks:
        detailed = stored_numbers(cursor, programme.id, lines_from=2)
        for sheet in sheets:
            if sheet.recognised in recognition.without_blocks:
                sheet.silent_on_lines = frozenset(numero.casefold() for numero in detailed)
    return gather(sheets, stored_numbers(cursor, programme.id))


def _whole(report: Report) -> str | None:
    return report.source if report.whole else None


def _deleted(report: Report) -> frozenset[str]:
    return report.recognition.deleted if report.recognition else frozenset()


def write(
    base: Base, programme: Programme, report: Report, *, operation: str | None = None, accept: bool = False
) -> Report:
    """Write what a preview showed, in one transaction, and give the report of what was written.

    A refused file, or a question that ``accept`` does not answer, comes back as it is and nothing is written. So does
    a preview that the base has outrun, whatever ``accept`` answered of it: read afresh, with a question.
    ``operation``: an id made by the caller; the same id twice writes once.
    """
    candidature = report.candidature
    if candidature is None or (report.resultat == "question" and not accept):
        return report
    try:
        with base.write("importer", programme.id, operation) as writing:
            if writing.already_done:
                return as_written(writing.cursor, writing.operation, report)
            comparison = compare(writing.cursor, programme, candidature, _whole(report), _deleted(report))
            written = _compared(programme, report, candidature, comparison, accept)
            if _differs(written, report) or _lone_lines(candidature, comparison):
                raise _StalePreviewError
            _write_all(writing, programme, comparison, written)
            return written
    except _StalePreviewError:
        # From the rows again: which lines have a dossier, and which numbers a form takes, depend on the base too.
        return asked_again(_against(base.cursor(), programme, report))


def _differs(written: Report, shown: Report) -> bool:
    """Whether the base has outrun what was shown."""
    return (written.counts, written.changes, written.kept_changes) != (shown.counts, shown.changes, shown.kept_changes)


def _lone_lines(candidature: Candidature, comparison: Comparison) -> bool:
    """Whether lines of the files belong to a dossier that was in the base when they were read, and is gone."""
    given = {numero for lot in candidature.dossiers for numero in lot.rows["numero"].to_pylist()}
    return not given.issuperset(comparison.new)


def _write_all(writing: Writing, programme: Programme, comparison: Comparison, report: Report) -> None:
    write_dossiers(writing, programme, comparison)
    ask_to_confirm(writing, programme, comparison.changes)
    record(writing, programme, report, writing.seal())
    writing.log(summary(report))
    writing.log_changes(comparison.changes)


def _compared(
    programme: Programme, report: Report, candidature: Candidature, comparison: Comparison, accept: bool = False
) -> Report:
    """The report with what the comparison says."""
    anomalies = (
        *candidature.anomalies,
        *_gone(report, comparison),
        *_replaced(report, comparison),
        *decided.said(report.fichiers[0].nom, programme.dictionary, comparison.kept, comparison.kept_changes),
    )
    return replace(
        report,
        resultat=outcome(anomalies, accept),
        anomalies=anomalies,
        counts=comparison.counts(candidature.refused),
        changes=comparison.changes,
        kept_changes=comparison.kept_changes,
    )


def _gone(report: Report, comparison: Comparison) -> list[Anomaly]:
    deleted = [numero for numero in comparison.gone if numero in _deleted(report)]
    absent = [numero for numero in comparison.gone if numero not in _deleted(report)]
    said = []
    if absent:
        sentence = (
            f"Des dossiers déjà importés sont absents de ce fichier ({decided.named(absent)}). Rien n'est effacé : continuez pour "
            "les garder dans la base, ou vérifiez que le fichier est complet."
        )
        said.append(Anomaly(report.fichiers[0].nom, "question", sentence))
    if deleted:
        sentence = (
            f"La plateforme a supprimé des dossiers que la base contient ({decided.named(deleted)}). Rien n'est effacé : "
            "mettez-les de côté s'ils ne comptent plus."
        )
        said.append(Anomaly(report.fichiers[0].nom, "avertissement", sentence))
    return said


def _replaced(report: Report, comparison: Comparison) -> list[Anomaly]:
    """A form is known by its establishment alone: another one of it would take the place of the first unseen."""
    made = report.recognition.made_numbers if report.recognition else frozenset()
    numbers = [numero for numero in comparison.modified if numero in made]
    if not numbers:
        return []
    return [
        Anomaly(
            report.fichiers[0].nom,
            "question",
            f"La base a déjà un formulaire de ces établissements, avec d'autres valeurs ({decided.named(numbers)}). Continuer les "
            "remplace par celles-ci : regardez les changements, ou retirez le formulaire qui ne compte plus.",
        )
    ]


def _empty(
    seen: Sequence[FileSeen], candidature: Candidature, comparison: Comparison, says_partial: bool
) -> list[Anomaly]:
    """One notice for files that hold no dossier at all."""
    counts = comparison.counts(candidature.refused)
    if counts.nouveaux or counts.modifies or counts.inchanges or counts.rejetes:
        return []
    sentence = "Aucun dossier dans ce fichier : remplissez une ligne par dossier, puis importez-le de nouveau."
    if says_partial:
        sentence = "Aucun dossier n'a changé sur la plateforme depuis la dernière lecture : il n'y a rien à faire."
    return [Anomaly(seen[0].nom, "information", sentence)]


def asked_again(report: Report) -> Report:
    """The report with a question: the base is no longer what the preview showed."""
    question = Anomaly(
        report.fichiers[0].nom,
        "question",
        "La base a changé depuis cet aperçu : vérifiez les changements affichés, puis confirmez.",
    )
    return replace(report, resultat="question", anomalies=(*report.anomalies, question))


def as_written(cursor: duckdb.DuckDBPyConnection, operation: str, report: Report) -> Report:
    """The report with the outcome that the operation had when it was written."""
    row = cursor.execute(
        "SELECT resultat, nouveaux, modifies, inchanges, disparus, rejetes FROM importation WHERE id = ?", [operation]
    ).fetchone()
    return report if row is None else replace(report, resultat=row[0], counts=Counts(*row[1:]))


def summary(report: Report) -> str:
    """What an import did, for the journal."""
    names = ", ".join(file.nom for file in report.fichiers)
    counts = report.counts
    return (
        f"{names} : {formats.plural(counts.nouveaux, 'nouveau', 'nouveaux')}, "
        f"{formats.plural(counts.modifies, 'modifié')}, {formats.plural(counts.inchanges, 'inchangé')}, "
        f"{formats.plural(counts.disparus, 'absent')}, {formats.plural(counts.rejetes, 'refusé')}"
    )

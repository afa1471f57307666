"""Statements of expenses → the ledger: a preview that writes nothing, then the same thing written in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import duckdb

from clact_model import intake
from clact_model.intake import Anomaly, Correspondence, Counts, Report
from clact_model.intake.importing import as_written, asked_again, summary
from clact_model.intake.known import known_files
from clact_model.intake.progress import Progress, silent
from clact_model.intake.report import outcome
from clact_model.intake.sources import Chosen
from clact_model.intake.writing import record
from clact_model.ledger import Book
from clact_model.programme import Programme
from clact_model.reading.uploads import UploadedFile
from clact_model.statements import doubles, expenses, notices, row_checks, sums
from clact_model.statements.doubles import Accepted
from clact_model.statements.entries import add_lines
from clact_model.statements.known import accounts
from clact_model.store import Base

OPERATION = "importer_consommation"
"""In the journal."""


@dataclass(frozen=True)
class Statement(Report):
    """The outcome of an import of expenses: its counts are of expenses, and of rows refused."""

    accepted: tuple[Accepted, ...] = ()
    """Those that the ledger has or will have, in the order of the files."""
    recu_le: date | None = None
    """The day from which they count."""


class _StalePreviewError(Exception):
    """The base has changed since the preview: carries what the files are to it now. Rolls the write back."""

    def __init__(self, fresh: Statement) -> None:
        super().__init__()
        self.fresh = fresh


def preview(
    base: Base,
    programme: Programme,
    files: Sequence[UploadedFile],
    received: date,
    *,
    partial: bool = False,
    correspondence: Correspondence | None = None,
    kinds: Chosen | None = None,
    progress: Progress = silent,
) -> Report:
    """What importing these files would do, whatever they are: a :class:`Statement` for those of expenses, else what
    :func:`intake.preview` says. Writes nothing. ``received``: the day on which the expenses are received.
    """
    report = intake.preview(
        base,
        programme,
        files,
        partial=partial,
        correspondence=correspondence,
        kinds=kinds,
        progress=progress,
    )
    recognition = report.recognition
    if recognition is None or not recognition.holds_expenses or report.resultat == "fichier_rejete":
        return report
    progress("Comparaison avec le registre", 0.8)
    cursor = base.cursor()
    try:
        return checked(cursor, programme, report, received)
    finally:
        cursor.close()


def write(
    base: Base, programme: Programme, report: Report, *, operation: str | None = None, accept: bool = False
) -> Report:
    """Write what a preview showed, in one transaction, and give the report of what was written.

    As :func:`intake.write`: a refused file, or a question that ``accept`` does not answer, writes nothing; a preview that
    the base has outrun comes back with a question; the same ``operation`` twice writes once.
    """
    if not isinstance(report, Statement):
        return intake.write(base, programme, report, operation=operation, accept=accept)
    if report.resultat == "fichier_rejete" or (report.resultat == "question" and not accept):
        return report
    assert report.recu_le is not None
    try:
        with base.write(OPERATION, programme.id, operation) as writing:
            if writing.already_done:
                return as_written(writing.cursor, writing.operation, report)
            fresh = checked(writing.cursor, programme, report, report.recu_le)
            if (fresh.counts, fresh.accepted) != (report.counts, report.accepted):
                raise _StalePreviewError(fresh)
            fresh = replace(fresh, resultat=outcome(fresh.anomalies, accept))
            book = Book(writing, {one.expense.numero for one in fresh.accepted})
            for one in fresh.accepted:
                add_lines(programme, one, report.recu_le, book.add)
            book.close()
            record(writing, programme, fresh, writing.seal())
            writing.log(summary(fresh))
            return fresh
    except _StalePreviewError as stale:
        return asked_again(stale.fresh)


def checked(cursor: duckdb.DuckDBPyConnection, programme: Programme, report: Report, received: date) -> Statement:
    """The rows of the files against each other and against the ledger."""
    recognition = report.recognition
    assert recognition is not None
    sheets, lines = expenses.read(recognition.sheets, programme.file.zone, recognition.correspondence.values)
    known = accounts(cursor, programme.id, {line.expense.numero for line in lines})
    row_checks.refuse(lines, known)
    pairs = doubles.once(lines, known)
    accepted = sums.check(programme, pairs, known, received)
    row_checks.warn(pairs, known, received)
    notices.tell(pairs, known)
    refused = sum(len(rows.refused) for rows in sheets)
    said = [*recognition.anomalies, *known_files(cursor, programme, report.fichiers)]
    said += [anomaly for rows in sheets for anomaly in rows.anomalies]
    if not accepted and not refused:
        sentence = "Aucune dépense dans ce fichier : remplissez une ligne par facture, puis importez-le de nouveau."
        said.append(Anomaly(report.fichiers[0].nom, "information", sentence))
    return Statement(
        **{name: getattr(report, name) for name in _KEPT},
        resultat=outcome(said),
        anomalies=tuple(said),
        counts=_counts(accepted, refused),
        accepted=tuple(accepted),
        recu_le=received,
    )


_KEPT = ("fichiers", "source", "whole", "extrait_le", "correspondance", "recognition")
"""What the recognition of the files told, and their rows do not change."""


def _counts(accepted: Sequence[Accepted], refused: int) -> Counts:
    by_state = [one.etat for one in accepted]
    return Counts(by_state.count("nouvelle"), by_state.count("completee"), by_state.count("connue"), 0, refused)

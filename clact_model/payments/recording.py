"""An extract of payments: matched without writing anything, then what a person confirmed written in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from clact_model import formats
from clact_model.intake import Anomaly, Counts, FileSeen, Gravite, Report
from clact_model.intake.importing import as_written
from clact_model.intake.known import known_files
from clact_model.intake.mapping import Correspondence
from clact_model.intake.mapping import correspondence as correspondences
from clact_model.intake.report import outcome
from clact_model.intake.sources import Recognition, recognise_files
from clact_model.intake.sources.payments import EXTRACT
from clact_model.intake.writing import record as keep_import
from clact_model.ledger import Book, Poste
from clact_model.payments import rows
from clact_model.payments.accounts import payables
from clact_model.payments.matching import Candidate, Proposal, Statut, match
from clact_model.programme import Programme
from clact_model.reading.uploads import UploadedFile
from clact_model.store import Base
from clact_model.tracking import Pay
from clact_model.tracking.desk import Desk

OPERATION = "importer_versements"
"""In the journal."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The account to which a person says that a payment belongs. ``tranche`` None: the oldest that are due."""

    numero: str
    poste: Poste = "aide"
    tranche: int | None = None

    @classmethod
    def of(cls, candidate: Candidate) -> "Choice":
        return cls(candidate.numero, candidate.poste, candidate.tranche)


@dataclass(frozen=True)
class Extract:
    """What an extract holds, and what each payment may be. Nothing of it is written."""

    fichiers: tuple[FileSeen, ...]
    source: str
    proposals: tuple[Proposal, ...] = ()
    anomalies: tuple[Anomaly, ...] = ()
    refused: int = 0
    """Rows that are no payment."""
    unreadable: bool = False
    recognition: Recognition | None = field(default=None, repr=False)
    """What each file was taken for, and where each of its columns goes."""

    @property
    def questions(self) -> tuple[Anomaly, ...]:
        """What a person must answer of the files before anything is written."""
        return tuple(anomaly for anomaly in self.anomalies if anomaly.gravite == "question")

    def of(self, statut: Statut) -> list[int]:
        """The places of the proposals of one kind."""
        return [place for place, one in enumerate(self.proposals) if one.statut == statut]

    def total(self, places: Iterable[int]) -> Decimal:
        """EUR of some payments."""
        return sum((self.proposals[place].payment.montant for place in places), Decimal(0))

    @property
    def sure(self) -> Mapping[int, Choice]:
        """Place of a proposal → its account, for those that need no person."""
        return {
            place: Choice.of(one.best)
            for place, one in enumerate(self.proposals)
            if one.statut == "sur" and one.best is not None
        }


def preview(
    base: Base,
    programme: Programme,
    files: Sequence[UploadedFile],
    today: date,
    correspondence: Correspondence | None = None,
) -> Extract:
    """Read the files and match each payment. Writes nothing; what is wrong with a file is an anomaly, never an exception.

    ``correspondence``: what a person says of the titles; else a saved one that fits.
    """
    seen = tuple(FileSeen(file.shown_name, file.sha256, file.content) for file in files)
    kinds = {file.sha256: EXTRACT.code for file in files}
    cursor = base.cursor()
    try:
        saved = correspondences.saved(cursor, programme.id)
        recognition = recognise_files(files, programme.dictionary, correspondence, saved, kinds)
        if any(anomaly.gravite == "erreur" for anomaly in recognition.anomalies):
            return Extract(seen, EXTRACT.label, (), recognition.anomalies, unreadable=True, recognition=recognition)
        sheets, payments = rows.read(recognition.sheets, programme.file.zone, recognition.correspondence.values, today)
        said = [*recognition.anomalies, *known_files(cursor, programme, seen)]
        proposals = match(payments, payables(cursor, programme.id))
    finally:
        cursor.close()
    said += [anomaly for one in sheets for anomaly in one.anomalies]
    if not payments and all(anomaly.gravite != "erreur" for anomaly in said):
        said.append(Anomaly(seen[0].nom, "information", "Aucun paiement dans ce fichier : il n'y a rien à inscrire."))
    refused = sum(len(one.refused) for one in sheets)
    return Extract(seen, EXTRACT.label, tuple(proposals), tuple(said), refused, recognition=recognition)


def record(
    base: Base,
    programme: Programme,
    extract: Extract,
    choices: Mapping[int, Choice],
    today: date,
    *,
    accept: bool = False,
    operation: str | None = None,
) -> Report:
    """Write the payments that were confirmed, all of them or none, and give the report of the import.

    ``choices``: place of a proposal → its account. A question on the files that ``accept`` does not answer writes nothing.
    The same ``operation`` twice writes once. Raises LedgerRefusedError when the ledger cannot take one of them.
    """
    if extract.questions and not accept:
        choices = {}
    report = _report(extract, choices)
    if not choices:
        return report
    with base.write(OPERATION, programme.id, operation) as writing:
        if writing.already_done:
            return as_written(writing.cursor, writing.operation, report)
        desk = Desk(programme, today, Book(writing, {choice.numero for choice in choices.values()}), writing.cursor)
        desk.require_known({choice.numero for choice in choices.values()})
        for place in sorted(choices, key=lambda place: (extract.proposals[place].payment.jour, place)):
            _pay(extract.proposals[place], choices[place]).enter(desk)
        desk.book.close()
        keep_import(writing, programme, report, writing.seal())
        written = formats.plural(len(choices), "versement inscrit", "versements inscrits")
        writing.log(f"{', '.join(file.nom for file in extract.fichiers)} : {written}")
    return report


def _pay(proposal: Proposal, choice: Choice) -> Pay:
    payment = proposal.payment
    return Pay(
        choice.numero,
        payment.montant,
        payment.jour,
        payment.reference,
        choice.tranche,
        choice.poste,
        # It was paid: what its tranche still waits for no longer holds it back.
        motif=f"Constaté dans {payment.fichier}, {payment.place}",
    )


def _report(extract: Extract, choices: Mapping[int, Choice]) -> Report:
    """A question as long as payments await a person and none is written."""
    known = sum(1 for one in extract.proposals if one.statut == "deja_inscrit")
    waiting = len(extract.proposals) - known - len(choices)
    anomalies = extract.anomalies
    if waiting:
        sentence = (
            f"{formats.plural(waiting, 'paiement reste', 'paiements restent')} à confirmer : rattachez chacun à un dossier, "
            "ou laissez-le s'il n'est pas de cet appel."
        )
        gravite: Gravite = "avertissement" if choices else "question"
        anomalies = (*anomalies, Anomaly(extract.fichiers[0].nom, gravite, sentence))
    return Report(
        "fichier_rejete" if extract.unreadable else outcome(anomalies, accept=bool(choices)),
        extract.fichiers,
        Counts(len(choices), 0, known, 0, extract.refused),
        anomalies,
        source=extract.source,
        whole=False,
        correspondance=extract.recognition.correspondence.nom if extract.recognition else "",
        recognition=extract.recognition,
    )

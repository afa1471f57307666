"""The files of one import → what each was taken for, and its sheets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from clact_model.fields import Dictionary
from clact_model.intake.mapping import Correspondence, Recognised
from clact_model.intake.progress import Progress, silent
from clact_model.intake.report import Anomaly
from clact_model.intake.sources.consumption import STATEMENT
from clact_model.intake.sources.form import FORM_SENT
from clact_model.intake.sources.kinds import Chosen, Cofinancing, Found, Kind, Reader, Totals
from clact_model.intake.sources.matching import fitting
from clact_model.intake.sources.own import OWN
from clact_model.intake.sources.payments import EXTRACT
from clact_model.intake.sources.platform import PLATFORM_EXPORT
from clact_model.reading import Content, FileRefusedError, UploadedFile, read_all
from clact_model.reading.contents import without_own_notes
from clact_model.reading.limits import column_letter

KINDS: Mapping[str, Kind] = {kind.code: kind for kind in (PLATFORM_EXPORT, FORM_SENT, STATEMENT, EXTRACT, OWN)}
"""Every kind, in the order in which a file is tried."""


@dataclass(frozen=True)
class Recognition:
    """What was found in the files."""

    taken_for: Mapping[str, Kind]
    """SHA-256 of a file → its kind; a file that could not be read has none."""
    found: tuple[Found, ...]
    anomalies: tuple[Anomaly, ...]
    correspondence: Correspondence
    """What was said of titles and values: by the person, or by a saved correspondence that fits."""

    @property
    def extrait_le(self) -> datetime | None:
        """The oldest moment at which a source wrote one of the files."""
        return min((found.extrait_le for found in self.found if found.extrait_le), default=None)

    @property
    def without_blocks(self) -> tuple[Recognised, ...]:
        """The sheets of files that tell the dossiers alone."""
        return tuple(sheet for found in self.found if found.without_blocks for sheet in found.sheets)

    @property
    def sheets(self) -> tuple[Recognised, ...]:
        return tuple(sheet for found in self.found for sheet in found.sheets)

    @property
    def cofinancings(self) -> tuple[Cofinancing, ...]:
        return tuple(one for found in self.found for one in found.cofinancings)

    @property
    def totals(self) -> tuple[Totals, ...]:
        return tuple(found.totals for found in self.found if found.totals)

    @property
    def made_numbers(self) -> frozenset[str]:
        """Numbers of dossiers made from what identifies their establishment."""
        return frozenset(number for found in self.found for number in found.made_numbers)

    @property
    def holds_expenses(self) -> bool:
        """True when the files say what was spent: no dossier is made of them."""
        return STATEMENT in self.taken_for.values()

    @property
    def holds_payments(self) -> bool:
        """True when the files say what was paid: a person confirms whose each payment is."""
        return EXTRACT in self.taken_for.values()

    @property
    def source(self) -> str:
        """What the files were taken for, in words."""
        return " + ".join(dict.fromkeys(kind.label for kind in self.taken_for.values())) or OWN.label

    @property
    def whole(self) -> bool:
        """True when the files claim to hold every dossier: all of one kind that does, and none that says otherwise."""
        kinds = set(self.taken_for.values())
        return len(kinds) == 1 and all(kind.whole for kind in kinds) and not self.says_partial

    @property
    def says_partial(self) -> bool:
        """True when a file says itself that it leaves dossiers out."""
        return not all(found.whole for found in self.found)

    @property
    def deleted(self) -> frozenset[str]:
        """Numbers of the dossiers that the source says it deleted."""
        return frozenset(number for found in self.found for number in found.deleted)


def recognise_files(
    files: Sequence[UploadedFile],
    dictionary: Dictionary,
    said: Correspondence | None = None,
    saved: Sequence[Correspondence] = (),
    chosen: Chosen | None = None,
    progress: Progress = silent,
) -> Recognition:
    """Every sheet that holds data, with its columns; an ``erreur`` among the anomalies refuses the whole import.

    ``said``: what a person says of the titles and values; else the saved correspondence that best fits each file.
    """
    anomalies: list[Anomaly] = []
    contents = _read(_without_copies(files, anomalies), anomalies, progress)
    taken_for = {sha: _kind(sha, content, chosen or {}) for sha, content in contents.items()}
    applied = Correspondence()
    found: list[Found] = []
    for sha, content in contents.items():
        kind = taken_for[sha]
        companions = [other for known, other in contents.items() if taken_for[known] is kind]
        correspondence = said or fitting(content, kind, saved)
        applied = correspondence if correspondence.columns or correspondence.values else applied
        try:
            found.append(kind.read(content, Reader(dictionary, correspondence, companions)))
        except FileRefusedError as refusal:
            anomalies.append(_refusal(content.fichier, refusal))
    anomalies += [anomaly for one in found for anomaly in one.anomalies]
    return Recognition(taken_for, tuple(found), tuple(anomalies), applied)


def _read(files: Sequence[UploadedFile], anomalies: list[Anomaly], progress: Progress) -> dict[str, Content]:
    contents: dict[str, Content] = {}
    progress("Lecture des fichiers", 0.1)
    for file, outcome in zip(files, read_all(files), strict=True):
        if isinstance(outcome, FileRefusedError):
            anomalies.append(_refusal(file.shown_name, outcome))
        else:
            contents[file.sha256] = without_own_notes(outcome)
    progress("Reconnaissance des colonnes", 0.4)
    return contents


def _kind(sha: str, content: Content, chosen: Chosen) -> Kind:
    said = KINDS.get(chosen.get(sha, ""))
    return said or next(kind for kind in KINDS.values() if kind.claims(content))


def _without_copies(files: Sequence[UploadedFile], anomalies: list[Anomaly]) -> list[UploadedFile]:
    once = {file.sha256: file for file in reversed(files)}
    copies = [file for file in files if once[file.sha256] is not file]
    anomalies += [
        Anomaly(f.shown_name, "avertissement", "Ce fichier est donné deux fois : il est lu une fois.") for f in copies
    ]
    return [file for file in files if once[file.sha256] is file]


def _refusal(fichier: str, refusal: FileRefusedError) -> Anomaly:
    column = column_letter(refusal.column) if refusal.column else None
    return Anomaly(fichier, "erreur", str(refusal), refusal.sheet, refusal.row, column)

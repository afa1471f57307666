"""What a file may be taken for, and what is found in it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from clact_model.fields import Dictionary
from clact_model.intake.mapping import Correspondence, Recognised
from clact_model.intake.report import Anomaly
from clact_model.reading import Content, Sheet


@dataclass(frozen=True)
class Cofinancing:
    """The sheet of a repeatable block that says who else pays, dossier by dossier. Columns from 1."""

    sheet: Sheet
    header_row: int
    dossier: int
    financeur: int
    montant: int


@dataclass(frozen=True)
class Totals:
    """The column, from 1, of what a whole dossier asks, in a sheet of dossiers whose lines are elsewhere."""

    sheet: Sheet
    dossiers: Recognised
    montant: int


@dataclass(frozen=True)
class Found:
    """The sheets of one file that are read."""

    sheets: tuple[Recognised, ...]
    anomalies: tuple[Anomaly, ...] = ()
    cofinancings: tuple[Cofinancing, ...] = ()
    totals: Totals | None = None
    extrait_le: datetime | None = None
    """When the source wrote the file, where it says so; in the programme's local time."""
    made_numbers: tuple[str, ...] = ()
    """Numbers that no file writes: made from what identifies the establishment."""
    whole: bool = True
    """False: the file itself says that it leaves dossiers out."""
    deleted: tuple[str, ...] = ()
    """Numbers of the dossiers that the source deleted."""
    without_blocks: bool = False
    """The file tells the dossiers alone: the source keeps the lines in sheets that this layout lacks."""


@dataclass(frozen=True)
class Reader:
    """What a reader of sources needs beside the file."""

    dictionary: Dictionary
    correspondence: Correspondence = field(default_factory=Correspondence)
    companions: Sequence[Content] = ()
    """Every file of the same kind, this one included: a csv file of actions goes with one of dossiers."""


@dataclass(frozen=True)
class Kind:
    """One kind of source."""

    code: str
    label: str
    """As the screen says what the file was taken for."""
    claims: Callable[[Content], bool]
    """True when the content is of this kind."""
    read: Callable[[Content, Reader], Found] = field(repr=False)
    """The sheets of the file. Raises FileRefusedError."""
    whole: bool = True
    """Such a file claims to hold every dossier of the call."""


Chosen = Mapping[str, str]
"""SHA-256 of a file → code of the kind that a person says it is."""

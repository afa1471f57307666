"""What an import did, or would do: the same report before and after writing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from clact_model.store import Change

if TYPE_CHECKING:
    from clact_model.intake.gathering import Candidature
    from clact_model.intake.sources import Recognition

Gravite = Literal["erreur", "avertissement", "question", "information"]
Resultat = Literal["accepte", "accepte_avec_avertissement", "question", "lignes_rejetees", "fichier_rejete"]


GRAVITES: Mapping[str, str] = {
    "erreur": "✖ Refusé",
    "question": "? Question",
    "avertissement": "! Avertissement",
    "information": "i Information",
}
"""What an anomaly does → shape and word, most serious first."""


@dataclass(frozen=True, slots=True)
class Anomaly:
    """One thing said about a file. ``message``: a French sentence with its remedy, complete without the place."""

    fichier: str
    gravite: Gravite
    message: str
    feuille: str | None = None
    ligne: int | None = None
    colonne: str | None = None
    """The letter of the column in a workbook, its title in a csv file."""
    valeur: str | None = None
    numero: str | None = None
    """The dossier that it is about; None where several are, or none is known."""

    @property
    def place(self) -> str:
        """``Feuille « Actions », ligne 14, colonne K``; empty for what concerns the whole file."""
        parts = (
            f"feuille « {self.feuille} »" if self.feuille else "",
            f"ligne {self.ligne}" if self.ligne else "",
            f"colonne {self.colonne}" if self.colonne else "",
        )
        sentence = ", ".join(part for part in parts if part)
        return sentence[:1].upper() + sentence[1:]


@dataclass(frozen=True, slots=True)
class FileSeen:
    """One file of the import, and the fingerprint by which it is known again."""

    nom: str
    sha256: str
    contenu: bytes = field(default=b"", repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Counts:
    """Dossiers: new, modified, unchanged, absent from a file that claims to be whole; and refused, rows without a
    dossier included."""

    nouveaux: int = 0
    modifies: int = 0
    inchanges: int = 0
    disparus: int = 0
    rejetes: int = 0


@dataclass(frozen=True)
class Report:
    """The outcome of an import, ready to be shown; :func:`importing.write` takes it back to write it."""

    resultat: Resultat
    fichiers: tuple[FileSeen, ...]
    counts: Counts = Counts()
    anomalies: tuple[Anomaly, ...] = ()
    changes: tuple[Change, ...] = ()
    """Field by field, old → new in French; a line of a dossier that came or went shows each of its fields."""
    kept_changes: tuple[Change, ...] = ()
    """The same for dossiers already decided, which stay as they are."""
    source: str = ""
    """What the files were taken for, in words."""
    whole: bool = True
    """They claim to hold every dossier of that source."""
    extrait_le: datetime | None = None
    """When the source wrote the files, where it says so."""
    correspondance: str = ""
    """The saved correspondence that applied."""
    recognition: "Recognition | None" = field(default=None, repr=False, compare=False)
    """The titles of each sheet and what became of them; None when no file could be read."""
    candidature: "Candidature | None" = field(default=None, repr=False, compare=False)
    """The rows accepted; None when the file is refused."""

    @property
    def nouveaux(self) -> int:
        return self.counts.nouveaux

    @property
    def modifies(self) -> int:
        return self.counts.modifies

    @property
    def inchanges(self) -> int:
        return self.counts.inchanges

    @property
    def disparus(self) -> int:
        return self.counts.disparus

    @property
    def rejetes(self) -> int:
        return self.counts.rejetes


_OUTCOMES: tuple[tuple[Gravite, Resultat], ...] = (
    ("question", "question"),
    ("erreur", "lignes_rejetees"),
    ("avertissement", "accepte_avec_avertissement"),
)


def outcome(anomalies: Iterable[Anomaly], accept: bool = False) -> Resultat:
    """The worst outcome that the anomalies call for; ``accept``: the questions are answered, they only warn."""
    found = {anomaly.gravite for anomaly in anomalies}
    if accept and "question" in found:
        found = (found - {"question"}) | {"avertissement"}
    return next((resultat for gravite, resultat in _OUTCOMES if gravite in found), "accepte")

"""The imports that were written, and what each said."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import duckdb

from clact_model.programme import Programme

if TYPE_CHECKING:  # the import is loaded by the screen that imports, not by every page
    from clact_model.intake import Report


@dataclass(frozen=True, slots=True)
class Import:
    """One import as it was written. Counts of dossiers."""

    id: str
    quand: datetime
    auteur: str
    fichiers: tuple[str, ...]
    empreintes: tuple[str, ...]
    """SHA-256 of each file, in the order of ``fichiers``."""
    annulee_quand: datetime | None
    annulee_par: str | None
    source: str
    resultat: str
    nouveaux: int
    modifies: int
    inchanges: int
    disparus: int
    rejetes: int
    anomalies: int

    @property
    def undone(self) -> bool:
        """Taken back: nothing of it is in the base any more."""
        return self.annulee_quand is not None


def imports(cursor: duckdb.DuckDBPyConnection, programme: Programme, limit: int = 200) -> list[Import]:
    """The imports of the programme, the last first; times in the programme's zone."""
    rows = cursor.execute(
        """SELECT id, quand, auteur, fichiers, empreintes, annulee_quand, annulee_par, source, resultat,
                  nouveaux, modifies, inchanges, disparus, rejetes,
                  (SELECT count(*) FROM anomalie a WHERE a.importation = i.id)
           FROM importation i WHERE programme = ? ORDER BY quand DESC LIMIT ?""",
        [programme.id, limit],
    ).fetchall()
    zone = programme.file.zone
    return [
        Import(
            identity,
            quand.astimezone(zone),
            auteur,
            tuple(fichiers.split("\n")),
            tuple(prints.split("\n")),
            undone and undone.astimezone(zone),
            *rest,
        )
        for identity, quand, auteur, fichiers, prints, undone, *rest in rows
    ]


def imported_file(cursor: duckdb.DuckDBPyConnection, sha256: str) -> bytes | None:
    """An imported file as it was sent; None for those of imports older than their keeping."""
    row = cursor.execute("SELECT contenu FROM fichier_importe WHERE sha256 = ?", [sha256]).fetchone()
    return None if row is None else bytes(row[0])


def files_kept(cursor: duckdb.DuckDBPyConnection, found: Import) -> list[tuple[str, str]]:
    """Name and SHA-256 of the files of an import that the base keeps."""
    rows = cursor.execute(
        "SELECT sha256 FROM fichier_importe WHERE list_contains($empreintes::VARCHAR[], sha256)",
        {"empreintes": list(found.empreintes)},
    ).fetchall()
    kept = {row[0] for row in rows}
    return [pair for pair in zip(found.fichiers, found.empreintes, strict=True) if pair[1] in kept]


@dataclass(frozen=True, slots=True)
class KeptAnomaly:
    """One thing that an import said, as it was kept."""

    fichier: str | None
    feuille: str | None
    ligne: int | None
    colonne: str | None
    valeur: str | None
    gravite: str
    message: str
    numero: str | None = None
    """The dossier that it is about; None for several, and for imports older than its keeping."""


def import_anomalies(cursor: duckdb.DuckDBPyConnection, importation: str) -> list[KeptAnomaly]:
    """What one import said, in its order."""
    rows = cursor.execute(
        """SELECT fichier, feuille, ligne, colonne, valeur, gravite, message, numero
           FROM anomalie WHERE importation = ? ORDER BY ordre""",
        [importation],
    ).fetchall()
    return [KeptAnomaly(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A dossier that an import would add."""

    numero: str
    raison_sociale: str | None


def incoming(cursor: duckdb.DuckDBPyConnection, programme: Programme, report: "Report") -> list[Incoming]:
    """The dossiers of a preview that the base does not hold yet, in the order of the file."""
    if report.candidature is None:
        return []
    rows = cursor.execute("SELECT numero FROM dossier WHERE programme = ?", [programme.id]).fetchall()
    held = {numero for (numero,) in rows}
    found: dict[str, Incoming] = {}
    for lot in report.candidature.dossiers:
        names = lot.rows.column_names
        wanted = [name for name in ("numero", "raison_sociale") if name in names]
        for row in lot.rows.select(wanted).to_pylist():
            if row["numero"] not in held:
                found[row["numero"]] = Incoming(row["numero"], row.get("raison_sociale"))
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Recognised:
    """A sheet that was read: what it holds, how many rows, and the columns that were recognised, by label."""

    contenu: str
    lignes: int
    champs: tuple[str, ...]


def recognised(programme: Programme, report: "Report") -> list[Recognised]:
    """What a preview understood of the files."""
    if report.candidature is None:
        return []
    kinds = (("Dossiers", report.candidature.dossiers), (programme.line_words.capitalize(), report.candidature.actions))
    return [
        Recognised(name, lot.rows.num_rows, tuple(field.libelle for field in lot.fields))
        for name, lots in kinds
        for lot in lots
    ]

"""A register into the base: its rows go before those that the base holds of the same numbers."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import duckdb
import pyarrow as pa

from clact_model import formats
from clact_model.errors import ClactError
from clact_model.references.extract import NATURES, Extract
from clact_model.store import Base, Writing

Outcome = Literal["charge", "deja_charge"]


class OlderReferenceError(ClactError):
    """The base holds a more recent extraction: loading this one would go back in time."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """One file that was loaded."""

    nom: str
    nature: str
    famille: str
    extrait_le: date | None
    etablissements: int
    entites: int
    auteur: str
    quand: datetime
    """UTC."""

    @property
    def titre(self) -> str:
        return NATURES.get(self.nature, self.nature)  # type: ignore[call-overload, no-any-return]


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the base holds of the registers."""

    etablissements: int
    fermes: int
    entites: int
    en_ght: int
    """Legal entities that a GHT is known of."""


def load(base: Base, extract: Extract, *, accept: bool = False, operation: str | None = None) -> Outcome:
    """Write what a file gives, in one transaction; a file that is loaded already is not written again.

    Raises OlderReferenceError for an extraction older than the one that the base holds, unless ``accept``.
    """
    with base.write("charger_reference", operation=operation) as writing:
        if writing.already_done:
            return "charge"
        if not accept:
            if _is_loaded(writing.cursor, extract):
                return "deja_charge"
            refuse_older(writing.cursor, extract)
        _upsert(writing, "etablissement", extract.etablissements, extract.sha256)
        _upsert(writing, "entite_juridique", extract.entites, extract.sha256)
        _record(writing, extract)
        writing.log(
            f"{extract.fichier} ({NATURES[extract.nature]}, {_day(extract.extrait_le)}) : "
            f"{formats.plural(extract.etablissements.num_rows, 'établissement')}, "
            f"{formats.plural(extract.entites.num_rows, 'entité juridique', 'entités juridiques')}"
        )
    return "charge"


def refuse_older(cursor: duckdb.DuckDBPyConnection, extract: Extract) -> None:
    """Raises OlderReferenceError when a more recent extraction of the same family is loaded."""
    row = cursor.execute(
        "SELECT max(extrait_le) FROM reference WHERE famille = ?",
        [extract.famille],
    ).fetchone()
    newest = row[0] if row else None
    if newest is not None and extract.extrait_le is not None and extract.extrait_le < newest:
        raise OlderReferenceError(
            f"« {extract.fichier} » est du {formats.day(extract.extrait_le)} ; la base contient déjà une extraction du "
            f"{formats.day(newest)}, plus récente. La charger remettrait d'anciennes valeurs : confirmez-le, ou gardez ce qui est chargé."
        )


def loaded(cursor: duckdb.DuckDBPyConnection) -> list[Loaded]:
    """The files that were loaded, the last one first."""
    rows = cursor.execute(
        """SELECT nom, nature, famille, extrait_le, etablissements, entites, auteur, quand
           FROM reference ORDER BY quand DESC, nom"""
    ).fetchall()
    return [Loaded(*row) for row in rows]


def holdings(cursor: duckdb.DuckDBPyConnection) -> Holdings:
    """How many establishments and legal entities the base knows, closed ones and those of a GHT among them."""
    row = cursor.execute(
        """SELECT (SELECT count(*) FROM etablissement), (SELECT count(*) FROM etablissement WHERE NOT ouvert),
                  (SELECT count(*) FROM entite_juridique), (SELECT count(*) FROM entite_juridique WHERE ght IS NOT NULL)"""
    ).fetchone()
    assert row is not None
    return Holdings(*row)


def _is_loaded(cursor: duckdb.DuckDBPyConnection, extract: Extract) -> bool:
    return bool(cursor.execute("SELECT 1 FROM reference WHERE sha256 = ?", [extract.sha256]).fetchone())


def _upsert(writing: Writing, table: str, rows: pa.Table, sha256: str) -> None:
    """Replace, of the rows held, the columns that the file gives; what it does not give stays."""
    if not rows.num_rows:
        return
    given = [name for name in rows.column_names if name != "finess"]
    changed = ", ".join(f'"{name}" = excluded."{name}"' for name in [*given, "reference"])
    writing.cursor.register("extrait", rows)
    writing.cursor.execute(
        f"""INSERT INTO {table} BY NAME SELECT *, ? AS reference FROM extrait
            ON CONFLICT (finess) DO UPDATE SET {changed}""",
        [sha256],
    )
    writing.cursor.unregister("extrait")


def _record(writing: Writing, extract: Extract) -> None:
    writing.cursor.execute(
        "INSERT OR REPLACE INTO reference VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            extract.sha256,
            extract.fichier,
            extract.nature,
            extract.famille,
            extract.extrait_le,
            extract.etablissements.num_rows,
            extract.entites.num_rows,
            writing.auteur,
            writing.quand,
        ],
    )


def _day(day: date | None) -> str:
    return f"extraction du {formats.day(day)}" if day else "sans date d'extraction"

"""What a person said of the titles and the values of one source, kept under a name for its next files."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import duckdb

from clact_model.errors import UsageError
from clact_model.fields import Table
from clact_model.store import Base

Columns = Mapping[str, tuple[str, ...]]
"""Folded title → names of its fields; none: the column is left aside."""

APPLIES_FROM = 0.6
"""Share of its titles that a file must hold for a correspondence to apply by itself."""


@dataclass(frozen=True)
class Correspondence:
    """What a person said of one source's titles, sheet by sheet, and of its values."""

    nom: str = ""
    source: str = ""
    """The kind of source, by its code."""
    columns: Mapping[Table, Columns] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Name of a field → folded value of the file → code; an empty code: the value means nothing known."""

    def of(self, table: Table) -> Columns:
        """What was said of the titles of the sheets that feed a table."""
        return self.columns.get(table, {})

    def with_column(self, table: Table, title: str, champs: tuple[str, ...]) -> "Correspondence":
        """This correspondence with one more title settled."""
        return replace(self, columns={**self.columns, table: {**self.of(table), title: champs}})

    def with_value(self, champ: str, value: str, code: str) -> "Correspondence":
        """This correspondence with one more value settled."""
        return replace(self, values={**self.values, champ: {**self.values.get(champ, {}), value: code}})

    def as_json(self) -> str:
        """Titles and values alone: the name and the source are columns of the table."""
        columns = {table: {title: list(champs) for title, champs in of.items()} for table, of in self.columns.items()}
        return json.dumps({"colonnes": columns, "valeurs": self.values}, ensure_ascii=False, sort_keys=True)


def save(base: Base, programme: str, correspondence: Correspondence, operation: str | None = None) -> None:
    """Keep a correspondence under its name, in place of the one that had it. Raises UsageError without a name."""
    nom = correspondence.nom.strip()
    if not nom:
        raise UsageError("Donnez un nom à cette correspondance, par exemple celui de la source.")
    with base.write("enregistrer_correspondance", programme, operation) as writing:
        if writing.already_done:
            return
        writing.cursor.execute("DELETE FROM correspondance WHERE programme = ? AND nom = ?", [programme, nom])
        writing.cursor.execute(
            "INSERT INTO correspondance VALUES (?, ?, ?, ?, ?, ?)",
            [programme, nom, correspondence.source, correspondence.as_json(), writing.auteur, writing.quand],
        )
        writing.log(f"Correspondance « {nom} »")


def remove(base: Base, programme: str, nom: str, operation: str | None = None) -> None:
    """Forget a correspondence; what was imported with it stays."""
    with base.write("supprimer_correspondance", programme, operation) as writing:
        if not writing.already_done:
            writing.cursor.execute("DELETE FROM correspondance WHERE programme = ? AND nom = ?", [programme, nom])
            writing.log(f"Correspondance « {nom} » supprimée")


def saved(cursor: duckdb.DuckDBPyConnection, programme: str) -> list[Correspondence]:
    """The correspondences of a programme, by name."""
    rows = cursor.execute(
        "SELECT nom, source, contenu FROM correspondance WHERE programme = ? ORDER BY nom", [programme]
    ).fetchall()
    return [_read(nom, source, contenu) for nom, source, contenu in rows]


def load(cursor: duckdb.DuckDBPyConnection, programme: str, nom: str) -> Correspondence:
    """The correspondence of that name. Raises UsageError, naming those there are."""
    known = saved(cursor, programme)
    for one in known:
        if one.nom == nom:
            return one
    names = ", ".join(f"« {one.nom} »" for one in known) or "aucune n'est enregistrée"
    raise UsageError(f"Aucune correspondance ne s'appelle « {nom} » : choisissez parmi celles du programme ({names}).")


def _read(nom: str, source: str, contenu: str) -> Correspondence:
    kept = json.loads(contenu)
    columns: dict[Table, Columns] = {
        table: {title: tuple(champs) for title, champs in of.items()} for table, of in kept["colonnes"].items()
    }
    return Correspondence(nom, source, columns, kept["valeurs"])

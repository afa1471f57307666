"""The data dictionary: what each column is called, holds and means. The one place where a column's French label lives."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from clact_model import paths

Table = Literal["dossier", "action", "depense", "versement"]
"""What a row is: of an application, or of a file of the follow-up."""

SQL_TYPES: Mapping[str, str] = {
    "texte": "VARCHAR",
    "texte long": "VARCHAR",
    "liste": "VARCHAR",
    "courriel": "VARCHAR",
    "code": "VARCHAR",
    "finess": "VARCHAR",
    "siret": "VARCHAR",
    "departement": "VARCHAR",
    "horodatage": "TIMESTAMPTZ",
    "date": "DATE",
    "oui_non": "BOOLEAN",
    "entier": "BIGINT",
    "nombre": "DECIMAL(12,2)",
    "pourcentage": "DECIMAL(9,6)",
    "montant": "DECIMAL(14,2)",
    "note": "DECIMAL(4,2)",
}
"""Type of the dictionary → type of the column."""


@dataclass(frozen=True, slots=True)
class Value:
    """One code that a field may hold, and the French label under which a person knows it."""

    code: str
    libelle: str
    ecritures: tuple[str, ...] = ()
    """Other words for it, as platforms and forms write them."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column: ``champ`` in the tables, ``libelle`` for people."""

    table: Table
    champ: str
    libelle: str
    type: str
    unite: str = ""
    valeurs: tuple[Value, ...] = ()
    obligatoire: bool = False
    un_de: tuple[str, ...] = ()
    """Fields of which at least one must be filled (``finess ou siret`` in the dictionary)."""
    synonymes: tuple[str, ...] = ()
    sens: str = ""
    negatif: bool = False
    """An amount that may be below 0: a credit note."""
    declared: bool = False
    """True when a programme file declares it: stored in the column ``complements``."""

    @property
    def sql_type(self) -> str:
        return SQL_TYPES[self.type]

    def label_of(self, code: str) -> str:
        """The French label of a code; the code itself when the list does not hold it."""
        return next((v.libelle for v in self.valeurs if v.code == code), code)


KEYS = ("numero", "numero_dossier", "reference_versement")
"""The columns without which a row is nothing: those that tie an action to its dossier (one column ``numero`` in the
tables), and the number of a payment."""


@dataclass(frozen=True)
class Dictionary:
    """Every field of dossier and action, in the order of the dictionary; a programme's own come last."""

    fields: tuple[Field, ...]
    _by_name: dict[tuple[str, str], Field] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {(f.table, f.champ): f for f in self.fields})

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    def of(self, table: Table) -> tuple[Field, ...]:
        """The fields of one table."""
        return tuple(f for f in self.fields if f.table == table)

    def stored(self, table: Table) -> tuple[Field, ...]:
        """The fields of one table but its key."""
        return tuple(f for f in self.of(table) if f.champ not in KEYS)

    def find(self, table: Table, champ: str) -> Field | None:
        return self._by_name.get((table, champ))

    def get(self, table: Table, champ: str) -> Field:
        """The field; KeyError when the dictionary lacks it."""
        return self._by_name[(table, champ)]

    def extended(self, declared: Iterable[Field]) -> "Dictionary":
        """This dictionary with a programme's own fields."""
        return Dictionary(self.fields + tuple(declared))

    def with_values(self, values: Mapping[str, tuple[Value, ...]]) -> "Dictionary":
        """This dictionary with the lists of values that a programme gives (its axes, its themes)."""
        return Dictionary(tuple(replace(f, valeurs=values[f.champ]) if f.champ in values else f for f in self.fields))


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _value_labels() -> dict[tuple[str, str], str]:
    with paths.VALUE_LABELS.open(encoding="utf-8", newline="") as lines:
        return {(row["champ"], row["code"]): row["libelle"] for row in csv.DictReader(lines)}


def _other_writings() -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    with paths.OTHER_WRITINGS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            key = row["champ"], row["code"]
            found[key] = (*found.get(key, ()), row["ecriture"])
    return found


@cache
def dictionary() -> Dictionary:
    """The dictionary that all programmes share (``data/dictionnaire.csv``, ``valeurs.csv``, ``ecritures.csv``)."""
    labels, writings = _value_labels(), _other_writings()
    with paths.DICTIONARY.open(encoding="utf-8", newline="") as lines:
        return Dictionary(
            tuple(
                Field(
                    table="dossier" if row["table"] == "dossier" else "action",
                    champ=row["champ"],
                    libelle=row["libelle"],
                    type=row["type"],
                    unite=row["unite"],
                    valeurs=tuple(
                        Value(code, labels[row["champ"], code], writings.get((row["champ"], code), ()))
                        for code in _split(row["valeurs"])
                    )
                    if row["type"] == "code"
                    else (),
                    obligatoire=row["obligatoire"] == "oui",
                    un_de=tuple(row["obligatoire"].split(" ou ")) if " ou " in row["obligatoire"] else (),
                    synonymes=_split(row["synonymes"]),
                    sens=row["sens"],
                )
                for row in csv.DictReader(lines)
            )
        )


@cache
def follow_up() -> Dictionary:
    """The columns of the files of the follow-up (``data/fichiers_suivi.csv``): expenses and payments."""
    tables: Mapping[str, Table] = {"depense": "depense", "versement": "versement"}
    with paths.FOLLOW_UP_FILES.open(encoding="utf-8", newline="") as lines:
        return Dictionary(
            tuple(
                Field(
                    table=tables[row["table"]],
                    champ=row["champ"],
                    libelle=row["libelle"],
                    type=row["type"],
                    unite=row["unite"],
                    obligatoire=row["obligatoire"] == "oui",
                    negatif=row["negatif"] == "oui",
                    synonymes=_split(row["synonymes"]),
                    sens=row["sens"],
                )
                for row in csv.DictReader(lines)
            )
        )

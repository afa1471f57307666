"""The columns of the workbook of outcomes: what is written is what is read back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from clact_model.fields import Value
from clact_model.impact.kept import PERCENT
from clact_model.intake.values import PARSERS, Cell, Read, RefusalError, code, dossier_number, numeral, share
from clact_model.wording import folded

INDICATORS, YEARS = "Indicateurs", "Mesures annuelles"
"""Names of the two sheets."""
LARGEST = Decimal("99999999999999")
Parser = Callable[[Cell], Read[Any]]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``champ``: the field it fills, empty for what is only shown."""

    champ: str
    libelle: str
    parse: Parser | None
    aide: str
    width: int = 14
    number_format: str = "General"
    synonymes: Sequence[str] = ()


def value(cell: Cell) -> Read[Decimal]:
    """A number of any unit, four decimals. Raises RefusalError."""
    found = numeral.exact(cell, "un nombre", "12,5")
    numeral.within(found, 0, LARGEST, cell, "un nombre")
    return Read(numeral.rounded(found, 4))


def percentage(cell: Cell) -> Read[Decimal]:
    """A value whose unit is %: ``9,5 %`` and 0.095 give 9.5. Raises RefusalError."""
    read = share.parse(cell)
    return Read(numeral.rounded(read.value * 100, 4), read.notice, read.gravite)


def value_parser(unite: str | None) -> Parser:
    """How the values of an indicator of that unit are read."""
    return percentage if unite == PERCENT else value


SENS = (
    Value("hausse", "Hausse", ecritures=("augmentation", "augmenter", "+")),
    Value("baisse", "Baisse", ecritures=("diminution", "diminuer", "réduction", "-")),
)
NUMBER = Column("numero", "N° dossier", dossier_number.parse, "Le numéro du dossier dans ce programme.", 18, "@")
NAME = Column("", "Établissement", None, "Pour vous repérer : cette colonne n'est pas lue.", 36, "@")
INDICATOR_COLUMNS: Sequence[Column] = (
    NUMBER,
    NAME,
    Column("nom", "Indicateur", PARSERS["texte"], "Le nom de l'indicateur, tel que la convention le dit.", 44, "@"),
    Column("unite", "Unité", PARSERS["texte"], "%, jours, agents… Avec %, écrivez 9,5 %.", 12, "@"),
    Column("annee_reference", "Année de référence", PARSERS["entier"], "L'année de la valeur de départ.", 12, "0"),
    Column("valeur_reference", "Valeur de référence", value, "La valeur de départ, dans l'unité.", 13),
    Column("cible", "Cible", value, "La valeur promise, dans l'unité.", 13),
    Column("sens", "Sens", code.closed(SENS), "Hausse ou baisse : ce qui est une amélioration.", 12, "@"),
    Column("valeur_12", "Valeur à 12 mois", value, "Mesurée un an après le démarrage.", 13),
    Column("mesure_12", "Mesuré le (12 mois)", PARSERS["date"], "Jour de la mesure.", 14, "dd/mm/yyyy"),
    Column("valeur_24", "Valeur à 24 mois", value, "Mesurée deux ans après le démarrage.", 13),
    Column("mesure_24", "Mesuré le (24 mois)", PARSERS["date"], "Jour de la mesure.", 14, "dd/mm/yyyy"),
)
YEAR_COLUMNS: Sequence[Column] = (
    NUMBER,
    NAME,
    Column("annee", "Année", PARSERS["entier"], "L'année civile mesurée.", 10, "0"),
    Column("effectif_total", "Effectif", PARSERS["entier"], "Agents de l'établissement cette année-là.", 12, "0"),
    Column("taux_absenteisme", "Taux d'absentéisme", share.parse, "Par exemple 9,5 %.", 14, "0.0##%"),
    Column("taux_turnover", "Taux de turn-over", share.parse, "Par exemple 12 %.", 14, "0.0##%", ("Turnover",)),
    Column(
        "nb_at_mp",
        "Nombre d'AT-MP",
        PARSERS["entier"],
        "Accidents du travail et maladies professionnelles de l'année.",
        14,
        "0",
        ("AT-MP", "AT/MP"),
    ),
)
SHEETS: Mapping[str, Sequence[Column]] = {INDICATORS: INDICATOR_COLUMNS, YEARS: YEAR_COLUMNS}
OF_VALUE = ("valeur_reference", "cible", "valeur_12", "valeur_24")
"""Columns of an indicator that are read by its unit."""


def by_title(columns: Sequence[Column]) -> Mapping[str, Column]:
    """Title, folded → its column."""
    return {folded(title): column for column in columns for title in (column.libelle, *column.synonymes)}


__all__ = [
    "INDICATORS",
    "INDICATOR_COLUMNS",
    "OF_VALUE",
    "SHEETS",
    "YEARS",
    "YEAR_COLUMNS",
    "Column",
    "RefusalError",
    "by_title",
    "value_parser",
]

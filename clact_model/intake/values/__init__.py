"""Typed reading of one cell: a table of parsers, one a type of the dictionary, none of which guesses."""

from collections.abc import Callable
from functools import partial
from zoneinfo import ZoneInfo

from clact_model.fields import KEYS, Field
from clact_model.intake.values import (
    amount,
    code,
    day,
    departement,
    dossier_number,
    email,
    finess,
    listing,
    moment,
    numeral,
    reference,
    share,
    siret,
    text,
    tranche,
    yes_no,
)
from clact_model.intake.values.outcome import Read, RefusalError, quoted, shown
from clact_model.intake.values.text import is_blank
from clact_model.reading import Cell

Parser = Callable[[Cell], Read[object]]

PARSERS: dict[str, Parser] = {
    "texte": text.parse,
    "texte long": text.parse,
    "liste": listing.parse,
    "courriel": email.parse,
    "finess": finess.parse,
    "siret": siret.parse,
    "departement": departement.parse,
    "date": day.parse,
    "oui_non": yes_no.parse,
    "entier": numeral.parse_whole,
    "nombre": numeral.parse_number,
    "pourcentage": share.parse,
    "montant": amount.parse,
    "note": numeral.parse_grade,
}
"""Type of the dictionary → its parser. Codes and moments need their field's list, their programme's zone."""

OPEN_LISTS = ("axe", "thematique")
"""Fields whose unknown values are kept: a rule of the call judges them."""


REFERENCES = ("numero_facture", "reference_versement")
"""Fields by which a line of the follow-up is known again."""


def parser_of(field: Field, zone: ZoneInfo) -> Parser:
    """The parser of one field. It expects a cell that is not blank, and raises RefusalError."""
    if field.champ in KEYS and field.table != "versement":
        return dossier_number.parse
    if field.champ in REFERENCES:
        return reference.parse
    if field.champ == "tranche":
        return tranche.parse
    if field.negatif:
        return amount.parse_signed
    if field.champ in OPEN_LISTS:
        return code.opened(field.valeurs)
    if field.type == "code":
        return code.closed(field.valeurs)
    if field.type == "horodatage":
        return partial(moment.parse, zone=zone)
    return PARSERS[field.type]


__all__ = ["OPEN_LISTS", "Cell", "Parser", "Read", "RefusalError", "is_blank", "parser_of", "quoted", "shown"]

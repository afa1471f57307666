"""A list of dossiers as a workbook: exactly what the screen shows, and a sheet that says what it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from clact_model import overview
from clact_model.documents.book import written_to
from clact_model.documents.target import Target
from clact_model.documents.typed_sheet import WIDTH, Fact, Formats, SheetColumn, about, write_facts, write_rows
from clact_model.overview import Summary
from clact_model.programme import Programme

WIDTHS: Mapping[str, int] = {
    "raison_sociale": 36,
    "non": 60,
    "inconnu": 60,
    "intitules": 60,
    "siret": 17,
    "departement": 22,
}
"""Characters; WIDTH for the others."""


@dataclass(frozen=True, slots=True)
class ListContext:
    """Where a list of dossiers comes from. ``quand``: with its zone, the programme's."""

    version_donnees: int
    aujourdhui: date
    """The day judged."""
    auteur: str
    quand: datetime
    filtres: Mapping[str, str] = field(default_factory=dict)
    """Label of each filter → what it lets through; empty: every dossier."""


def dossiers_xlsx(programme: Programme, rows: Sequence[Summary], context: ListContext, target: Target) -> None:
    """Sheets « Dossiers » and « Contexte ». Amounts in EUR.

    Amounts and counts are numbers, days are dates, identifiers are text cells, nothing is a formula or a link. The same
    rows and context give the same bytes. Raises TargetError.
    """
    with written_to(target, "Dossiers", context.quand) as book:
        formats = Formats(book)
        totals = {"demande": overview.asked(rows), "aide_maximale": overview.aid(rows)}
        cells = overview.table(programme, rows)
        write_rows(book.add_worksheet("Dossiers"), _columns(programme), cells, formats, totals)
        write_facts(book.add_worksheet("Contexte"), _context(programme, rows, context), formats)


def list_file_name(programme: Programme, context: ListContext) -> str:
    """``dossiers_<programme>_2024-10-09.xlsx``."""
    return f"dossiers_{programme.id}_{context.quand.date().isoformat()}.xlsx"


def _columns(programme: Programme) -> list[SheetColumn]:
    return [
        SheetColumn(column.champ, column.libelle, column.kind, WIDTHS.get(column.champ, WIDTH))
        for column in overview.columns(programme)
    ]


def _context(programme: Programme, rows: Sequence[Summary], context: ListContext) -> list[Fact]:
    facts: list[Fact] = [
        ("Version des données", context.version_donnees, "entier"),
        ("Jour de l'instruction", context.aujourdhui, "date"),
        (
            "Filtres",
            " ; ".join(f"{k} : {v}" for k, v in context.filtres.items()) or "Aucun : tous les dossiers",
            "texte",
        ),
        ("Dossiers", len(rows), "entier"),
        ("Montant demandé (€)", overview.asked(rows), "euros"),
        ("Aide maximale (€)", overview.aid(rows), "euros"),
    ]
    return about(programme, facts, context.auteur, context.quand)

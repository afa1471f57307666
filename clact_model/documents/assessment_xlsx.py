"""The outcome of a call as a workbook: its sums, its indicators, the funded beside the others, the years of the region."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from clact_model import formats
from clact_model.documents.book import written_to
from clact_model.documents.cells import shown, would_run
from clact_model.documents.target import Target
from clact_model.impact import CHAMPS, STATES, Assessment, Compared, Followed, Sums, Year
from clact_model.programme import Programme
from clact_model.store import author

Kind = Literal["texte", "euros", "entier", "part", "nombre", "date", "annee"]
Cell = str | int | Decimal | date | None
Head = tuple[str, Kind, int]
"""Title, kind, width in characters."""

FORMATS: Mapping[Kind, str] = {
    "texte": "@",
    "euros": '#,##0.00\\ "€"',
    "entier": "#,##0",
    "part": "0.0##%",
    "nombre": "#,##0.####",
    "date": "dd/mm/yyyy",
    "annee": "0",
}
MONEY: Sequence[Head] = (
    ("Demandé (€)", "euros", 18),
    ("Accordé (€)", "euros", 18),
    ("Payé (€)", "euros", 18),
    ("Consommé (€)", "euros", 18),
    ("À récupérer (€)", "euros", 18),
    ("Récupéré (€)", "euros", 18),
    ("Libéré (€)", "euros", 18),
    ("Reste (€)", "euros", 18),
)


@dataclass(frozen=True)
class AssessmentSheets:
    """What the workbook holds. ``compared``: None while nothing is decided or measured."""

    assessment: Assessment
    followed: Sequence[Followed]
    compared: Compared | None
    region: Sequence[Year]


def assessment_xlsx(programme: Programme, found: AssessmentSheets, quand: datetime, target: Target) -> None:
    """Sheets « Bilan », « Indicateurs », « Avant et après », « Années » and « Contexte ». Raises TargetError."""
    with written_to(target, "Bilan et impact", quand) as book:
        sheets = _Sheets(book)
        sheets.write("Bilan", _BILAN, _sums(found.assessment))
        sheets.write("Indicateurs", _INDICATORS, _followed(found.followed))
        if found.compared is not None:
            sheets.write("Avant et après", _COMPARED, _compared(found.compared))
        sheets.write("Années", _YEARS, _region(found.region))
        sheets.write("Contexte", (("Ce que c'est", "texte", 34), ("", "texte", 90)), _context(programme, found, quand))


def assessment_file_name(programme: Programme, quand: datetime) -> str:
    """``bilan_<programme>_2026-10-09.xlsx``."""
    return f"bilan_{programme.id}_{quand.date().isoformat()}.xlsx"


_BILAN: Sequence[Head] = (
    ("Regroupement", "texte", 16),
    ("Groupe", "texte", 46),
    ("Dossiers", "entier", 10),
    ("Dossiers aidés", "entier", 10),
    *MONEY,
)
_INDICATORS: Sequence[Head] = (
    ("N° dossier", "texte", 18),
    ("Établissement", "texte", 36),
    ("Indicateur", "texte", 44),
    ("Unité", "texte", 10),
    ("Année de référence", "annee", 12),
    ("Valeur de référence", "nombre", 14),
    ("Cible", "nombre", 14),
    ("Sens", "texte", 10),
    ("Valeur à 12 mois", "nombre", 14),
    ("Échéance à 12 mois", "date", 14),
    ("État à 12 mois", "texte", 18),
    ("Valeur à 24 mois", "nombre", 14),
    ("Échéance à 24 mois", "date", 14),
    ("État à 24 mois", "texte", 18),
    ("Cible atteinte", "texte", 12),
)
_COMPARED: Sequence[Head] = (
    ("Mesure", "texte", 26),
    ("Groupe", "texte", 16),
    ("Établissements connus", "entier", 14),
    ("Inconnus", "entier", 12),
    ("Avant", "nombre", 12),
    ("Après", "nombre", 12),
    ("Changement", "nombre", 12),
    ("Écart des changements", "nombre", 14),
    ("Intervalle à 95 % : de", "nombre", 14),
    ("à", "nombre", 14),
    ("À savoir", "texte", 100),
)
_YEARS: Sequence[Head] = (("Programme", "texte", 26), ("Année", "annee", 10), ("Dossiers", "entier", 10), *MONEY)


class _Sheets:
    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._header = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self._formats: Mapping[Kind, Format] = {
            kind: book.add_format({"num_format": written, "valign": "top", "text_wrap": kind == "texte"})
            for kind, written in FORMATS.items()
        }
        # Text even if someone edits the cell: Excel would otherwise run it on Enter.
        self._quoted = book.add_format({"valign": "top", "text_wrap": True, "quote_prefix": True})

    def write(self, name: str, heads: Sequence[Head], rows: Iterable[Sequence[Cell]]) -> None:
        sheet = self._book.add_worksheet(name)
        for index, (title, _, width) in enumerate(heads):
            sheet.set_column(index, index, width)
            sheet.write_string(0, index, title, self._header)
        for number, row in enumerate(rows, start=1):
            for index, (cell, (_, kind, _)) in enumerate(zip(row, heads, strict=True)):
                if isinstance(cell, str):
                    text = shown(cell)
                    sheet.write_string(number, index, text, self._quoted if would_run(text) else self._formats["texte"])
                elif isinstance(cell, date):
                    sheet.write_datetime(number, index, cell, self._formats["date"])
                elif cell is not None:
                    sheet.write_number(number, index, cell, self._formats[kind])
        sheet.freeze_panes(1, 0)


def _sums(found: Assessment) -> Iterable[Sequence[Cell]]:
    yield "Appel", "Ensemble", *_of(found.total)
    for champ, groups in found.groups.items():
        for name, sums in groups.items():
            yield CHAMPS[champ], name, *_of(sums)


def _of(sums: Sums) -> Sequence[Cell]:
    b = sums.balance
    money = (b.accorde, b.paye, b.consomme, b.a_recuperer, b.recupere, b.libere, b.reste)
    return sums.dossiers, sums.accordes, sums.demande, *money


def _followed(found: Sequence[Followed]) -> Iterable[Sequence[Cell]]:
    for one in found:
        own = one.indicator
        measures = [cell for due in one.dues for cell in (own.measured(due.mois), due.echeance, STATES[due.state])]
        yield (
            own.numero,
            one.raison_sociale,
            own.nom,
            own.unite,
            own.annee_reference,
            own.valeur_reference,
            own.cible,
            own.way,
            *measures,
            formats.yes_no(own.reached),
        )


def _compared(found: Compared) -> Iterable[Sequence[Cell]]:
    for one in found.comparisons:
        said = " ".join(one.warnings)
        f, a = one.finances, one.autres
        yield (
            one.mesure.libelle,
            "Financés",
            f.connus,
            f.inconnus,
            f.avant,
            f.apres,
            f.changement,
            one.ecart,
            one.bas,
            one.haut,
            said,
        )
        yield (
            one.mesure.libelle,
            "Non financés",
            a.connus,
            a.inconnus,
            a.avant,
            a.apres,
            a.changement,
            None,
            None,
            None,
            None,
        )


def _region(found: Sequence[Year]) -> Iterable[Sequence[Cell]]:
    for year in found:
        b = year.balance
        money = (b.accorde, b.paye, b.consomme, b.a_recuperer, b.recupere, b.libere, b.reste) if b else (None,) * 7
        yield year.programme, year.annee, len(year.numeros), year.demande, *money


def _context(programme: Programme, found: AssessmentSheets, quand: datetime) -> Iterable[Sequence[Cell]]:
    compared = found.compared
    before = "la candidature" if compared is None or compared.avant is None else str(compared.avant)
    yield "Programme", programme.titre
    yield "Version du programme", programme.version
    yield "Situation au", formats.long_day(found.assessment.jour)
    yield "Avant et après", f"Avant : {before} ; après : {compared.apres}" if compared else "Rien à comparer encore"
    if compared:
        yield "Intervalle", f"Établissements tirés de nouveau 10 000 fois dans chaque groupe, graine {compared.graine}"
    yield "Non comptés", "Une cellule vide est une valeur inconnue, jamais zéro"
    yield "Auteur", author()
    yield "Établi le", formats.moment(quand)

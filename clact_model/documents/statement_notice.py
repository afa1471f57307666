"""What goes with a statement to fill: where the grant stands, and how the sheet is filled."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from clact_model import formats
from clact_model.documents.cells import shown, would_run
from clact_model.intake.sources.consumption import SHEET, SITUATION
from clact_model.programme import Programme
from clact_model.statements.situation import Situation

EUROS = '#,##0.00\\ "€"'
Cell = str | int | Decimal | date | None


def write_situation(book: Workbook, programme: Programme, situation: Situation) -> None:
    """The sheet « Situation »: the grant, its actions, tranches and payments, what is presented and admitted so far."""
    sheet = book.add_worksheet(SITUATION)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 5, 20)
    cells = _Formats(book)
    row = 0
    for titles, rows in _tables(programme, situation):
        for index, title in enumerate(titles):
            sheet.write_string(row, index, title, cells.title)
        for values in rows:
            row += 1
            for index, value in enumerate(values):
                cells.write(sheet, row, index, value)
        row += 2


def write_notice(book: Workbook, programme: Programme, situation: Situation, quand: datetime) -> None:
    """The sheet « Lisez-moi »."""
    sheet = book.add_worksheet("Lisez-moi")
    sheet.set_column(0, 0, 110, book.add_format({"text_wrap": True, "valign": "top"}))
    sheet.write_string(
        0, 0, f"État récapitulatif, {shown(programme.titre)}", book.add_format({"bold": True, "font_size": 14})
    )
    for row, line in enumerate(_notice(programme, situation, quand), start=2):
        sheet.write_string(row, 0, shown(line))


def _tables(programme: Programme, situation: Situation) -> Sequence[tuple[Sequence[str], Sequence[Sequence[Cell]]]]:
    """Titles and rows, one table under the other."""
    balance = situation.balance
    facts: list[tuple[str, Cell]] = [
        ("Programme", programme.titre),
        ("Dossier", situation.numero),
        ("Établissement", situation.raison_sociale),
        ("Situation au", situation.jour),
        ("Notifié le", situation.notifie_le),
        ("Accordé", balance.accorde),
        ("Conventionné", balance.conventionne),
        ("Versé", balance.paye),
        ("Dépenses présentées", balance.presente),
        ("Dépenses admises", balance.admis),
        ("Dépenses rejetées", balance.rejete),
        ("Reste à justifier", balance.reste),
    ]
    if situation.supplement:
        facts.append(("Supplément accordé, à part", situation.supplement))
    return [
        (("Subvention", ""), facts),
        (("Conventions", "Signée le"), [(m.reference, m.jour) for m in situation.conventions]),
        (
            # Its number goes into the column « N° d'action » of the sheet to fill, whatever the call names it.
            (programme.line_words.capitalize(), "N° d'action", "Accordé"),
            [(action.intitule, action.ligne, action.accorde) for action in situation.actions],
        ),
        (
            ("Tranches", "N° de tranche", "Montant", "Versé", "Échéance"),
            [(one.libelle, one.tranche, one.montant, one.paye, one.echeance) for one in situation.tranches],
        ),
        (("Versements", "Le", "Montant"), [(m.reference, m.jour, m.montant) for m in situation.versements]),
    ]


class _Formats:
    """The formats of the sheet, each made once."""

    def __init__(self, book: Workbook) -> None:
        self.title = book.add_format({"bold": True, "bottom": 1})
        self._text = book.add_format({"valign": "top", "text_wrap": True, "num_format": "@"})
        # Text even if someone edits the cell: Excel would otherwise run it on Enter.
        self._quoted = book.add_format({"valign": "top", "text_wrap": True, "num_format": "@", "quote_prefix": True})
        self._euros = book.add_format({"num_format": EUROS, "align": "left"})
        self._day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
        self._count = book.add_format({"num_format": "0", "align": "left"})

    def write(self, sheet: Worksheet, row: int, column: int, value: Cell) -> None:
        """One cell by its type; unknown is « — »."""
        match value:
            case None | "":
                sheet.write_string(row, column, formats.UNKNOWN, self._text)
            case date():
                sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), self._day)  # noqa: DTZ001
            case Decimal():
                sheet.write_number(row, column, value, self._euros)
            case int():
                sheet.write_number(row, column, value, self._count)
            case _:
                sheet.write_string(row, column, shown(value), self._of(value))

    def _of(self, text: str) -> Format:
        return self._quoted if would_run(text) else self._text


def _notice(programme: Programme, situation: Situation, quand: datetime) -> list[str]:
    return [
        f"Dossier {situation.numero}, {situation.raison_sociale or formats.UNKNOWN}. Situation au {formats.day(situation.jour)}, "
        f"établie le {formats.moment(quand)}.",
        f"Feuille « {SHEET} » : une ligne par facture. Les lignes grises sont celles que l'agence a déjà reçues, avec ce "
        "qu'elles sont devenues : laissez-les, et ajoutez les vôtres dessous.",
        "Titres foncés : obligatoires. Gardez les titres tels quels ; l'ordre des lignes est libre, une ligne « Total » n'est pas lue.",
        "« Montant facturé » : le montant de la facture ; un avoir s'écrit avec un montant négatif.",
        "« Montant imputé à l'aide » : la part de la facture que l'aide paie ; vide, la facture compte en entier.",
        "« Tranche » et « N° d'action » : voyez leurs numéros sur la feuille « Situation » ; vides si on ne sait pas.",
        "« Montant admis » et « Motif de rejet » : remplis par l'agence. « Montant versé » : ce que vous avez reçu, comparé aux "
        "versements de l'agence.",
        "Une facture déjà envoyée n'est jamais comptée deux fois : vous pouvez renvoyer l'état complet.",
        f"La feuille « {SITUATION} » et celle-ci ne sont pas lues.",
        f"Programme {programme.id}, version {programme.version}.",
    ]

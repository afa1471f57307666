"""The statement that an establishment fills: its expenses, one a row, beside what the base knows of its grant.

What this workbook holds is what :mod:`clact_model.statements` takes back, column by column.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from clact_model.documents import statement_notice
from clact_model.documents.book import written_to
from clact_model.documents.cells import shown, would_run
from clact_model.documents.target import Target
from clact_model.fields import Field, follow_up
from clact_model.intake.sources.consumption import SHEET
from clact_model.programme import Programme
from clact_model.statements import Presented
from clact_model.statements.situation import Situation

READY_ROWS = 300
"""Rows to fill, under those already presented, that carry the checks."""
LIST_LENGTH = 255
"""Characters of a list written in the check itself."""
GREY = "#EFEFEF"
BY_TYPE: Mapping[str, Mapping[str, object]] = {
    "montant": {"validate": "decimal", "criteria": "between", "minimum": -99_999_999, "maximum": 99_999_999},
    "date": {
        "validate": "date",
        "criteria": "between",
        "minimum": datetime(2000, 1, 1),  # noqa: DTZ001 a wall clock, as a cell of Excel is
        "maximum": datetime(2099, 12, 31),  # noqa: DTZ001
    },
}
NUMBERS: Mapping[str, str] = {"montant": "#,##0.00", "date": "dd/mm/yyyy", "entier": "0"}
WIDTHS: Mapping[str, int] = {"numero": 18, "numero_facture": 20, "objet": 40, "motif_rejet": 40}
WIDTH = 14

Cell = str | int | Decimal | date | None


def statement_xlsx(programme: Programme, situation: Situation, quand: datetime, target: Target) -> None:
    """Sheets « Consommation », « Situation », « Lisez-moi ». ``quand``: with the programme's zone. Raises TargetError."""
    with written_to(target, f"État récapitulatif {situation.numero}", quand) as book:
        sheet = book.add_worksheet(SHEET)
        statement_notice.write_situation(book, programme, situation)
        statement_notice.write_notice(book, programme, situation, quand)
        _write_expenses(book, sheet, situation)


def statement_name(numero: str) -> str:
    """``etat_2026-0001.xlsx``: letters, figures and dashes alone, whatever the number holds."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "_" for c in numero)
    return f"etat_{plain[:80] or 'dossier'}.xlsx"


def _write_expenses(book: Workbook, sheet: Worksheet, situation: Situation) -> None:
    fields = follow_up().of("depense")
    title = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E3E9F5", "border": 1})
    required = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#C9D5EE", "border": 1})
    for index, field in enumerate(fields):
        sheet.write_string(0, index, field.libelle, required if field.obligatoire else title)
        sheet.write_comment(0, index, _help(field), {"x_scale": 2.2, "y_scale": 1.2})
        sheet.set_column(index, index, WIDTHS.get(field.champ, WIDTH), book.add_format(_format(field)))
        _check(sheet, index, field, situation)
    _write_presented(book, sheet, fields, situation)
    sheet.set_row(0, 45)
    sheet.freeze_panes(1, 1)
    sheet.activate()


def _write_presented(book: Workbook, sheet: Worksheet, fields: Sequence[Field], situation: Situation) -> None:
    """The expenses that the ledger holds, in grey: they come back as they go."""
    grey = {field.champ: book.add_format({**_format(field), "bg_color": GREY}) for field in fields}
    # Text even if someone edits the cell: Excel would otherwise run it on Enter.
    quoted = book.add_format({"num_format": "@", "valign": "top", "bg_color": GREY, "quote_prefix": True})
    for row, one in enumerate(situation.presented, start=1):
        cells = _cells(situation.numero, one)
        for index, field in enumerate(fields):
            value = cells[field.champ]
            runs = isinstance(value, str) and would_run(value)
            _write(sheet, row, index, value, quoted if runs else grey[field.champ])


def _cells(numero: str, one: Presented) -> Mapping[str, Cell]:
    """An expense of the ledger under the columns of the statement."""
    movement, details = one.movement, one.movement.details
    day = details.get("date_facture")
    return {
        "numero": numero,
        "tranche": movement.tranche,
        "numero_facture": movement.reference,
        "date_facture": date.fromisoformat(day) if day else None,
        "montant_facture": _amount(details.get("montant_facture")) or movement.montant,
        "montant_admis": one.admis,
        "montant_verse": _amount(details.get("montant_verse_declare")),
        "ligne": movement.ligne,
        "objet": details.get("objet"),
        "montant_impute": movement.montant,
        "motif_rejet": one.motif_rejet,
        "presente_le": movement.jour,
    }


def _amount(written: str | None) -> Decimal | None:
    return None if written is None else Decimal(written)


def _format(field: Field) -> dict[str, object]:
    return {"num_format": NUMBERS.get(field.type, "@"), "valign": "top"}


def _write(sheet: Worksheet, row: int, index: int, value: Cell, cell_format: Format) -> None:
    match value:
        case None:
            sheet.write_blank(row, index, None, cell_format)
        case date():
            sheet.write_datetime(row, index, datetime(value.year, value.month, value.day), cell_format)  # noqa: DTZ001
        case int() | Decimal():
            sheet.write_number(row, index, float(value), cell_format)
        case _:
            sheet.write_string(row, index, shown(value), cell_format)


def _help(field: Field) -> str:
    return f"{field.sens}.\n{'Obligatoire.' if field.obligatoire else 'Facultatif : laissez vide si on ne sait pas.'}"


def _check(sheet: Worksheet, index: int, field: Field, situation: Situation) -> None:
    """What Excel says of a cell that is typed: a warning only, for it is the import that refuses."""
    lists = {
        "numero": [situation.numero],
        "tranche": [str(one.tranche) for one in situation.tranches],
        "ligne": [str(action.ligne) for action in situation.actions],
    }
    rule = _listed(lists[field.champ]) if field.champ in lists else BY_TYPE.get(field.type)
    if rule:
        said = {
            "error_type": "warning",
            "error_title": "Valeur inattendue",
            "error_message": f"Vérifiez « {field.libelle} » : {field.sens}."[:255],
        }
        sheet.data_validation(1, index, len(situation.presented) + READY_ROWS, index, {**rule, **said})


def _listed(values: Sequence[str]) -> Mapping[str, object] | None:
    """A short list to choose from; none where nothing is known, or what Excel's own lists cannot hold."""
    written = ",".join(values)
    fits = 0 < len(written) <= LIST_LENGTH and written.count(",") == len(values) - 1
    return {"validate": "list", "source": values} if fits else None

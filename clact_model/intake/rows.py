"""The rows of one sheet → typed values, and all that is wrong with them at its place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from zoneinfo import ZoneInfo

from clact_model import formats
from clact_model.fields import Dictionary, Field
from clact_model.intake.headers import Column, Recognised
from clact_model.intake.report import Anomaly, Gravite
from clact_model.intake.sheet import EXCEL_ERRORS, error_sentence
from clact_model.intake.values import Cell, Parser, Read, RefusalError, amount, is_blank, parser_of, shown
from clact_model.intake.values.text import one_line
from clact_model.wording import folded

EXAMPLE = "exemple"
"""The number of the example row of our own workbook, folded."""

EXAMPLE_SKIPPED = "La ligne d'exemple du modèle est passée : elle n'est pas importée."

RATE_TOLERANCE = Decimal("0.005")


@dataclass
class Rows:
    """The rows of one sheet. ``values[champ][position]``; a refused row keeps its place and its number."""

    recognised: Recognised
    lines: list[int] = field(default_factory=list)
    """The row of the sheet, as its author sees it."""
    numeros: list[str | None] = field(default_factory=list)
    values: dict[str, list[object]] = field(default_factory=dict)
    refused: set[int] = field(default_factory=set)
    anomalies: list[Anomaly] = field(default_factory=list)

    def say(
        self,
        gravite: Gravite,
        message: str,
        position: int | None = None,
        column: Column | None = None,
        cell: Cell = None,
    ) -> None:
        """Keep an anomaly at its place, the row of titles when it has none; an address is personal data and is never quoted."""
        sheet = self.recognised.sheet
        quoted = column is not None and column.field.type != "courriel" and not is_blank(cell)
        self.anomalies.append(
            Anomaly(
                sheet.fichier,
                gravite,
                message,
                sheet.nom,
                self.recognised.header_row if position is None else self.lines[position],
                sheet.place_of(column.index, column.titre) if column else None,
                shown(cell) if quoted else None,
            )
        )

    def refuse(self, position: int, message: str, column: Column | None = None, cell: Cell = None) -> None:
        """Refuse a row, and say why."""
        self.refused.add(position)
        self.say("erreur", message, position, column, cell)


def read(recognised: Recognised, dictionary: Dictionary, zone: ZoneInfo) -> Rows:
    """Every row under the titles but the blank ones and the example."""
    rows = Rows(recognised, anomalies=list(recognised.anomalies))
    _ask_for_absent_columns(rows, dictionary)
    key = recognised.key
    if key is None:
        return rows
    rows.lines = _data_lines(rows, key)
    rows.numeros = [None if v is None else str(v) for v in _column(rows, key, zone)]
    _require(rows, key, rows.numeros)
    for column in recognised.columns:
        if column is not key:
            rows.values[column.field.champ] = values = _column(rows, column, zone)
            if column.field.obligatoire:
                _require(rows, column, values)
    _require_one_of(rows)
    _check_width(rows)
    _check_amounts(rows)
    return rows


def _data_lines(rows: Rows, key: Column) -> list[int]:
    sheet, first = rows.recognised.sheet, rows.recognised.header_row + 1
    faulty = {row for (row, _), (what, _) in sheet.faults.items() if what}
    lines = []
    for line, cells in enumerate(sheet.rows[first - 1 :], start=first):
        if line not in faulty and all(is_blank(cell) for cell in cells):
            continue
        if folded(one_line(sheet.cell(line, key.index))) == EXAMPLE:
            rows.anomalies.append(Anomaly(sheet.fichier, "information", EXAMPLE_SKIPPED, sheet.nom, line))
        else:
            lines.append(line)
    return lines


def _column(rows: Rows, column: Column, zone: ZoneInfo) -> list[object]:
    """The values down one column, None when unknown or refused. Equal cells are parsed once."""
    sheet, parse = rows.recognised.sheet, _parser(column, zone)
    faults = {row: fault for (row, index), fault in sheet.faults.items() if index == column.index}
    # The type is part of the key, for 1, 1.0 and True are equal.
    outcomes: dict[tuple[type, Cell], _Outcome] = {}
    values: list[object] = []
    for position, (line, cell) in enumerate(zip(rows.lines, sheet.cells(column.index, rows.lines), strict=True)):
        if line in faults:
            what, sentence = faults[line]
            rows.refuse(position, _about(column, sentence), column, what)
            values.append(None)
            continue
        known = (cell.__class__, cell)
        outcome = outcomes.get(known)
        if outcome is None:
            outcome = outcomes[known] = _outcome(parse, cell)
        if isinstance(outcome, RefusalError):
            rows.refuse(position, _about(column, str(outcome)), column, cell)
            values.append(None)
            continue
        values.append(outcome.value)
        if outcome.notice:
            rows.say(outcome.gravite, _about(column, outcome.notice), position, column, cell)
    return values


def _about(column: Column, sentence: str) -> str:
    return f"« {column.titre} » : {sentence}"


def _parser(column: Column, zone: ZoneInfo) -> Parser:
    return amount.parse_thousands if column.thousands else parser_of(column.field, zone)


_Outcome = Read[object] | RefusalError


def _outcome(parse: Parser, cell: Cell) -> _Outcome:
    if is_blank(cell):
        return Read(None)
    try:
        if isinstance(cell, str) and cell.strip().upper() in EXCEL_ERRORS:
            return RefusalError(error_sentence(cell.strip()))
        return parse(cell)
    except RefusalError as refusal:
        return refusal


def _require(rows: Rows, column: Column, values: Sequence[object]) -> None:
    for position, value in enumerate(values):
        cell = rows.recognised.sheet.cell(rows.lines[position], column.index)
        if (
            value is None
            and is_blank(cell)
            and (rows.lines[position], column.index) not in rows.recognised.sheet.faults
        ):
            rows.refuse(position, f"« {column.titre} » est vide : cette valeur est obligatoire, renseignez-la.", column)


def _require_one_of(rows: Rows) -> None:
    """FINESS or SIRET: an establishment that nothing identifies cannot be judged."""
    for group in _groups(rows.recognised.columns):
        columns = [column for column in rows.recognised.columns if column.field.champ in group]
        names = " ou ".join(f"« {column.titre} »" for column in columns)
        for position in range(len(rows.lines)):
            if position not in rows.refused and all(rows.values[c.field.champ][position] is None for c in columns):
                rows.refuse(position, f"{names} est vide : renseignez l'un des deux.", columns[0])


def _groups(columns: Iterable[Column]) -> set[tuple[str, ...]]:
    return {column.field.un_de for column in columns if column.field.un_de}


def _ask_for_absent_columns(rows: Rows, dictionary: Dictionary) -> None:
    """A required column that is absent is no fault of any row: a person must say where it is."""
    recognised = rows.recognised
    present = {column.field.champ for column in recognised.columns}
    wanted = [f for table in recognised.tables for f in dictionary.of(table)]
    if recognised.key is None:
        key = next(f for f in wanted if f.champ in ("numero", "numero_dossier"))
        _ask(rows, [key], "Sans elle, aucune ligne ne peut être importée : ajoutez-la.")
    for required in wanted:
        if required.obligatoire and required.champ not in present | {"numero", "numero_dossier"}:
            _ask(rows, [required], "Si vous continuez, ses valeurs resteront inconnues.")
    for group in dict.fromkeys(f.un_de for f in wanted if f.un_de):
        if not present & set(group):
            _ask(
                rows,
                [f for f in wanted if f.champ in group],
                "Si vous continuez, les établissements resteront sans identifiant.",
            )


def _ask(rows: Rows, fields: Sequence[Field], consequence: str) -> None:
    names = " ou ".join(f"« {f.libelle} »" for f in fields)
    rows.say("question", f"La colonne {names} est absente ou porte un autre titre. {consequence}")


def _check_width(rows: Rows) -> None:
    """In a csv file, a row wider than its titles: a delimiter inside a value has shifted it."""
    sheet = rows.recognised.sheet
    width = len(sheet.rows[rows.recognised.header_row - 1])
    if sheet.nom is not None:
        return
    for position, line in enumerate(rows.lines):
        if any(not is_blank(cell) for cell in sheet.rows[line - 1][width:]):
            rows.refuse(
                position,
                f"La ligne a {len(sheet.rows[line - 1])} valeurs pour {width} titres : mettez entre guillemets le texte "
                "qui contient le séparateur.",
            )


def _check_amounts(rows: Rows) -> None:
    """What a row's amounts say against each other is told, and judged by the call's own rules."""
    by_champ = {column.field.champ: column for column in rows.recognised.columns}
    if "montant_demande" not in rows.values or "cout_total" not in rows.values:
        return
    asked, costs = rows.values["montant_demande"], rows.values["cout_total"]
    rates = rows.values.get("taux_demande", [None] * len(asked))
    for position, (montant, cout, taux) in enumerate(zip(asked, costs, rates, strict=True)):
        if not (isinstance(montant, Decimal) and isinstance(cout, Decimal)):
            continue
        if montant > cout:
            rows.say(
                "avertissement",
                f"Le montant demandé ({formats.euros(montant)}) est supérieur au coût total ({formats.euros(cout)}) : vérifiez-les.",
                position,
                by_champ["montant_demande"],
            )
        if isinstance(taux, Decimal) and cout and abs(montant / cout - taux) > RATE_TOLERANCE:
            rows.say(
                "avertissement",
                f"Le taux demandé ({formats.share(taux)}) n'est pas le montant demandé divisé par le coût total "
                f"({formats.share(montant / cout)}) : le montant fait foi, vérifiez-le.",
                position,
                by_champ["taux_demande"],
            )

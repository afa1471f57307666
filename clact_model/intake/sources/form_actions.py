"""The table of actions of a form → a sheet of actions that holds nothing else, at the rows and columns of the form."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from clact_model.intake.manner import FORM
from clact_model.intake.mapping import Recognised, Titles, recognise
from clact_model.intake.report import Anomaly
from clact_model.intake.sources import form_funders
from clact_model.intake.sources import form_titles as words
from clact_model.intake.sources.form_cells import Cells, Fault
from clact_model.intake.sources.form_table import ActionTable
from clact_model.intake.values import Cell, RefusalError, is_blank, shown
from clact_model.intake.values.text import one_line
from clact_model.reading import Sheet
from clact_model.reading.limits import column_letter
from clact_model.wording import folded


@dataclass
class FormActions:
    """The rows of the actions, put together: the form's own table, and a column with the number of its dossier."""

    table: ActionTable
    number: str
    cells: Cells
    anomalies: list[Anomaly] = field(default_factory=list)
    _told: set[str] = field(default_factory=set)
    """Sentences about funders: each is said once."""

    def recognised(self, titles: Titles) -> Recognised:
        """The table, understood."""
        found = recognise(self._sheet(), titles, ("action",), FORM, row=self.table.header_row)
        lines, width = frozenset(self.table.lines), len(self.table.titles)
        return replace(found, only_rows=lines, titles=tuple(title for title in found.titles if title.index <= width))

    def _sheet(self) -> Sheet:
        table, width = self.table, len(self.table.titles)
        rows: list[Sequence[Cell]] = [[] for _ in table.sheet.rows]
        rows[table.header_row - 1] = [*table.titles, words.NUMBER]
        faults: dict[tuple[int, int], Fault] = {}
        for line in table.lines:
            read = [self._read(line, column) for column in range(1, width + 1)]
            rows[line - 1] = [*(cell for cell, _ in read), self.number]
            faults |= {(line, column): fault for column, (_, fault) in enumerate(read, start=1) if fault}
        first = column_letter(min((column for column, champs in table.fields.items() if champs), default=1))
        nom = table.sheet.nom or ""
        origins = {(line, width + 1): (nom, line, first) for line in (table.header_row, *table.lines)}
        return replace(table.sheet, rows=rows, faults=faults, formulas={}, origins=origins)

    def _read(self, line: int, column: int) -> tuple[Cell, Fault | None]:
        champs = self.table.fields.get(column, frozenset())
        if not champs:
            return self.table.sheet.cell(line, column), None
        cell, fault = self.cells.read(self.table.sheet, (line, column))
        if fault or is_blank(cell) or words.FUNDERS not in champs:
            return cell, fault
        return self._public_aid(line, column, cell)

    def _public_aid(self, line: int, column: int, cell: Cell) -> tuple[Cell, Fault | None]:
        named = folded(one_line(self.table.titles[column - 1])) in words.FUNDERS_TITLES
        try:
            told = form_funders.read(cell, named=named)
        except RefusalError as refusal:
            return None, (shown(cell), str(refusal))
        if told.sentence and told.sentence not in self._told:
            self._told.add(told.sentence)
            where = self.table.sheet.where(line, column, "")
            self.anomalies.append(Anomaly(self.table.sheet.fichier, "information", told.sentence, *where, shown(cell)))
        return str(told.montant), None

"""An ods workbook seen in its raw XML: how far its tables reach, and the cells that calamine would not give as they are."""

from collections.abc import Mapping

from clact_model.reading.archive import Archive
from clact_model.reading.limits import (
    COLUMNS,
    LAST_ROW,
    SHEETS,
    FileRefusedError,
    check_cells,
    check_extent,
    check_faults,
    damaged,
    reference_of,
    too_many_sheets,
)
from clact_model.reading.markup import parse
from clact_model.reading.sheet import Findings, error_sentence, merged_sentence, unsaved_formula_sentence

CONTENT = "content.xml"
MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = "META-INF/manifest.xml"


def inspect(archive: Archive) -> dict[str, Findings]:
    """Table name → what its XML says beyond its values. Every part of the archive is unpacked once, and counted.

    Raises FileRefusedError for an encrypted or damaged workbook, too many sheets, or a table that reaches too far.
    """
    if _MANIFEST in archive and b"encryption-data" in archive.read(_MANIFEST):
        raise FileRefusedError("Le fichier est protégé par un mot de passe : enregistrez-le sans protection.")
    for path in archive:
        if path != CONTENT:
            for _ in archive.blocks(path):
                pass
    walk = _Walk()
    parse(archive.blocks(CONTENT), "son contenu", walk.start, walk.end, walk.text)
    return walk.tables


class _Walk:
    """Follows rows and cells, with the repetitions that stand for many."""

    def __init__(self) -> None:
        self.tables: dict[str, Findings] = {}
        self._name = ""
        self._row = self._column = self._cells = 0
        self._row_repeats = self._cell_repeats = 1
        self._row_filled = False
        self._cell: Mapping[str, str] | None = None
        self._shown: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag:
            case "table":
                self._begin_table(attributes.get("table:name", ""))
            case "table-row":
                self._row_repeats, self._row_filled = _repeats(attributes, "rows"), False
                self._row, self._column = self._row + 1, 0
            case "table-cell" | "covered-table-cell":
                self._cell, self._shown = attributes, []
                self._cell_repeats = _repeats(attributes, "columns")
                self._column += 1
                if tag == "covered-table-cell" and self._name:
                    self._fault("", merged_sentence("une autre cellule"))

    def end(self, tag: str) -> None:
        match tag:
            case "table-cell" | "covered-table-cell":
                self._judge(self._cell or {})
                self._column += self._cell_repeats - 1
                self._cell = None
            case "table-row":
                self._row += self._row_repeats - 1
                if self._row_filled:
                    check_extent(self._name, self._row, 1, f"la ligne {self._row}")

    def text(self, text: str) -> None:
        if self._cell is not None and len(self._shown) < 10:
            self._shown.append(text)

    def _begin_table(self, name: str) -> None:
        if len(self.tables) == SHEETS:
            raise too_many_sheets(f"plus de {SHEETS}")
        if name in self.tables:
            raise damaged(f"deux feuilles s'appellent « {name} »")
        self._name, self._row, self.tables[name] = name, 0, Findings()

    def _judge(self, cell: Mapping[str, str]) -> None:
        shown = "".join(self._shown).strip()
        typed = "office:value-type" in cell
        if typed or shown:
            self._row_filled = True
            last = self._column + self._cell_repeats - 1
            check_extent(self._name, 1, last, reference_of(self._row, min(last, 16_384)))
            self._cells += self._cell_repeats * self._row_repeats
            check_cells(self._cells)
        if cell.get("calcext:value-type") == "error":
            self._fault(shown, error_sentence(shown))
        elif "table:formula" in cell and not typed:
            self._fault(cell["table:formula"], unsaved_formula_sentence())
            for place in self._places():
                self.tables[self._name].formulas[place] = cell["table:formula"]
        elif cell.get("office:value-type") == "boolean" and "office:boolean-value" not in cell:
            # So the exports of Démarche numérique write them: ``office:value="1"``, without text.
            for place in self._places():
                self.tables[self._name].values[place] = cell.get("office:value", "").lower() in ("1", "true")

    def _fault(self, shown: str, sentence: str) -> None:
        for place in self._places():
            self.tables[self._name].faults.setdefault(place, (shown, sentence))
        check_faults(self._name, len(self.tables[self._name].faults))

    def _places(self) -> list[tuple[int, int]]:
        # Beyond the limits nothing is read: what is repeated there need not be told one by one.
        return [
            (row, column)
            for row in range(self._row, min(self._row + self._row_repeats, LAST_ROW + 1))
            for column in range(self._column, min(self._column + self._cell_repeats, COLUMNS + 1))
        ]


def _repeats(attributes: Mapping[str, str], what: str) -> int:
    written = attributes.get(f"table:number-{what}-repeated", "1")
    return int(written[:9]) if written.isascii() and written.isdigit() else 1

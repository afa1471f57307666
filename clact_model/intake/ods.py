"""An ods workbook seen in its raw XML: how far its tables reach, and the cells that calamine would give as empty."""

from collections.abc import Mapping
from xml.parsers import expat

from clact_model.intake.limits import (
    COLUMNS,
    LAST_ROW,
    SHEETS,
    FileRefusedError,
    check_extent,
    damaged,
)
from clact_model.intake.sheet import error_sentence, merged_sentence, unsaved_formula_sentence
from clact_model.intake.xlsx import reference_of

CONTENT = "content.xml"
MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"

Faults = dict[tuple[int, int], tuple[str, str]]


def inspect(parts: Mapping[str, bytes]) -> dict[str, Faults]:
    """Table name → its cells that cannot be read, as :class:`Sheet` keeps them.

    Raises FileRefusedError for an encrypted or damaged workbook, too many sheets, or a table that reaches too far.
    """
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise FileRefusedError("Le fichier est protégé par un mot de passe : enregistrez-le sans protection.")
    walk = _Walk()
    parser = expat.ParserCreate()
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.text
    parser.buffer_text = True
    try:
        parser.Parse(parts[CONTENT], True)
    except expat.ExpatError as error:
        raise damaged("son contenu n'est pas du XML bien formé") from error
    return walk.tables


class _Walk:
    """Follows rows and cells, with the repetitions that stand for many."""

    def __init__(self) -> None:
        self.tables: dict[str, Faults] = {}
        self._name = ""
        self._row = self._column = 0
        self._row_repeats = self._cell_repeats = 1
        self._row_filled = False
        self._cell: Mapping[str, str] | None = None
        self._shown: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag:
            case "table:table":
                self._begin_table(attributes.get("table:name", ""))
            case "table:table-row":
                self._row_repeats, self._row_filled = _repeats(attributes, "rows"), False
                self._row, self._column = self._row + 1, 0
            case "table:table-cell" | "table:covered-table-cell":
                self._cell, self._shown = attributes, []
                self._cell_repeats = _repeats(attributes, "columns")
                self._column += 1
                if tag == "table:covered-table-cell" and self._name:
                    self._fault("", merged_sentence("une autre cellule"))

    def end(self, tag: str) -> None:
        match tag:
            case "table:table-cell" | "table:covered-table-cell":
                self._judge(self._cell or {})
                self._column += self._cell_repeats - 1
                self._cell = None
            case "table:table-row":
                self._row += self._row_repeats - 1
                if self._row_filled:
                    check_extent(self._name, self._row, 1, f"la ligne {self._row}")

    def text(self, text: str) -> None:
        if self._cell is not None and len(self._shown) < 10:
            self._shown.append(text)

    def _begin_table(self, name: str) -> None:
        if len(self.tables) == SHEETS:
            raise FileRefusedError(f"Le classeur a plus de {SHEETS} feuilles : gardez les seules feuilles utiles.")
        self._name, self._row, self.tables[name] = name, 0, {}

    def _judge(self, cell: Mapping[str, str]) -> None:
        shown = "".join(self._shown).strip()
        typed = "office:value-type" in cell
        if typed or shown:
            self._row_filled = True
            last = self._column + self._cell_repeats - 1
            check_extent(self._name, 1, last, reference_of(self._row, min(last, 16_384)))
        if cell.get("calcext:value-type") == "error":
            self._fault(shown, error_sentence(shown))
        elif "table:formula" in cell and not typed:
            self._fault(cell["table:formula"], unsaved_formula_sentence())

    def _fault(self, shown: str, sentence: str) -> None:
        # Beyond the limits nothing is read: what is repeated there need not be told one by one.
        for row in range(self._row, min(self._row + self._row_repeats, LAST_ROW + 1)):
            for column in range(self._column, min(self._column + self._cell_repeats, COLUMNS + 1)):
                self.tables[self._name].setdefault((row, column), (shown, sentence))


def _repeats(attributes: Mapping[str, str], what: str) -> int:
    written = attributes.get(f"table:number-{what}-repeated", "1")
    return int(written[:9]) if written.isascii() and written.isdigit() else 1
